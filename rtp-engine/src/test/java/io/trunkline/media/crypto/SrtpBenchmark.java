package io.trunkline.media.crypto;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time for a packet of G.711 to be sealed and opened again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SrtpBenchmark {
    private static final int LENGTH = 172;

    @Param({"AES_CM_128_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM"})
    private String suite;

    private final byte[] packet = new byte[LENGTH + 32];
    private SrtpContext out;
    private SrtpContext in;
    private int number;

    @Setup
    public void key() {
        MasterKey key = MasterKey.random(SrtpSuite.valueOf(suite), new SecureRandom());
        out = new SrtpContext(key);
        in = new SrtpContext(key);
    }

    @Benchmark
    public int sealAndOpen() {
        packet[0] = (byte) 0x80;
        packet[2] = (byte) (number >> 8);
        packet[3] = (byte) number++;
        return in.open(packet, out.seal(packet, LENGTH));
    }
}
