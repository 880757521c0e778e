package io.trunkline.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.Codec;
import io.trunkline.media.Program;
import io.trunkline.media.Signal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class G722Test {
    @ParameterizedTest
    @ValueSource(ints = {300, 1000, 3000, 5500})
    void tonesOfBothBandsKeepTheirLevelAndFrequency(int frequency) {
        short[] back = decode(encode(Signal.sine(frequency, 16_000, 8000, 10_000)));
        short[] settled = Signal.part(back, 1600, 6400);

        assertThat(Signal.amplitude(settled, 16_000, frequency)).isBetween(9400.0, 10_600.0);
        assertThat(Signal.toneToNoise(settled, 16_000, frequency)).isGreaterThan(frequency < 4000 ? 30 : 12);
    }

    @Test
    void isBitExactWithAnotherImplementation() throws Exception {
        Program.needs("ffmpeg");
        short[] sent = loudAndSoft();
        byte[] ours = encode(sent);

        byte[] theirs = Program.filter(bytes(sent), ffmpeg("-f s16le -ar 16000 -ac 1 -i - -c:a g722 -f g722 -"));
        assertThat(Arrays.copyOf(theirs, ours.length)).isEqualTo(ours);

        byte[] decoded = Program.filter(ours, ffmpeg("-f g722 -i - -f s16le -ar 16000 -ac 1 -"));
        assertThat(bytes(decode(ours))).isEqualTo(Arrays.copyOf(decoded, sent.length * 2));
    }

    private static String[] ffmpeg(String arguments) {
        return ("ffmpeg -v error " + arguments).split(" ", -1);
    }

    /** Noise and tones from silence to clipping, so that every branch of the adaptation runs. */
    private static short[] loudAndSoft() {
        Random random = new Random(3);
        short[] samples = new short[64_000];
        for (int i = 0; i < samples.length; i++) {
            double level = 40_000 * Math.pow(10, -3.0 * Math.abs(Math.sin(i / 9000.0)));
            double tone = Math.sin(i * i / 200_000.0) + 0.3 * random.nextGaussian();
            samples[i] = (short) Math.clamp(Math.round(level * tone), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return samples;
    }

    private static byte[] bytes(short[] samples) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asShortBuffer().put(samples);
        return buffer.array();
    }

    private static byte[] encode(short[] samples) {
        byte[] out = new byte[samples.length / 2];
        Codecs.encoder(Codec.G722, CodecParams.of(9, 20)).encode(samples, 0, samples.length, out, 0);
        return out;
    }

    private static short[] decode(byte[] payload) {
        short[] out = new short[payload.length * 2];
        Codecs.decoder(Codec.G722, CodecParams.of(9, 20)).decode(payload, 0, payload.length, out);
        return out;
    }
}
