package io.trunkline.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Switchboard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages after RFC 4475 and RFC 5118, mutants of them, and TCP in odd pieces: none may stop or confuse the stack. */
class TortureTest {
    private static Switchboard ours;
    private static ScriptedPhone phone;
    private static Torments torments;

    @BeforeAll
    static void start() {
        ours = new Switchboard("torture");
        phone = new ScriptedPhone();
        ours.trunks(Trunk.peer("t", Switchboard.udp(phone.port())));
        phone.peer(ours.port);
        torments = new Torments(phone.port());
    }

    @AfterAll
    static void stop() {
        phone.close();
        ours.close();
    }

    private static void stillAlive(String id) {
        phone.send(torments.options(id));
        for (int i = 0; i < 200; i++) {
            RawMessage answer = phone.receive(Duration.ofSeconds(8));
            if (answer.isResponse() && answer.header("Call-ID").equals(id)) {
                assertThat(answer.code()).isEqualTo(200);
                return;
            }
        }
        throw new AssertionError("no answer to " + id);
    }

    @Test
    void answersTheNextRequestAfterEachTortureMessageOverUdp() {
        int n = 0;
        for (String message : torments.messages()) {
            phone.send(message);
            stillAlive("udp-alive-" + n++);
        }
        assertThat(ours.stack.stats().parseErrors()).isPositive();
        Await.until("no call left of it", () -> ours.stack.stats().dialogs() == 0 || endThem());
    }

    /** A legal INVITE among them rings here like any other: it is refused. */
    private static boolean endThem() {
        ours.answerable().call().reject(603, "Decline");
        return false;
    }

    /** An answer of two start lines could be taken for two answers. */
    @Test
    void refusesWhatItCannotReadInOneLineOfItsOwn() {
        phone.send(torments.options("unreadable").replace("To: <sip:us@127.0.0.1>", "To: <sip:us@:5060>"));
        RawMessage refusal = phone.expect("400");
        assertThat(refusal.firstLine()).isEqualTo("SIP/2.0 400 Bad Request (cannot be read)");
        assertThat(refusal.header("Call-ID")).isEqualTo("unreadable");
    }

    @Test
    void survivesTwoThousandMutants() {
        Random random = new Random(4475);
        List<String> seeds =
                torments.messages().stream().filter(m -> m.length() < 2000).toList();
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int flips = random.nextInt(1, 8); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            phone.send(new String(bytes, StandardCharsets.ISO_8859_1));
            if (i % 100 == 0) {
                stillAlive("mutant-alive-" + i);
            }
        }
        stillAlive("mutants-done");
    }

    @Test
    void readsTcpInSevenBytePiecesAndSeveralMessagesAtOnce() throws IOException {
        inPieces();
    }

    private static void inPieces() throws IOException {
        String tcp = torments.options("tcp1").replace("/UDP", "/TCP")
                + torments.options("tcp2").replace("/UDP", "/TCP");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ours.port)) {
            socket.setSoTimeout(8000);
            OutputStream out = socket.getOutputStream();
            byte[] bytes = tcp.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i += 7) {
                out.write(bytes, i, Math.min(7, bytes.length - i));
                out.flush();
            }
            String answers = read(socket.getInputStream(), "Call-ID: tcp2");
            assertThat(answers).contains("SIP/2.0 200", "Call-ID: tcp1", "Call-ID: tcp2");
        }
    }

    @Test
    void isNotHeldUpByAHalfOpenOrTalkativeConnection() throws IOException {
        try (Socket half = new Socket(InetAddress.getLoopbackAddress(), ours.port);
                Socket garbage = new Socket(InetAddress.getLoopbackAddress(), ours.port)) {
            half.getOutputStream().write("INVITE sip:a@b SIP/2.0\r\nVia".getBytes(StandardCharsets.UTF_8));
            garbage.getOutputStream().write("x".repeat(30_000).getBytes(StandardCharsets.UTF_8));
            stillAlive("half-open");
            inPieces();
        }
    }

    private static String read(InputStream in, String until) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[4096];
        int n;
        while (text.indexOf(until) < 0 && (n = in.read(buffer)) > 0) {
            text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
