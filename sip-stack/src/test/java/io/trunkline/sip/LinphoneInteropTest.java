package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Sipp;
import io.trunkline.sip.testing.Switchboard;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both directions against Linphone's command line, without a sound card. */
class LinphoneInteropTest {
    @TempDir
    private Path folder;

    private final int port = FreePorts.next();
    private Optional<Process> phone = Optional.empty();

    @BeforeEach
    void isInstalled() {
        Assumptions.assumeTrue(Sipp.onPath("linphonec"), "needs linphonec");
    }

    @AfterEach
    void hangUp() {
        phone.ifPresent(Process::destroyForcibly);
    }

    /** It answers by itself, and calls this address when one is given. */
    private PrintStream start(String... address) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("rc"),
                String.join(
                        "\n",
                        "[sip]",
                        "sip_port=" + port,
                        "sip_tcp_port=" + port,
                        "sip_tls_port=0",
                        "use_ipv6=0",
                        "contact=\"phone\" <sip:phone@127.0.0.1>",
                        "[rtp]",
                        "audio_rtp_port=" + FreePorts.next(),
                        ""));
        Files.createDirectories(folder.resolve(".local/share/linphone"));
        List<String> command = new ArrayList<>(List.of("linphonec", "-a", "-c", settings.toString()));
        for (String one : address) {
            command.addAll(List.of("-s", one));
        }
        Path said = folder.resolve("said");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        phone = Optional.of(process);
        PrintStream orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        orders.println("soundcard use files");
        Await.until("linphonec is up", Duration.ofSeconds(15), () -> read(said).contains("Using wav files"));
        return orders;
    }

    private static String read(Path said) {
        try {
            return Files.readString(said, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void callsALinphoneOverUdpHoldsItAndHangsUp() throws IOException {
        callsIt(Transport.UDP);
    }

    @Test
    void callsALinphoneOverTcp() throws IOException {
        callsIt(Transport.TCP);
    }

    private void callsIt(Transport transport) throws IOException {
        try (PrintStream orders = start();
                Switchboard ours = new Switchboard("linphone-out")) {
            ours.trunks(Trunk.peer("t", new Trunk.Host("127.0.0.1", port, transport, 1, 1)));
            CallLog log = new CallLog();
            SipCall call = ours.call("t", "+15550100001", log);
            assertThat(log.await(SipEvent.Answered.class).sdp())
                    .hasValueSatisfying(sdp -> assertThat(sdp).contains("m=audio"));
            call.reinvite(Sdps.sdp(40000, "sendonly"));
            assertThat(log.await(SipEvent.Reanswered.class).sdp()).contains("a=recvonly");
            call.hangup(Reason.HANGUP_LOCAL);
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_LOCAL);
            Await.until("gone", () -> ours.stack.stats().dialogs() == 0);
            assertThat(orders.checkError()).as("it is still there").isFalse();
        }
    }

    @Test
    void isCalledByALinphoneWhichHangsUp() throws IOException {
        try (Switchboard ours = new Switchboard("linphone-in")) {
            ours.trunks(Trunk.peer("t", Switchboard.udp(port)));
            try (PrintStream orders = start("sip:+15550100001@127.0.0.1:" + ours.port)) {
                Switchboard.Inbound in = ours.answerable();
                assertThat(in.invite().to()).isEqualTo("+15550100001");
                in.call().ring("");
                in.call().answer(Sdps.offer(40000));
                in.log().await(SipEvent.Confirmed.class);
                orders.println("terminate");
                assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
                Await.until("gone", () -> ours.stack.stats().dialogs() == 0);
            }
        }
    }
}
