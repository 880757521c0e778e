package io.trunkline.media.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.RecordingFile;
import io.trunkline.media.RecordingFile.Gap;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import io.trunkline.media.testing.WavSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrimmingTest {
    private static final short[] TONE = new ToneSource(440, -20, 60_000, 8000, false).samples();
    private static final short[] NOISE = new ToneSource(200, -60, 60_000, 8000, false).samples();
    private static final short[] SILENCE = new short[160];

    @TempDir
    Path folder;

    private Recorder recorder;
    private final EventLog events = new EventLog();

    @BeforeEach
    void open() {
        recorder = new Recorder(folder);
        recorder.start();
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    private LegRecorder record(RecordSpec spec) {
        LegRecorder recording = new LegRecorder(
                spec,
                8000,
                1_800_000_000_000L,
                recorder.lane(),
                event -> events.onMediaEvent("leg", event),
                event -> events.onMediaEvent("leg", event));
        recording.start();
        return recording;
    }

    private static void say(LegRecorder recording, short[] what, int millis) {
        for (int i = 0; i < millis / 20; i++) {
            int at = i * 160 % (what.length - 159);
            recording.onTick(SILENCE, Arrays.copyOfRange(what, at, at + 160), 160, 8000);
        }
    }

    private RecordingFile completed() {
        return events.await(MediaEvent.RecordingCompleted.class).file();
    }

    @Test
    void silenceAndALinesNoiseAtBothEndsAreCutAndTheSoundIsWhole() throws Exception {
        LegRecorder recording = record(RecordSpec.dual("r1").trimmed());
        say(recording, SILENCE, 1000);
        say(recording, NOISE, 1000);
        say(recording, TONE, 1000);
        say(recording, SILENCE, 1000);
        say(recording, TONE, 1000);
        say(recording, NOISE, 2000);
        recording.stop();
        RecordingFile file = completed();

        assertThat(file.durationMs())
                .as("both sounds, the pause between them, a margin")
                .isEqualTo(3200);
        short[] said = WavSamples.read(file.path()).channel(1);
        assertThat(Arrays.copyOfRange(said, 800, 8800)).isEqualTo(Arrays.copyOf(TONE, 8000));
        assertThat(Goertzel.levelDb(said, 16_800, 8000, 440, 8000)).isCloseTo(-20, within(0.1));
        assertThat(file.size()).isEqualTo(Files.size(file.path())).isEqualTo(44 + 4 * 8 * 3200);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file.path()));
        assertThat(file.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(folder.toFile().list()).containsExactly("r1.wav");
    }

    @Test
    void withoutTheWishNothingIsCut() {
        LegRecorder recording = record(RecordSpec.dual("r1"));
        say(recording, SILENCE, 1000);
        say(recording, TONE, 1000);
        recording.stop();
        assertThat(completed().durationMs()).isEqualTo(2000);
    }

    @Test
    void aGapInsideMovesWithTheSoundAndOneAtAnEndIsKept() {
        LegRecorder recording = record(RecordSpec.dual("r1").trimmed());
        say(recording, SILENCE, 1000);
        say(recording, TONE, 1000);
        recording.onSkipped(1600);
        say(recording, TONE, 1000);
        say(recording, SILENCE, 500);
        recording.onSkipped(800);
        say(recording, SILENCE, 1000);
        recording.stop();
        RecordingFile file = completed();
        assertThat(file.gaps()).containsExactly(new Gap(1100, 1300), new Gap(2800, 2900));
        assertThat(file.durationMs()).isEqualTo(3000);
    }

    @Test
    void aRecordingOfSilenceAloneIsLeftAsItIs() {
        LegRecorder recording = record(RecordSpec.dual("r1").trimmed());
        say(recording, SILENCE, 2000);
        recording.stop();
        assertThat(completed().durationMs()).isEqualTo(2000);
    }

    @Test
    void aCrashWhileTrimmingLeavesTheWholeRecording() throws IOException {
        LegRecorder recording = record(RecordSpec.dual("r1"));
        say(recording, SILENCE, 1000);
        say(recording, TONE, 1000);
        recording.stop();
        completed();
        Files.write(folder.resolve("r1.wav.trimmed"), new byte[500]);

        assertThat(Recorder.recover(folder)).isEmpty();
        assertThat(folder.toFile().list()).containsExactly("r1.wav");
        assertThat(Recorder.finished(folder, "r1").orElseThrow().durationMs()).isEqualTo(2000);
    }
}
