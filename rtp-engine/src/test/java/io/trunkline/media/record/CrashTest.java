package io.trunkline.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.RecordSpec;
import io.trunkline.media.RecordingFile;
import io.trunkline.media.testing.ToneSource;
import io.trunkline.media.testing.WavSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A process that records is killed without warning; what it recorded is there. */
class CrashTest {
    private static final int RECORDINGS = 10;

    @TempDir
    Path folder;

    @RepeatedTest(3)
    void aKilledProcessLosesAtMostASecondOfEachRecording() throws IOException, InterruptedException {
        Path progress = folder.resolve("progress");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(progress.toFile())
                .start();
        int until = 2000 + new Random().nextInt(1000);
        while (said(progress) < until) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        process.destroyForcibly().waitFor();
        long said = said(progress);

        List<RecordingFile> recovered = Recorder.recover(folder);

        assertThat(recovered).hasSize(RECORDINGS);
        for (RecordingFile file : recovered) {
            assertThat(file.durationMs()).isGreaterThan(said - 1000);
            assertThat(file.gaps()).isEmpty();
            assertThat(WavSamples.read(file.path()).millis()).isEqualTo(file.durationMs());
        }
    }

    private static long said(Path progress) throws IOException {
        String text = Files.readString(progress);
        int end = text.lastIndexOf('\n');
        return end < 0 ? 0 : Long.parseLong(text.substring(text.lastIndexOf('\n', end - 1) + 1, end));
    }

    /** Records in real time and says after each tick how much of every recording there must be. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws InterruptedException {
            Recorder recorder = new Recorder(Path.of(args[0]));
            recorder.start();
            RecordLane lane = recorder.lane();
            LegRecorder[] recorders = new LegRecorder[RECORDINGS];
            for (int i = 0; i < recorders.length; i++) {
                recorders[i] = new LegRecorder(RecordSpec.dual("r" + i), 8000, 0, lane, event -> {}, event -> {});
                recorders[i].start();
            }
            short[] tone = new ToneSource(500, -10, 20, 8000, false).samples();
            for (long millis = 20; ; millis += 20) {
                for (LegRecorder one : recorders) {
                    one.onTick(tone, tone, 160, 8000);
                }
                System.out.println(millis);
                Thread.sleep(20);
            }
        }
    }
}
