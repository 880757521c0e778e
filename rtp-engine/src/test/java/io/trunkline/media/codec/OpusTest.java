package io.trunkline.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import io.trunkline.media.Codec;
import io.trunkline.media.Signal;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpusTest {
    private static final CodecParams PLAIN = CodecParams.of(111, 20);

    @ParameterizedTest
    @CsvSource({"8000, 20", "16000, 10", "16000, 20", "16000, 60", "48000, 20"})
    void aToneKeepsItsLevelAndFrequencyAtEveryRateAndPacketLength(int rate, int ptime) {
        int frame = rate * ptime / 1000;
        short[] tone = Signal.sine(1000, rate, rate, 8000);
        short[] heard = decodeAll(encodeAll(tone, frame, PLAIN.withPcmRate(rate)), frame, PLAIN.withPcmRate(rate));
        short[] settled = Signal.part(heard, rate / 2, rate / 4);

        assertThat(Signal.amplitude(settled, rate, 1000)).isBetween(7000.0, 9000.0);
    }

    @Test
    void encoderAndDecoderMayRunAtDifferentRates() {
        short[] tone = Signal.sine(1000, 48_000, 48_000, 8000);
        short[] heard = decodeAll(encodeAll(tone, 960, PLAIN.withPcmRate(48_000)), 320, PLAIN.withPcmRate(16_000));

        assertThat(Signal.amplitude(Signal.part(heard, 8000, 4000), 16_000, 1000))
                .isBetween(7000.0, 9000.0);
    }

    @Test
    void thePeersBitrateIsKept() {
        short[] noise = noise(16_000 * 4);
        int low = size(encodeAll(noise, 320, wide(Map.of("maxaveragebitrate", "8000"))));
        int high = size(encodeAll(noise, 320, wide(Map.of("maxaveragebitrate", "40000"))));

        assertThat(low * 8 / 4).isBetween(6000, 10_000);
        assertThat(high * 8 / 4).isBetween(30_000, 48_000);
    }

    @Test
    void thePeersPlaybackRateBoundsTheBandwidth() {
        short[] high = Signal.sine(6000, 16_000, 16_000, 8000);
        CodecParams narrow = wide(Map.of("maxplaybackrate", "8000"));

        short[] wideHeard = decodeAll(encodeAll(high, 320, wide(Map.of())), 320, wide(Map.of()));
        short[] narrowHeard = decodeAll(encodeAll(high, 320, narrow), 320, wide(Map.of()));

        assertThat(Signal.level(Signal.part(wideHeard, 8000, 4000))).isGreaterThan(-20);
        assertThat(Signal.level(Signal.part(narrowHeard, 8000, 4000))).isLessThan(-35);
    }

    @Test
    void aLostPacketComesBackFromTheNextOneWhenThePeerAskedForFec() {
        short[] speech = chirps(16_000 * 2);
        List<byte[]> packets = encodeAll(speech, 320, wide(Map.of("useinbandfec", "1")));
        double recovered = 0;
        double concealed = 0;
        for (int lost = 20; lost < 90; lost += 7) {
            recovered += distance(packets, lost, true);
            concealed += distance(packets, lost, false);
        }

        assertThat(recovered).isLessThan(0.8 * concealed);
    }

    @Test
    void aGapIsConcealedAndFadesAway() {
        List<byte[]> packets = encodeAll(Signal.sine(300, 16_000, 16_000, 8000), 320, wide(Map.of()));
        try (FrameDecoder decoder = Codecs.decoder(Codec.OPUS, wide(Map.of()))) {
            short[] out = new short[320];
            packets.forEach(p -> decoder.decode(p, 0, p.length, out));
            assertThat(decoder.conceal(320, out)).isEqualTo(320);
            assertThat(Signal.level(out)).isGreaterThan(-25);
            assertThat(decoder.conceal(123, out)).isEqualTo(123);
            IntStream.range(0, 50).forEach(i -> decoder.conceal(320, out));
            assertThat(Signal.level(out)).isLessThan(-50);
        }
    }

    @Test
    void garbageAndDiscontinuousPacketsNeverThrow() {
        Random random = new Random(5);
        try (FrameDecoder decoder = Codecs.decoder(Codec.OPUS, wide(Map.of()))) {
            short[] out = new short[1920];
            for (int i = 0; i < 5000; i++) {
                byte[] payload = new byte[random.nextInt(200)];
                random.nextBytes(payload);
                assertThat(decoder.decode(payload, 0, payload.length, out)).isBetween(0, out.length);
                assertThat(decoder.recover(payload, 0, payload.length, 320, out))
                        .isEqualTo(320);
            }
            assertThat(decoder.decode(new byte[0], 0, 0, out)).isZero();
            assertThat(decoder.decode(new byte[] {0x08}, 0, 1, out)).isPositive();
            assertThat(decoder.decode(new byte[4000], 0, 4000, out)).isZero();
        }
    }

    @Test
    void afterClosingNothingNativeIsTouched() {
        FrameEncoder encoder = Codecs.encoder(Codec.OPUS, PLAIN);
        FrameDecoder decoder = Codecs.decoder(Codec.OPUS, PLAIN);
        encoder.close();
        encoder.close();
        decoder.close();
        decoder.close();

        assertThatIllegalStateException().isThrownBy(() -> encoder.encode(new short[960], 0, 960, new byte[1500], 0));
        assertThatIllegalStateException().isThrownBy(() -> decoder.decode(new byte[] {8, 1}, 0, 2, new short[960]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 150, 1000})
    void aFrameThatOpusDoesNotKnowIsRefused(int samples) {
        try (FrameEncoder encoder = Codecs.encoder(Codec.OPUS, PLAIN)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.encode(new short[1000], 0, samples, new byte[1500], 0));
        }
    }

    @Test
    void framesLeaveNoGarbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        short[] pcm = chirps(320);
        byte[] packet = new byte[1275];
        try (FrameEncoder encoder = Codecs.encoder(Codec.OPUS, wide(Map.of()));
                FrameDecoder decoder = Codecs.decoder(Codec.OPUS, wide(Map.of()))) {
            long allocated = 0;
            for (int round = 0; round < 3; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 5000; i++) {
                    int length = encoder.encode(pcm, 0, 320, packet, 0);
                    decoder.decode(packet, 0, length, pcm);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated / 5000).isLessThan(8);
        }
    }

    private interface Loss {
        void fill(FrameDecoder decoder, short[] out);
    }

    /** How far the made-up frame is from the one that was lost. */
    private static double distance(List<byte[]> packets, int lost, boolean fec) {
        short[] real = frame(packets, lost, (decoder, out) -> {
            byte[] p = packets.get(lost);
            decoder.decode(p, 0, p.length, out);
        });
        byte[] next = packets.get(lost + 1);
        short[] made = frame(packets, lost, (decoder, out) -> {
            if (fec) {
                decoder.recover(next, 0, next.length, 320, out);
            } else {
                decoder.conceal(320, out);
            }
        });
        return Math.sqrt(IntStream.range(0, 320)
                .mapToDouble(i -> (double) (real[i] - made[i]) * (real[i] - made[i]))
                .sum());
    }

    private static short[] frame(List<byte[]> packets, int index, Loss loss) {
        short[] out = new short[320];
        try (FrameDecoder decoder = Codecs.decoder(Codec.OPUS, wide(Map.of()))) {
            packets.subList(0, index).forEach(p -> decoder.decode(p, 0, p.length, out));
            loss.fill(decoder, out);
        }
        return out;
    }

    private static CodecParams wide(Map<String, String> fmtp) {
        return PLAIN.withPcmRate(16_000).withFmtp(fmtp);
    }

    private static List<byte[]> encodeAll(short[] samples, int frame, CodecParams params) {
        try (FrameEncoder encoder = Codecs.encoder(Codec.OPUS, params)) {
            return encodeFrames(encoder, samples, frame);
        }
    }

    private static List<byte[]> encodeFrames(FrameEncoder encoder, short[] samples, int frame) {
        byte[] packet = new byte[1500];
        return IntStream.range(0, samples.length / frame)
                .mapToObj(i -> Arrays.copyOf(packet, encoder.encode(samples, i * frame, frame, packet, 0)))
                .toList();
    }

    private static short[] decodeAll(List<byte[]> packets, int frame, CodecParams params) {
        short[] heard = new short[packets.size() * frame];
        short[] out = new short[frame];
        try (FrameDecoder decoder = Codecs.decoder(Codec.OPUS, params)) {
            for (int i = 0; i < packets.size(); i++) {
                byte[] packet = packets.get(i);
                assertThat(decoder.decode(packet, 0, packet.length, out)).isEqualTo(frame);
                System.arraycopy(out, 0, heard, i * frame, frame);
            }
        }
        return heard;
    }

    private static int size(List<byte[]> packets) {
        return packets.stream().mapToInt(p -> p.length).sum();
    }

    private static short[] noise(int samples) {
        Random random = new Random(1);
        short[] out = new short[samples];
        for (int i = 0; i < samples; i++) {
            out[i] = (short) (3000 * random.nextGaussian());
        }
        return out;
    }

    /** Voiced syllables of moving pitch: what concealment cannot guess and FEC carries. */
    private static short[] chirps(int samples) {
        short[] out = new short[samples];
        double phase = 0;
        for (int i = 0; i < samples; i++) {
            phase += 2 * Math.PI * (160 + 60 * Math.sin(i / 900.0)) / 16_000;
            double envelope = Math.max(0, Math.sin(i / 500.0));
            out[i] = (short)
                    (envelope * (6000 * Math.sin(phase) + 3000 * Math.sin(3 * phase) + 2000 * Math.sin(7 * phase)));
        }
        return out;
    }
}
