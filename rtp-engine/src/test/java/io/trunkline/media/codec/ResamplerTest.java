package io.trunkline.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.trunkline.media.Signal;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
    private static final int[] RATES = {8000, 16_000, 22_050, 24_000, 44_100, 48_000};

    static Stream<int[]> everyPair() {
        return IntStream.of(RATES).boxed().flatMap(from -> IntStream.of(RATES).mapToObj(to -> new int[] {from, to}));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void tonesInTheBandPassUnchangedAndCleanBetweenAnyTwoRates(int[] pair) {
        int from = pair[0];
        int to = pair[1];
        double limit = 0.42 * Math.min(from, to);
        for (double frequency = 200; frequency < limit; frequency += limit / 7) {
            short[] out = settled(Signal.sine(frequency, from, from / 5, 16_000), from, to);

            assertThat(Signal.amplitude(out, to, frequency)).isBetween(15_800.0, 16_200.0);
            assertThat(Signal.toneToNoise(out, to, frequency)).isGreaterThan(50);
        }
    }

    @ParameterizedTest
    @CsvSource({"48000, 8000", "44100, 8000", "22050, 8000", "16000, 8000", "24000, 16000", "48000, 22050"})
    void aSweepAboveTheNewBandLeavesNothingAbove50DbBelow(int from, int to) {
        for (double frequency = 0.505 * to; frequency < 0.49 * from; frequency += (0.49 * from - 0.505 * to) / 20) {
            short[] out = settled(Signal.sine(frequency, from, from / 5, 16_000), from, to);

            assertThat(20 * Math.log10(Signal.rms(out) * Math.sqrt(2) / 16_000)).isLessThan(-50);
        }
    }

    @ParameterizedTest
    @CsvSource({"8000, 16000", "8000, 48000", "16000, 22050"})
    void aSweepThroughTheWholeOldBandHasNoImagesAbove50DbBelow(int from, int to) {
        for (double frequency = 100; frequency < 0.49 * from; frequency += 0.49 * from / 20) {
            short[] out = settled(Signal.sine(frequency, from, from / 5, 16_000), from, to);
            double image = from - frequency;
            if (image < 0.49 * to) {
                assertThat(20 * Math.log10(Signal.amplitude(out, to, image) / 16_000))
                        .isLessThan(-50);
            }
        }
    }

    @Test
    void framesOfAnySizeGiveTheSameStream() {
        short[] in = Signal.sine(700, 22_050, 22_050, 12_000);
        Resampler whole = new Resampler(22_050, 8000);
        short[] atOnce = new short[whole.maxOutput(in.length)];
        int count = whole.resample(in, 0, in.length, atOnce, 0);

        Resampler pieces = new Resampler(22_050, 8000);
        short[] inPieces = new short[atOnce.length];
        int written = 0;
        for (int at = 0, size = 1; at < in.length; at += size, size = Math.min(size * 3 % 701 + 1, in.length - at)) {
            written += pieces.resample(in, at, size, inPieces, written);
        }

        assertThat(written).isEqualTo(count);
        assertThat(inPieces).isEqualTo(atOnce);
    }

    @Test
    void minutesDoNotDrift() {
        Resampler resampler = new Resampler(44_100, 8000);
        short[] in = new short[882];
        short[] out = new short[resampler.maxOutput(882)];
        long count = 0;
        for (int i = 0; i < 100 * 50; i++) {
            count += resampler.resample(in, 0, 882, out, 0);
        }
        assertThat(count).isEqualTo(100L * 8000);
    }

    @Test
    void oddRatesWithoutACommonMeasureStayClean() {
        short[] out = settled(Signal.sine(1000, 11_027, 11_027, 16_000), 11_027, 48_000);
        assertThat(Signal.toneToNoise(out, 48_000, 1000)).isGreaterThan(50);
    }

    @Test
    void theEndOfAStreamIsNotLost() {
        short[] in = new short[1000];
        in[999] = 20_000;
        Resampler resampler = new Resampler(16_000, 8000);
        short[] out = new short[resampler.maxOutput(1000) + resampler.maxDrain()];
        int count = resampler.resample(in, 0, 1000, out, 0);
        assertThat(Signal.rms(out, 0, count)).isLessThan(100);

        int tail = resampler.drain(out, count);
        assertThat(Arrays.stream(IntStream.range(count, count + tail)
                                .map(i -> out[i])
                                .toArray())
                        .max()
                        .orElse(0))
                .isGreaterThan(5000);
    }

    @Test
    void aConstantStaysConstant() {
        short[] in = new short[8000];
        Arrays.fill(in, (short) 10_000);
        short[] out = settled(in, 8000, 44_100);
        assertThat(Signal.largestStep(out)).isLessThan(2);
    }

    @Test
    void framesLeaveNoGarbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Resampler resampler = new Resampler(8000, 16_000);
        short[] in = Signal.sine(700, 8000, 160, 12_000);
        short[] out = new short[resampler.maxOutput(160)];
        resampler.resample(in, 0, 160, out, 0);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            resampler.resample(in, 0, 160, out, 0);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
    }

    /** The middle of what comes out, without the ramps of beginning and end. */
    private static short[] settled(short[] in, int from, int to) {
        Resampler resampler = new Resampler(from, to);
        short[] out = new short[resampler.maxOutput(in.length)];
        int count = resampler.resample(in, 0, in.length, out, 0);
        return Signal.part(out, count / 4, count / 2);
    }
}
