package io.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeStretchTest {
    @ParameterizedTest
    @CsvSource({"8000,200", "8000,1000", "16000,333", "48000,700"})
    void aToneKeepsItsPitchAndLevelWhetherShorterOrLonger(int rate, double hz) {
        short[] shorter = new ToneSource(hz, -10, 1000, rate, false).samples();
        int left = shorter.length;
        for (int i = 0; i < 10; i++) {
            left = TimeStretch.shorten(shorter, left, rate);
        }
        assertTone(Arrays.copyOf(shorter, left), hz, rate);
        assertThat(left).isLessThan(rate);

        short[] longer = Arrays.copyOf(new ToneSource(hz, -10, 500, rate, false).samples(), rate);
        int grown = rate / 2;
        for (int i = 0; i < 10; i++) {
            grown = TimeStretch.lengthen(longer, grown, rate);
        }
        assertTone(Arrays.copyOf(longer, grown), hz, rate);
        assertThat(grown).isGreaterThan(rate / 2);
    }

    private static void assertTone(short[] samples, double hz, int rate) {
        assertThat(Goertzel.totalDb(samples, 0, samples.length)).isCloseTo(-10, within(0.3));
        assertThat(Goertzel.levelDb(samples, hz, rate)).isCloseTo(-10, within(1.0));
    }
}
