package io.trunkline.media.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.RecordingFile;
import io.trunkline.media.RecordingFile.Gap;
import io.trunkline.media.testing.EventLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very long recordings, and disks that take no more. */
class ExtremesTest {
    private static final int TICK = 160;
    private static final int TICKS_A_SECOND = 50;

    @TempDir
    Path folder;

    private final EventLog events = new EventLog();
    private final short[] heard = new short[TICK];
    private final short[] said = new short[TICK];

    private LegRecorder record(RecordLane lane, String id) {
        LegRecorder recording = new LegRecorder(
                RecordSpec.dual(id),
                8000,
                0,
                lane,
                event -> events.onMediaEvent("leg", event),
                event -> events.onMediaEvent("leg", event));
        recording.start();
        return recording;
    }

    @Test
    void oneHourStaysAligned() throws Exception {
        staysAligned(1);
    }

    @Test
    @Tag("full")
    void tenHoursStayAligned() throws Exception {
        staysAligned(10);
    }

    /** Each second says its number on both channels at the same moment; memory stays where it was. */
    private void staysAligned(int hours) throws Exception {
        try (Recorder recorder = new Recorder(folder)) {
            recorder.start();
            RecordLane lane = recorder.lane();
            LegRecorder recording = record(lane, "long");
            int seconds = hours * 3600;
            feed(recording, lane, 0, 60);
            long before = usedHeap();
            feed(recording, lane, 60, seconds);
            assertThat(usedHeap() - before).isLessThan(20_000_000);
            recording.stop();
            RecordingFile file =
                    events.await(MediaEvent.RecordingCompleted.class).file();

            assertThat(file.gaps()).isEmpty();
            assertThat(file.durationMs()).isEqualTo(seconds * 1000L);
            try (RandomAccessFile wav = new RandomAccessFile(file.path().toFile(), "r")) {
                for (int second = 0; second < seconds; second += 59) {
                    wav.seek(WavHeader.BYTES + second * 8000L * 4);
                    assertThat(Short.reverseBytes(wav.readShort())).isEqualTo((short) (second % 30_000));
                    assertThat(Short.reverseBytes(wav.readShort())).isEqualTo((short) -(second % 30_000));
                }
            }
        }
    }

    /** Faster than real time, but never faster than the writer. */
    private void feed(LegRecorder recording, RecordLane lane, int from, int until) {
        for (int second = from; second < until; second++) {
            for (int tick = 0; tick < TICKS_A_SECOND; tick++) {
                heard[0] = (short) (tick == 0 ? second % 30_000 : 0);
                said[0] = (short) -heard[0];
                recording.onTick(heard, said, TICK, 8000);
            }
            while (lane.full().size() > 100) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void aFullDiskDropsAndCountsAndKeepsWhatItTook() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()), "needs the right to mount");
        try (Recorder recorder = new Recorder(small)) {
            recorder.start();
            RecordLane lane = recorder.lane();
            LegRecorder recording = record(lane, "full");
            feed(recording, lane, 0, 30);
            recording.stop();
            RecordingFile file =
                    events.await(MediaEvent.RecordingCompleted.class).file();

            assertThat(recorder.dropped()).isPositive();
            assertThat(file.durationMs()).as("some of thirty seconds").isBetween(3000L, 20_000L);
            assertThat(file.gaps()).containsExactly(new Gap(file.durationMs(), 30_000));
            assertThat(Files.size(file.path())).isEqualTo(WavHeader.BYTES + file.durationMs() * 32);
        } finally {
            run("umount", small.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
