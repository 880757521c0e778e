package io.trunkline.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.Signal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComfortNoiseTest {
    @ParameterizedTest
    @CsvSource({"30", "50", "70"})
    void theLevelIsThatOfThePayload(int below) {
        short[] out = noise((byte) below);

        // −30 dBov is an RMS of 32767 × 10^(−30/20)
        double dbov = 20 * Math.log10(Signal.rms(out) / 32767);
        assertThat(dbov).isBetween(-below - 1.5, -below + 1.5);
    }

    @Test
    void theReflectionCoefficientsColourItWithoutChangingItsLevel() {
        short[] white = noise((byte) 40);
        short[] low = noise((byte) 40, (byte) 20);

        assertThat(Signal.rms(low) / Signal.rms(white)).isBetween(0.85, 1.15);
        assertThat(band(low, 200) / band(low, 3500)).isGreaterThan(4);
        assertThat(band(white, 200) / band(white, 3500)).isBetween(0.5, 2.0);
    }

    @Test
    void anyPayloadStaysInRange() {
        byte[] wild = new byte[60];
        Arrays.fill(wild, (byte) 0xFF);
        wild[0] = 0;
        assertThat(Signal.rms(noise(wild))).isPositive();
        assertThat(Signal.rms(noise())).isZero();
    }

    private static double band(short[] samples, double frequency) {
        double sum = 0;
        for (double f = frequency - 100; f <= frequency + 100; f += 10) {
            sum += Math.pow(Signal.amplitude(samples, 8000, f), 2);
        }
        return Math.sqrt(sum);
    }

    private static short[] noise(byte... payload) {
        ComfortNoise noise = new ComfortNoise();
        noise.update(payload, 0, payload.length);
        short[] out = new short[16_000];
        noise.generate(out.length, out);
        return out;
    }
}
