package io.trunkline.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    Path folder;

    @Test
    void looksAtEverythingAStartDependsOn() throws Exception {
        assertThat(Doctor.examine(environment(Map.of())))
                .extracting(Check::name)
                .contains(
                        "configuration",
                        "jdk",
                        "open files",
                        "real time",
                        "clock",
                        "http port",
                        "sip port",
                        "rtp ports",
                        "speech",
                        "database",
                        "disk");
    }

    @Test
    void everythingThatIsNotFineComesWithAdvice() throws Exception {
        assertThat(Doctor.examine(environment(Map.of())))
                .filteredOn(check -> check.level() != Check.Level.OK)
                .allSatisfy(check -> assertThat(check.advice()).isNotEmpty());
    }

    @Test
    void aTakenHttpPortFails() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            Check check = PortChecks.tcp("http port", "TRUNKLINE_HTTP_PORT", "127.0.0.1", taken.getLocalPort());
            assertThat(check.level()).isEqualTo(Check.Level.FAIL);
            assertThat(check.advice()).contains("TRUNKLINE_HTTP_PORT");
        }
    }

    @Test
    void aTakenSipPortFails() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            Check check = PortChecks.udp("sip port", "TRUNKLINE_SIP_PORT", "127.0.0.1", taken.getLocalPort());
            assertThat(check.level()).isEqualTo(Check.Level.FAIL);
        }
    }

    @Test
    void anotherJavaFails() {
        assertThat(MachineChecks.jdk(21).level()).isEqualTo(Check.Level.FAIL);
        assertThat(MachineChecks.jdk(25).level()).isEqualTo(Check.Level.OK);
    }

    @Test
    void tightLimitsAreWarnedOf() {
        assertThat(MachineChecks.openFiles(Optional.of(1024L)).finding()).contains("256 calls");
        assertThat(MachineChecks.openFiles(Optional.of(1024L)).level()).isEqualTo(Check.Level.WARN);
        assertThat(MachineChecks.realTime(Optional.of(0L), false).level()).isEqualTo(Check.Level.WARN);
        assertThat(MachineChecks.realTime(Optional.of(20L), false).level()).isEqualTo(Check.Level.OK);
        assertThat(MachineChecks.clockSource(Optional.of("hpet")).level()).isEqualTo(Check.Level.WARN);
    }

    @Test
    void aDatabaseThatDoesNotAnswerFailsWithoutShowingItsPassword() throws Exception {
        List<Check> checks =
                Doctor.examine(environment(Map.of("TRUNKLINE_DATABASE_URL", "postgresql://u:hidden@127.0.0.1:1/x")));
        assertThat(checks).anySatisfy(check -> {
            assertThat(check.name()).isEqualTo("database");
            assertThat(check.level()).isEqualTo(Check.Level.FAIL);
            assertThat(check.finding()).contains("127.0.0.1:1/x").doesNotContain("hidden");
        });
    }

    @Test
    void aSpeechProgramThatIsNotThereFails() throws Exception {
        List<Check> checks = Doctor.examine(environment(
                Map.of("TRUNKLINE_SPEECH_ENGINE", "command", "TRUNKLINE_SPEECH_COMMAND", "/no/such/program -w -")));
        assertThat(checks).anySatisfy(check -> {
            assertThat(check.name()).isEqualTo("speech");
            assertThat(check.level()).isEqualTo(Check.Level.FAIL);
        });
    }

    @Test
    void aMistakeInTheConfigurationIsTheOnlyFinding() throws Exception {
        assertThat(Doctor.examine(environment(Map.of("TRUNKLINE_SIP_PROT", "1"))))
                .singleElement()
                .satisfies(check -> assertThat(check.finding()).contains("TRUNKLINE_SIP_PORT"));
    }

    @Test
    void printsForPeopleAndForPrograms() throws Exception {
        List<Check> checks = List.of(Check.ok("a", "fine"), Check.fail("b", "broken", "mend it"));
        assertThat(Doctor.text(checks)).contains("ok    a").contains("FAIL  b").contains("-> mend it");
        JsonNode json = ApiClient.JSON.readTree(Doctor.json(checks));
        assertThat(json.path("checks").path(1).path("level").asText()).isEqualTo("FAIL");
    }

    private Map<String, String> environment(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("TRUNKLINE_DATA", folder.toString());
        environment.put("TRUNKLINE_HOME", folder.toString());
        return environment;
    }
}
