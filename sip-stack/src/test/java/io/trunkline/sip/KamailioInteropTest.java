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
import io.trunkline.sip.testing.TestPki;
import io.trunkline.sip.testing.TrunkChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamailio as registrar and record-routing proxy: both ends register there and call each other through it. */
class KamailioInteropTest {
    @TempDir
    private Path folder;

    private static final TestPki CA = new TestPki("Kamailio CA");

    private final int port = FreePorts.next();
    private final int tlsPort = FreePorts.next();
    private Process kamailio;

    @BeforeEach
    void startKamailio() throws IOException {
        Assumptions.assumeTrue(Sipp.onPath("kamailio"), "needs kamailio");
        String config =
                Files.readString(Path.of(System.getProperty("trunkline.home", ".."), "config", "sipp", "kamailio.cfg"));
        SipConfig.Certificate shown = CA.issue("127.0.0.1").in(folder, "kamailio");
        Path file = Files.writeString(
                folder.resolve("kamailio.cfg"),
                config.replace("PORT", Integer.toString(port))
                        .replace("SECURE", Integer.toString(tlsPort))
                        .replace("CERTIFICATE", shown.chain().toString())
                        .replace("PRIVATEKEY", shown.key().toString()));
        List<String> command = new ArrayList<>(List.of(
                "kamailio", "-f", file.toString(), "-DD", "-E", "-Y", folder.toString(), "-m", "64", "-M", "8"));
        if (tlsModule()) {
            command.addAll(List.of("-A", "WITH_TLS"));
        }
        kamailio = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kamailio.log").toFile())
                .start();
    }

    private static boolean tlsModule() {
        try (Stream<Path> found = Files.find(
                Path.of("/usr/lib"),
                5,
                (path, attributes) -> path.endsWith(Path.of("kamailio", "modules", "tls.so")))) {
            return found.findAny().isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    @AfterEach
    void stopKamailio() {
        if (kamailio != null) {
            kamailio.descendants().forEach(ProcessHandle::destroy);
            kamailio.destroy();
        }
    }

    private Trunk trunk(String user, Transport transport) {
        int at = transport == Transport.TLS ? tlsPort : port;
        Trunk.Tls trust =
                new Trunk.Tls(Optional.of(CA.rootPem()), Optional.empty(), Optional.empty(), Optional.empty());
        return TrunkChange.of(Trunk.peer("kamailio", new Trunk.Host("127.0.0.1", at, transport, 1, 1)))
                .tls(trust)
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

    @Test
    void registersAndCallsThroughTheProxyOverTls() {
        Assumptions.assumeTrue(tlsModule(), "needs kamailio-tls-modules");
        callThrough(Transport.TLS);
    }

    private Switchboard board(String name) {
        SipConfig.Certificate own = CA.issue("127.0.0.1").in(folder, name);
        return new Switchboard(
                name, c -> c.listeningOn(c.port(), FreePorts.next()).withCertificate(own));
    }

    private void callThrough(Transport transport) {
        try (Switchboard caller = board("kam-caller");
                Switchboard callee = board("kam-callee")) {
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
