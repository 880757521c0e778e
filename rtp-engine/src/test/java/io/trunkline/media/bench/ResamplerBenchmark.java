package io.trunkline.media.bench;

import io.trunkline.media.Signal;
import io.trunkline.media.codec.Resampler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time for 20 ms of sound to change its rate. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ResamplerBenchmark {
    @Param({"8000/16000", "16000/8000", "8000/48000", "48000/8000", "22050/8000", "24000/8000"})
    private String rates;

    private Resampler resampler;
    private short[] in;
    private short[] out;

    @Setup
    public void design() {
        int slash = rates.indexOf('/');
        int from = Integer.parseInt(rates.substring(0, slash));
        resampler = new Resampler(from, Integer.parseInt(rates.substring(slash + 1)));
        in = Signal.sine(700, from, from / 50, 10_000);
        out = new short[resampler.maxOutput(in.length)];
    }

    @Benchmark
    public int frame() {
        return resampler.resample(in, 0, in.length, out, 0);
    }
}
