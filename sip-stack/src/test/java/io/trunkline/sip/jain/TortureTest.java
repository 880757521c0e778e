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
@SuppressWarnings("StringConcatToTextBlock") // a text block ends its lines with LF alone
class TortureTest {
    private static Switchboard ours;
    private static ScriptedPhone phone;

    @BeforeAll
    static void start() {
        ours = new Switchboard("torture");
        phone = new ScriptedPhone();
        ours.trunks(Trunk.peer("t", Switchboard.udp(phone.port())));
        phone.peer(ours.port);
    }

    @AfterAll
    static void stop() {
        phone.close();
        ours.close();
    }

    private static String via(String branch) {
        return "Via: SIP/2.0/UDP 127.0.0.1:" + phone.port() + ";branch=z9hG4bK" + branch + "\r\n";
    }

    private static String options(String id) {
        return "OPTIONS sip:us@127.0.0.1 SIP/2.0\r\n" + via(id) + "From: <sip:p@127.0.0.1>;tag=" + id + "\r\n"
                + "To: <sip:us@127.0.0.1>\r\nCall-ID: " + id
                + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    private static List<String> messages() {
        return List.of(
                // 4475 3.1.1.1: short, tortuous, legal
                "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0\r\nTO :\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\r\n"
                        + "from   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = 98asjd8\r\nMaX-fOrWaRdS: 0068\r\n"
                        + "Call-ID: wsinv.ndaksdj@192.0.2.1\r\nContent-Length   : 0\r\ncseq: 0009\r\n  INVITE\r\nVia  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw\r\n"
                        + "s :\r\nNewFangledHeader:   newfangled value\r\n continued newfangled value\r\nUnknownHeaderWithUnusualValue: ;;,,;;,;\r\n\r\n",
                // 3.1.1.2 wide range of characters in tokens
                "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0\r\n"
                        + via("tok")
                        + "To: <sip:a@b>\r\nFrom: <sip:c@d>;tag=1\r\nCall-ID: tok\r\nCSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~\r\nContent-Length: 0\r\n\r\n",
                // 3.1.1.4 escaped nulls
                "REGISTER sip:example.com SIP/2.0\r\nTo: sip:null-%00-null@example.com\r\nFrom: sip:null-%00-null@example.com;tag=8\r\nCall-ID: esc\r\nCSeq: 14 REGISTER\r\n"
                        + via("esc") + "Contact: <sip:%00@host5.example.com>\r\nL:0\r\n\r\n",
                // 3.1.2.1 extraneous separators
                "INVITE sip:user@example.com SIP/2.0\r\nTo: sip:j.user@example.com\r\nFrom: sip:caller@example.net;tag=134161461246\r\nCall-ID: bad1\r\nCSeq: 8 INVITE\r\n"
                        + "Via: SIP/2.0/UDP 192.0.2.15;;,;,,\r\nContact: \"Joe\" <sip:joe@example.org>;;;;\r\nContent-Length: 0\r\n\r\n",
                // 3.1.2.2 content length larger than the message
                options("len").replace("Content-Length: 0", "Content-Length: 9999"),
                // 3.1.2.3 negative content length
                options("neg").replace("Content-Length: 0", "Content-Length: -999"),
                // 3.1.2.4 overlarge scalars
                options("big")
                        .replace("CSeq: 1 ", "CSeq: 36893488147419103232 ")
                        .replace("Max-Forwards: 70", "Max-Forwards: 300"),
                // 3.1.2.6 unterminated quoted string
                options("quo").replace("To: <sip:us", "To: \"Mr. J. User <sip:us"),
                // 3.1.2.7 angle brackets round the request URI
                options("ang").replace("OPTIONS sip:us@127.0.0.1", "OPTIONS <sip:us@127.0.0.1>"),
                // 3.1.2.8 spaces in the request URI, 3.1.2.9 several
                options("spc").replace("OPTIONS sip:us@127.0.0.1", "OPTIONS sip:us@127.0.0.1; lr"),
                options("sp2").replace("OPTIONS sip", "OPTIONS  sip"),
                // 3.1.2.13 failure to enclose name-addr, 3.1.2.16 unknown version
                options("nam").replace("From: <sip:p@127.0.0.1>", "From: Bell, Alexander <sip:p@127.0.0.1>"),
                options("ver").replace(" SIP/2.0\r\n", " SIP/7.0\r\n"),
                // 3.1.2.17 and .18 CSeq method mismatch
                options("mis").replace("1 OPTIONS", "1 INVITE"),
                // 3.1.2.19 overlarge response code
                "SIP/2.0 4294967301 better not break the receiver\r\n" + via("resp")
                        + "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: resp\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n",
                // 3.2.1 missing transaction identifier, 3.3.1 missing required headers, 3.3.2 and 3.3.4 unknown schemes
                options("").replace(";branch=z9hG4bK", ""),
                "INVITE sip:user@example.com SIP/2.0\r\nCSeq: 193942 INVITE\r\nVia: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf\r\nContent-Length: 0\r\n\r\n",
                options("nobody")
                        .replace("OPTIONS sip:us@127.0.0.1", "OPTIONS nobodyKnowsThisScheme:totallyopaquecontent"),
                options("http").replace("OPTIONS sip:us@127.0.0.1", "OPTIONS http://example.com"),
                // 3.3.8 multiple values in single-value fields, 3.3.9 multiple content lengths
                options("mul")
                        .replace(
                                "CSeq: 1 OPTIONS\r\n",
                                "CSeq: 1 OPTIONS\r\nCSeq: 59 INVITE\r\nCall-ID: other\r\nTo: <sip:x@y>\r\n"),
                options("cls").replace("Content-Length: 0", "Content-Length: 5\r\nContent-Length: 138"),
                // 3.3.15 an unacceptable body, 4.1 a fragment
                "INVITE sip:+1555@127.0.0.1 SIP/2.0\r\nContent-Type",
                // 5118 4.1 to 4.10: IPv6 with and without brackets and odd colons
                options("v61").replace("sip:us@127.0.0.1 SIP", "sip:[2001:db8::10] SIP"),
                options("v62").replace("sip:us@127.0.0.1 SIP", "sip:2001:db8::10 SIP"),
                options("v63").replace("sip:us@127.0.0.1 SIP", "sip:[2001:db8::10:5070] SIP"),
                options("v64").replace("127.0.0.1:" + phone.port(), "[2001:db8::9:1];received=[2001:db8:::192.0.2.1]"),
                "\0\0\0\0",
                "\r\n\r\n",
                "\r\n".repeat(2000),
                "A".repeat(60_000),
                "INVITE " + "a".repeat(20_000) + " SIP/2.0\r\n\r\n");
    }

    private static void stillAlive(String id) {
        phone.send(options(id));
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
        for (String message : messages()) {
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
        phone.send(options("unreadable").replace("To: <sip:us@127.0.0.1>", "To: <sip:us@:5060>"));
        RawMessage refusal = phone.expect("400");
        assertThat(refusal.firstLine()).isEqualTo("SIP/2.0 400 Bad Request (cannot be read)");
        assertThat(refusal.header("Call-ID")).isEqualTo("unreadable");
    }

    @Test
    void survivesTwoThousandMutants() {
        Random random = new Random(4475);
        List<String> seeds = messages().stream().filter(m -> m.length() < 2000).toList();
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
        String tcp = options("tcp1").replace("/UDP", "/TCP") + options("tcp2").replace("/UDP", "/TCP");
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
