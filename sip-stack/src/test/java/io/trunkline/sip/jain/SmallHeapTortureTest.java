package io.trunkline.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A trusted peer gone mad, against a process of 64 MB: it stays up, grows no further, and carries calls afterwards. */
@Tag("full")
class SmallHeapTortureTest {
    private static final int ROUNDS = 10;

    @Test
    void staysUpInSixtyFourMegabytesAndCarriesCallsAfterwards() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallStack.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
                PrintStream orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
                ScriptedPhone phone = new ScriptedPhone()) {
            int port = Integer.parseInt(answer(said, "port").getFirst());
            phone.peer(port);
            Torments torments = new Torments(phone.port());
            round(torments, phone, port, 0);
            long before = heap(said, orders);
            for (int round = 1; round <= ROUNDS; round++) {
                round(torments, phone, port, round);
            }
            long after = heap(said, orders);
            assertThat(process.isAlive()).isTrue();
            assertThat(after - before)
                    .as("bytes more in use after ten times the same")
                    .isLessThan(15_000_000);
            carriesCalls(said, orders, port);
            System.out.printf(
                    "%d rounds of torture: heap in use %d then %d kB of 64 MB%n", ROUNDS, before / 1024, after / 1024);
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static List<String> answer(BufferedReader said, String about) throws IOException {
        String line;
        while ((line = said.readLine()) != null) {
            if (line.startsWith(about + " ")) {
                return List.of(line.substring(about.length() + 1).split(" ", -1));
            }
        }
        throw new AssertionError("it is gone");
    }

    private static long heap(BufferedReader said, PrintStream orders) throws IOException {
        orders.println("heap");
        List<String> bytes = answer(said, "heap");
        assertThat(Long.parseLong(bytes.get(1))).isLessThanOrEqualTo(64L << 20);
        return Long.parseLong(bytes.getFirst());
    }

    private static void round(Torments torments, ScriptedPhone phone, int port, int round) throws IOException {
        List<String> all = new ArrayList<>(torments.messages());
        all.addAll(torments.monsters());
        int n = 0;
        for (String message : all) {
            phone.send(message.length() < 65_000 ? message : message.substring(0, 65_000));
            if (n++ % 10 == 0) {
                stillAlive(torments, phone, "alive-" + round + "-" + n);
            }
        }
        List<Socket> open = new ArrayList<>();
        for (String message : all) {
            open.add(byTcp(port, message.replace("/UDP", "/TCP")));
        }
        open.add(byTcp(port, torments.options("e1").replace("Content-Length: 0", "Content-Length: 2147483647")));
        open.add(byTcp(port, "x".repeat(3_000_000)));
        open.add(byTcp(port, "OPTIONS sip:us@127.0.0.1 SIP/2.0\r\n" + "X: y\r\n".repeat(500_000)));
        open.add(byTcp(port, "\r\n\r\n".repeat(500_000)));
        stillAlive(torments, phone, "tcp-" + round);
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** The connection is left open; it may be closed over there while we write. */
    private static Socket byTcp(int port, String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (SocketException e) {
            socket.close(); // it had enough
        }
        return socket;
    }

    private static void stillAlive(Torments torments, ScriptedPhone phone, String id) {
        phone.send(torments.options(id));
        RawMessage message = phone.receive(Duration.ofSeconds(20));
        while (!message.isResponse() || !message.header("Call-ID").equals(id)) {
            message = phone.receive(Duration.ofSeconds(20));
        }
        assertThat(message.code()).isEqualTo(200);
    }

    private static void carriesCalls(BufferedReader said, PrintStream orders, int port) throws IOException {
        try (Switchboard other = new Switchboard("sane")) {
            other.trunks(Trunk.peer("t", Switchboard.udp(port)));
            CallLog log = new CallLog();
            SipCall call = other.call("t", "+15550100001", log);
            log.await(SipEvent.Answered.class);
            call.hangup(Reason.HANGUP_LOCAL);
            log.awaitEnd();
            orders.println("call " + other.port);
            other.answerable().call().answer(Sdps.offer(50000));
            assertThat(answer(said, "ended")).containsExactly("HANGUP_LOCAL");
        }
    }
}
