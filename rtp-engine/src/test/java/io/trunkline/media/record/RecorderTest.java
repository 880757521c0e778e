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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final short[] LEFT = new ToneSource(440, -10, 60_000, 8000, false).samples();
    private static final short[] RIGHT = new ToneSource(1000, -20, 60_000, 8000, false).samples();

    @TempDir
    Path folder;

    private Recorder recorder;
    private RecordLane lane;
    private final EventLog events = new EventLog();
    private int position;

    @BeforeEach
    void open() {
        recorder = new Recorder(folder);
        recorder.start();
        lane = recorder.lane();
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    private LegRecorder record(RecordSpec spec) {
        LegRecorder recording = new LegRecorder(spec, 8000, 1_800_000_000_000L, lane, this::event, this::event);
        recording.start();
        return recording;
    }

    private void event(MediaEvent event) {
        events.onMediaEvent("leg", event);
    }

    private void say(LegRecorder recording, int millis) {
        for (int i = 0; i < millis / 20; i++) {
            recording.onTick(
                    Arrays.copyOfRange(LEFT, position, position + 160),
                    Arrays.copyOfRange(RIGHT, position, position + 160),
                    160,
                    8000);
            position += 160;
        }
    }

    private RecordingFile completed() {
        return events.await(MediaEvent.RecordingCompleted.class).file();
    }

    @Test
    void bothChannelsAreWhatWasHeardAndSaid() throws Exception {
        LegRecorder recording = record(RecordSpec.dual("r1"));
        say(recording, 3300);
        recording.stop();
        RecordingFile file = completed();

        WavSamples wav = WavSamples.read(file.path());
        assertThat(wav.channel(0)).isEqualTo(Arrays.copyOf(LEFT, 8 * 3300));
        assertThat(wav.channel(1)).isEqualTo(Arrays.copyOf(RIGHT, 8 * 3300));
        assertThat(file.durationMs()).isEqualTo(3300);
        assertThat(file.gaps()).isEmpty();
        assertThat(file.size()).isEqualTo(Files.size(file.path()));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file.path()));
        assertThat(file.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(folder.toFile().list()).containsExactly("r1.wav");
    }

    @Test
    void monoIsBothMixed() {
        LegRecorder recording = record(new RecordSpec("r1", false, Optional.empty(), true));
        say(recording, 2000);
        recording.stop();
        short[] mixed = WavSamples.read(completed().path()).channel(0);
        assertThat(Goertzel.levelDb(mixed, 440, 8000)).isCloseTo(-10, within(0.1));
        assertThat(Goertzel.levelDb(mixed, 1000, 8000)).isCloseTo(-20, within(0.1));
    }

    @Test
    void aPauseIsSilenceOrACutByChoice() {
        for (boolean silence : new boolean[] {true, false}) {
            LegRecorder recording = record(new RecordSpec("r-" + silence, true, Optional.empty(), silence));
            say(recording, 1000);
            recording.pause(true);
            say(recording, 1000);
            recording.pause(false);
            say(recording, 1000);
            recording.stop();
        }
        RecordingFile silent = events.await(
                        MediaEvent.RecordingCompleted.class,
                        done -> done.file().recordingId().equals("r-true"))
                .file();
        RecordingFile cut = events.await(
                        MediaEvent.RecordingCompleted.class,
                        done -> done.file().recordingId().equals("r-false"))
                .file();
        assertThat(silent.durationMs()).isEqualTo(3000);
        assertThat(cut.durationMs()).isEqualTo(2000);
        assertThat(silent.gaps()).isEmpty();
        short[] left = WavSamples.read(silent.path()).channel(0);
        assertThat(Goertzel.totalDb(left, 8000, 8000)).isLessThan(-100);
        assertThat(events.of(MediaEvent.RecordingPaused.class)).hasSize(2);
        assertThat(events.of(MediaEvent.RecordingResumed.class)).hasSize(2);
    }

    @Test
    void theLongestDurationCompletesByItself() {
        LegRecorder recording = record(new RecordSpec("r1", true, Optional.of(Duration.ofMillis(1500)), true));
        say(recording, 3000);
        assertThat(recording.hasEnded()).isTrue();
        assertThat(completed().durationMs()).isEqualTo(1500);
    }

    @Test
    void missedTurnsAreAGapOfSilenceAndNotAShift() {
        LegRecorder recording = record(RecordSpec.dual("r1"));
        say(recording, 1000);
        recording.onSkipped(160 * 10);
        say(recording, 1000);
        recording.stop();
        RecordingFile file = completed();
        assertThat(file.gaps()).containsExactly(new Gap(1000, 1200));
        assertThat(file.durationMs()).isEqualTo(2200);
        short[] left = WavSamples.read(file.path()).channel(0);
        assertThat(Goertzel.totalDb(left, 8000, 1600)).isLessThan(-100);
        assertThat(Arrays.copyOfRange(left, 9600, 17_600)).isEqualTo(Arrays.copyOfRange(LEFT, 8000, 16_000));
    }

    @Test
    void aRecordingWithoutAFrameIsAbsent() {
        record(RecordSpec.dual("r1")).stop();
        assertThat(events.await(MediaEvent.RecordingAbsent.class).reason()).isEqualTo("nothing_recorded");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void aNameThatExistsIsNotOverwritten() throws IOException {
        Files.writeString(folder.resolve("r1.wav"), "precious");
        LegRecorder recording = record(RecordSpec.dual("r1"));
        say(recording, 1000);
        recording.stop();
        assertThat(events.await(MediaEvent.RecordingAbsent.class).reason()).startsWith("disk: ");
        assertThat(Files.readString(folder.resolve("r1.wav"))).isEqualTo("precious");
    }

    @Test
    void anIdThatIsNoPlainNameIsRefused() {
        LegRecorder recording = record(RecordSpec.dual("../evil"));
        say(recording, 1000);
        recording.stop();
        assertThat(events.await(MediaEvent.RecordingAbsent.class).reason()).isEqualTo("invalid_id");
        assertThat(folder.resolve("../evil.wav")).doesNotExist();
    }

    @Test
    void whatACrashLeftIsFinishedUpToItsLastWholeSegment() throws IOException {
        LegRecorder recording = record(RecordSpec.dual("r1"));
        say(recording, 3300);
        awaitSegments(folder.resolve("r1.wav"), 6);
        Path crashed = Files.createDirectory(folder.resolve("crashed"));
        copy("r1.wav", crashed);
        copy("r1.wav.index", crashed);
        Files.write(crashed.resolve("r1.wav"), new byte[777], StandardOpenOption.APPEND);
        Files.write(crashed.resolve("r1.wav.index"), new byte[13], StandardOpenOption.APPEND);

        List<RecordingFile> recovered = Recorder.recover(crashed);

        assertThat(recovered).hasSize(1);
        assertThat(recovered.getFirst().recordingId()).isEqualTo("r1");
        // The first segment is shorter by chance.
        int millis = (int) recovered.getFirst().durationMs();
        assertThat(millis).isBetween(2500, 3300);
        assertThat(recovered.getFirst().gaps()).isEmpty();
        assertThat(WavSamples.read(crashed.resolve("r1.wav")).channel(1)).isEqualTo(Arrays.copyOf(RIGHT, 8 * millis));
        assertThat(Recorder.recover(crashed)).isEmpty();
        recording.stop();
        completed();
    }

    @Test
    void aDamagedSegmentIsSilenceAndAGap() throws IOException {
        LegRecorder recording = record(RecordSpec.dual("r1"));
        say(recording, 3000);
        awaitSegments(folder.resolve("r1.wav"), 5);
        Path crashed = Files.createDirectory(folder.resolve("crashed"));
        copy("r1.wav", crashed);
        copy("r1.wav.index", crashed);
        try (FileChannel wav = FileChannel.open(crashed.resolve("r1.wav"), StandardOpenOption.WRITE)) {
            wav.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 44 + 32 * 1200);
        }

        RecordingFile file = Recorder.recover(crashed).getFirst();

        assertThat(file.gaps()).hasSize(1);
        Gap gap = file.gaps().getFirst();
        assertThat(gap.fromMs()).isBetween(700L, 1200L);
        assertThat(gap.toMs()).isEqualTo(gap.fromMs() + 500);
        int from = (int) (8 * gap.fromMs());
        int to = (int) (8 * gap.toMs());
        short[] left = WavSamples.read(file.path()).channel(0);
        assertThat(Goertzel.totalDb(left, from, to - from)).isLessThan(-100);
        assertThat(Arrays.copyOf(left, from)).isEqualTo(Arrays.copyOf(LEFT, from));
        assertThat(Arrays.copyOfRange(left, to, left.length)).isEqualTo(Arrays.copyOfRange(LEFT, to, left.length));
        recording.stop();
        completed();
    }

    private void copy(String name, Path to) throws IOException {
        Files.copy(folder.resolve(name), to.resolve(name));
    }

    private static void awaitSegments(Path file, int entries) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Path index = SegmentFile.indexOf(file);
        while (!Files.exists(index) || Files.size(index) < 32 + entries * SegmentIndex.ENTRY_BYTES) {
            assertThat(System.nanoTime()).as("waiting for " + file).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
