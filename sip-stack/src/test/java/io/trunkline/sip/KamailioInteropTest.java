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
import io.trunkline.sip.testing.TrunkChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamailio as registrar and record-routing proxy: both ends register there and call each other through it. */
class KamailioInteropTest {
    @TempDir
    private Path folder;

    private final int port = FreePorts.next();
    private Process kamailio;

    @BeforeEach
    void startKamailio() throws IOException {
        Assumptions.assumeTrue(Sipp.onPath("kamailio"), "needs kamailio");
        String config =
                Files.readString(Path.of(System.getProperty("trunkline.home", ".."), "config", "sipp", "kamailio.cfg"));
        Path file = Files.writeString(folder.resolve("kamailio.cfg"), config.replace("PORT", Integer.toString(port)));
        kamailio = new ProcessBuilder(
                        "kamailio", "-f", file.toString(), "-DD", "-E", "-Y", folder.toString(), "-m", "32", "-M", "4")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kamailio.log").toFile())
                .start();
    }

    @AfterEach
    void stopKamailio() {
        if (kamailio != null) {
            kamailio.descendants().forEach(ProcessHandle::destroy);
            kamailio.destroy();
        }
    }

    private Trunk trunk(String user, Transport transport) {
        return TrunkChange.of(Trunk.peer("kamailio", new Trunk.Host("127.0.0.1", port, transport, 1, 1)))
                .auth(user, "secret")
                .register()
                .ping(Duration.ofSeconds(1))
                .trunk();
    }

    @Test
    void registersAndCallsThroughTheProxyOverUdp() {
        callThrough(Transport.UDP);
    }

    @Test
    void registersAndCallsThroughTheProxyOverTcp() {
        callThrough(Transport.TCP);
    }

    private void callThrough(Transport transport) {
        try (Switchboard caller = new Switchboard("kam-caller");
                Switchboard callee = new Switchboard("kam-callee")) {
            callee.trunks(trunk("+15550100001", transport));
            caller.trunks(trunk("+15550100000", transport));
            Await.until(
                    "both registered: " + log(),
                    Duration.ofSeconds(20),
                    () -> registered(caller) && registered(callee));
            Await.until("up", () -> caller.stack.status("kamailio").state() == TrunkStatus.State.UP);
            CallLog log = new CallLog();
            SipCall call = caller.call("kamailio", "+15550100001", log);
            Switchboard.Inbound in = callee.answerable();
            in.call().ring("");
            in.call().answer(Sdps.offer(50000));
            log.await(SipEvent.Ringing.class);
            log.await(SipEvent.Answered.class);
            in.log().await(SipEvent.Confirmed.class);
            call.reinvite(Sdps.sdp(40000, "sendonly"));
            in.log().await(SipEvent.Offered.class);
            in.call().answer(Sdps.sdp(50000, "recvonly"));
            assertThat(log.await(SipEvent.Reanswered.class).sdp()).contains("recvonly");
            in.call().hangup(Reason.HANGUP_LOCAL);
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
            assertThat(call.trace())
                    .anyMatch(e -> e.message().startsWith("ACK") && e.message().contains("Route:"));
            Await.until(
                    "gone",
                    () -> caller.stack.stats().dialogs() + callee.stack.stats().dialogs() == 0);
        }
    }

    private static boolean registered(Switchboard board) {
        return board.stack.status("kamailio").registered().orElse(false);
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("kamailio.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void reportsAWrongPasswordAndAnUnknownNumber() {
        try (Switchboard caller = new Switchboard("kam-wrong")) {
            caller.trunks(TrunkChange.of(trunk("+15550100000", Transport.UDP))
                    .auth("+15550100000", "guess")
                    .trunk());
            Await.until(
                    "refused",
                    Duration.ofSeconds(20),
                    () -> caller.statuses.stream().anyMatch(s -> s.detail().contains("REGISTER: 401")));
            caller.trunks(trunk("+15550100000", Transport.UDP));
            Await.until("registered", Duration.ofSeconds(20), () -> registered(caller));
            CallLog log = new CallLog();
            caller.call("kamailio", "+15550100099", log);
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.NOT_FOUND);
        }
    }
}
