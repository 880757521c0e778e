package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.Sipp;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TestPki;
import io.trunkline.sip.testing.TrunkChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real softphone at the other end, over UDP and TLS, answering with Opus. */
class BaresipInteropTest {
    private static final TestPki CA = new TestPki("Phone CA");

    @TempDir
    private Path folder;

    /** For UDP; it takes the next one for TLS. */
    private final int port = FreePorts.next();

    private Optional<Process> phone = Optional.empty();

    @BeforeEach
    void isInstalled() {
        Assumptions.assumeTrue(Sipp.onPath("baresip"), "needs baresip");
    }

    @AfterEach
    void hangUp() {
        phone.ifPresent(Process::destroyForcibly);
    }

    private void start(String transport, String... commands) throws IOException {
        TestPki.Issued shown = CA.issue("127.0.0.1");
        Path pem = Files.writeString(folder.resolve("phone.pem"), shown.certificate() + shown.key());
        Files.writeString(folder.resolve("uuid"), "11111111-2222-3333-4444-555555555555");
        Files.writeString(
                folder.resolve("accounts"),
                "<sip:phone@127.0.0.1:" + port + transport + ">;regint=0;answermode=auto\n");
        Files.writeString(
                folder.resolve("config"),
                String.join(
                        "\n",
                        "sip_listen 127.0.0.1:" + port,
                        "sip_certificate " + pem,
                        "sip_verify_server no",
                        "audio_player aufile," + folder.resolve("out.wav"),
                        "audio_source ausine,440",
                        "audio_alert aufile," + folder.resolve("alert.wav"),
                        "module_path /usr/lib/baresip/modules",
                        "module g711.so",
                        "module opus.so",
                        "module ausine.so",
                        "module aufile.so",
                        "module_tmp account.so",
                        "module_app menu.so",
                        ""));
        List<String> command = new ArrayList<>(List.of("baresip", "-f", folder.toString(), "-v"));
        for (String one : commands) {
            command.addAll(List.of("-e", one));
        }
        Path log = folder.resolve("log");
        phone = Optional.of(new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        Await.until("baresip is up", Duration.ofSeconds(10), () -> read(log).contains("baresip is ready"));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    private static String offerWithOpus() {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio 40000 RTP/AVP 96 0 101",
                "a=rtpmap:96 opus/48000/2",
                "a=rtpmap:0 PCMU/8000",
                "a=rtpmap:101 telephone-event/8000",
                "a=sendrecv",
                "");
    }

    private void call(Switchboard ours, Trunk trunk) {
        ours.trunks(trunk);
        CallLog log = new CallLog();
        InviteRequest request = new InviteRequest(
                "t",
                "sip:phone@127.0.0.1",
                "+15550100000",
                Optional.empty(),
                false,
                offerWithOpus(),
                Duration.ofSeconds(20),
                Map.of());
        SipCall call = ours.stack.invite(request, log);
        SipEvent.Answered answered = log.await(SipEvent.Answered.class);
        assertThat(answered.sdp().orElse("")).contains("opus/48000/2");
        call.reinvite(offerWithOpus().replace("sendrecv", "sendonly"));
        assertThat(log.await(SipEvent.Reanswered.class).sdp()).contains("a=recvonly");
        call.hangup(Reason.HANGUP_LOCAL);
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_LOCAL);
        Await.until("gone", () -> ours.stack.stats().dialogs() == 0);
    }

    @Test
    void callsASoftphoneOverUdpWithOpusHoldsItAndHangsUp() throws IOException {
        start("");
        try (Switchboard ours = new Switchboard("bare-udp")) {
            call(ours, Trunk.peer("t", Switchboard.udp(port)));
        }
    }

    @Test
    void callsASoftphoneOverTls() throws IOException {
        start(";transport=tls");
        Trunk.Tls trust =
                new Trunk.Tls(Optional.of(CA.rootPem()), Optional.empty(), Optional.empty(), Optional.empty());
        try (Switchboard ours = new Switchboard("bare-tls")) {
            Trunk.Host secure = new Trunk.Host("127.0.0.1", port + 1, Transport.TLS, 1, 1);
            call(ours, TrunkChange.of(Trunk.peer("t", secure)).tls(trust).trunk());
        }
    }

    @Test
    void isCalledByASoftphone() throws IOException {
        try (Switchboard ours = new Switchboard("bare-in")) {
            ours.trunks(Trunk.peer("t", Switchboard.udp(port)));
            start("", "/dial sip:+15550100001@127.0.0.1:" + ours.port);
            Switchboard.Inbound in = ours.answerable();
            assertThat(in.invite().to()).isEqualTo("+15550100001");
            assertThat(in.invite().sdp().orElse("")).contains("opus/48000/2");
            in.call().ring("");
            in.call().answer(offerWithOpus());
            in.log().await(SipEvent.Confirmed.class);
            in.call().hangup(Reason.HANGUP_LOCAL);
            in.log().awaitEnd();
            Await.until("gone", () -> ours.stack.stats().dialogs() == 0);
        }
    }
}
