package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time for the detector to take 20 ms of a call that it cannot decide. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DetectorBenchmark {
    private static final int FRAME = 160;
    private static final AmdSpec PATIENT = new AmdSpec(0.9999999, Duration.ofDays(1), false);

    private final short[] sound = Sounds.noise(10_000, 4000, 7);
    private Detector detector;
    private int at;

    @Setup
    public void answer() {
        detector = new Detector(Model.shipped(), PATIENT, new Heard());
    }

    @Benchmark
    public boolean frame() {
        at = at + 2 * FRAME > sound.length ? 0 : at + FRAME;
        detector.feed(sound, at, FRAME);
        return detector.done();
    }
}
