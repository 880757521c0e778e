package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in an installation of the test's own, with a java that only says how it was called. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of(System.getProperty("trunkline.home"), "trunkline");

    @TempDir
    Path home;

    @BeforeEach
    void install() throws IOException {
        Files.copy(LAUNCHER, home.resolve("trunkline"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(Files.createDirectories(home.resolve("app")).resolve("control-api-1.2.3.jar"));
        Path jdk = Files.createDirectories(home.resolve("jdk/bin")).getParent();
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        Path java = Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\necho \"home=$TRUNKLINE_HOME\" \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void runsTheServerWithAFixedHeapAndZgc() throws Exception {
        assertThat(launch(Map.of("TRUNKLINE_HEAP", "700m"), "run"))
                .contains("home=" + home)
                .contains("-XX:+UseZGC -Xms700m -Xmx700m")
                .contains("--enable-native-access=ALL-UNNAMED")
                .endsWith("-cp " + home.resolve("app/control-api-1.2.3.jar") + " io.trunkline.control.Main\n");
    }

    @Test
    void choosesAHeapByTheMachine() throws Exception {
        assertThat(launch(Map.of(), "run")).containsPattern("-Xms(\\d+)m -Xmx\\1m");
    }

    @Test
    void passesOptionsOfTheUsersOwnToJava() throws Exception {
        assertThat(launch(Map.of("TRUNKLINE_JAVA_OPTS", "-Da=1 -Db=2"), "run")).contains(" -Da=1 -Db=2 ");
    }

    @Test
    void handsTheCommandLineToTheCommand() throws Exception {
        assertThat(launch(Map.of(), "call", "+15550100001", "--say", "two words"))
                .endsWith("io.trunkline.control.cli.CallCommand +15550100001 --say two words\n");
        assertThat(launch(Map.of(), "doctor", "--json")).endsWith("io.trunkline.control.cli.Doctor --json\n");
        assertThat(launch(Map.of(), "bench", "media", "--calls", "9"))
                .endsWith("io.trunkline.media.bench.MediaBench media --calls 9\n");
    }

    @Test
    void knowsItsVersion() throws Exception {
        assertThat(launch(Map.of(), "version")).isEqualTo("trunkline 1.2.3\n");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        assertThat(launch(Map.of(), "dance")).isEqualTo("trunkline: unknown command 'dance'; try: ./trunkline help\n");
        assertThat(launch(Map.of(), "run", "fast")).startsWith("trunkline: run takes no arguments");
    }

    @Test
    void saysInOneSentenceHowToGetAJdk() throws Exception {
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");
        Path script = home.resolve("trunkline");
        Files.writeString(script, Files.readString(script).replaceAll("/usr/lib/jvm/\\*|/opt/j\\S+|/usr/java/\\*", ""));
        assertThat(launch(Map.of("PATH", noJava()), "run"))
                .startsWith("trunkline: needs a JDK 25: install Temurin 25 from https://adoptium.net")
                .hasLineCount(1);
    }

    @Test
    void sumsTheReportsAndNamesWhatWasSkippedForAMissingProgram() throws Exception {
        report("a", "<testsuite name=\"a\" time=\"1\" tests=\"5\" errors=\"1\" skipped=\"2\" failures=\"1\">", """
                  <testcase name="rings" classname="io.trunkline.sip.SippTest" time="0.1">
                    <skipped message="Assumption failed: needs sipp" type="org.opentest4j.TestAbortedException"/>
                  </testcase>
                """);
        report("b", "<testsuite name=\"b\" time=\"1\" tests=\"7\" errors=\"0\" skipped=\"0\" failures=\"0\">", "");
        assertThat(sourced("summarise_tests"))
                .isEqualTo("skipped, needs sipp: SippTest.rings\n8 passed, 2 failed, 2 skipped\n");
    }

    private void report(String module, String suite, String cases) throws IOException {
        Path folder = Files.createDirectories(home.resolve(module + "/target/surefire-reports"));
        Files.writeString(folder.resolve("TEST-" + module + ".xml"), suite + "\n" + cases + "</testsuite>\n");
    }

    /** Runs one function of the launcher. */
    private String sourced(String function) throws Exception {
        Path script = home.resolve("trunkline");
        Files.writeString(script, Files.readString(script).replace("\nmain \"$@\"\n", "\n" + function + "\n"));
        return launch(Map.of());
    }

    /** A PATH with what the launcher needs, but no java. */
    private String noJava() throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        for (String tool : List.of("bash", "env", "readlink", "dirname", "grep", "sed", "awk", "cat", "find")) {
            for (String folder : List.of("/bin", "/usr/bin")) {
                if (Files.isExecutable(Path.of(folder, tool)) && Files.notExists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), Path.of(folder, tool));
                }
            }
        }
        return bin.toString();
    }

    private String launch(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("trunkline").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TRUNKLINE_"));
        builder.environment().putAll(Map.of("JAVA_HOME", home.resolve("jdk").toString(), "HOME", home.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
