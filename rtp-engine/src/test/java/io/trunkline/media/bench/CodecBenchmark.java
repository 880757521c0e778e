package io.trunkline.media.bench;

import io.trunkline.media.Codec;
import io.trunkline.media.Signal;
import io.trunkline.media.codec.CodecParams;
import io.trunkline.media.codec.Codecs;
import io.trunkline.media.codec.FrameDecoder;
import io.trunkline.media.codec.FrameEncoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Time for one 20 ms frame of each codec; with {@code -prof gc}, that a frame leaves no garbage. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
    @Param({"PCMU", "PCMA", "G722", "L16", "OPUS"})
    private Codec codec;

    @Param({"0", "16000"})
    private int pcmRate;

    private FrameEncoder encoder;
    private FrameDecoder decoder;
    private short[] pcm;
    private short[] out;
    private byte[] payload;
    private byte[] encoded;
    private int length;

    @Setup
    public void open() {
        CodecParams params = CodecParams.of(96, 20).withPcmRate(pcmRate);
        encoder = Codecs.encoder(codec, params);
        decoder = Codecs.decoder(codec, params);
        int rate = encoder.sampleRate();
        pcm = Signal.sum(Signal.sine(300, rate, rate / 50, 6000), Signal.sine(1700, rate, rate / 50, 3000));
        out = new short[rate / 50];
        payload = new byte[4096];
        encoded = new byte[4096];
        length = encoder.encode(pcm, 0, pcm.length, payload, 0);
    }

    @TearDown
    public void close() {
        encoder.close();
        decoder.close();
    }

    @Benchmark
    public int encode() {
        return encoder.encode(pcm, 0, pcm.length, encoded, 0);
    }

    @Benchmark
    public int decode() {
        return decoder.decode(payload, 0, length, out);
    }

    @Benchmark
    public int conceal() {
        decoder.decode(payload, 0, length, out);
        return decoder.conceal(out.length, out);
    }
}
