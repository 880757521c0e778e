package io.trunkline.media.amd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast ways to measure against the plain definitions: a model was trained on what they give. */
class MeasuresTest {
    private static final int SIZE = Spectrum.SIZE;

    private final Random random = new Random(11);

    @Test
    void theSpectrumIsTheDefinitionsToARoundingOfFloats() {
        for (int round = 0; round < 20; round++) {
            float[] window = noise();
            Spectrum spectrum = new Spectrum();

            spectrum.analyse(window);

            double[] wanted = powers(window);
            double loudest = Arrays.stream(wanted).max().orElseThrow();
            for (int bin = 0; bin < wanted.length; bin++) {
                assertThat((double) spectrum.power()[bin])
                        .as("bin " + bin)
                        .isCloseTo(wanted[bin], within(2e-6 * loudest));
            }
        }
    }

    @Test
    void thePitchIsThatOfTheWholeAutocorrelation() {
        for (int round = 0; round < 50; round++) {
            float[] power = new float[Spectrum.BINS];
            for (int bin = 0; bin < power.length; bin++) {
                power[bin] = (float) Math.pow(10, 6 * random.nextDouble());
            }
            Pitch pitch = new Pitch();

            pitch.measure(power);

            double[] correlation = autocorrelation(power);
            double strength = Math.max(0, correlation[bestLag(correlation)]);
            assertThat((double) pitch.strength()).isCloseTo(strength, within(2e-5));
        }
    }

    @Test
    void aVoiceHasItsOwnPitch() {
        float[] window = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int harmonic = 1; harmonic < 12; harmonic++) {
                window[i] += (float) (1000 * Math.sin(2 * Math.PI * 200 * harmonic * i / 8000) / harmonic);
            }
        }
        Spectrum spectrum = new Spectrum();
        Pitch pitch = new Pitch();

        spectrum.analyse(window);
        pitch.measure(spectrum.power());

        assertThat(pitch.semitones()).isCloseTo(12, within(0.3f));
        assertThat(pitch.strength()).isGreaterThan(0.6f);
    }

    @Test
    void decibelsAreThoseOfTheLogarithm() {
        for (double exponent = -12; exponent < 3; exponent += 0.0007) {
            float ratio = (float) Math.pow(10, exponent);
            assertThat((double) Decibels.of(ratio)).isCloseTo(10 * Math.log10(ratio), within(1e-5));
        }
    }

    @Test
    void theFloorIsTheLeastOfTheLastSubwindows() {
        NoiseFloor floor = new NoiseFloor(1);
        for (int frame = 0; frame < 40; frame++) {
            floor.update(new float[] {-60}, false);
        }
        for (int frame = 0; frame < 100; frame++) {
            floor.update(new float[] {-30}, false);
        }
        assertThat(floor.at(0)).isCloseTo(-60, within(0.01f));
        for (int frame = 0; frame < 45; frame++) {
            floor.update(new float[] {-30}, false);
        }
        assertThat(floor.at(0)).isCloseTo(-30, within(0.01f));
    }

    @Test
    void theDeviationOfTheLastFewFollowsThem() {
        Recent recent = new Recent(50);
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * 10 - 40);
            recent.add(values[i]);
        }
        double mean = 0;
        for (int i = 950; i < 1000; i++) {
            mean += values[i] / 50;
        }
        double squares = 0;
        for (int i = 950; i < 1000; i++) {
            squares += (values[i] - mean) * (values[i] - mean) / 50;
        }
        assertThat((double) recent.deviation()).isCloseTo(Math.sqrt(squares), within(1e-4));
    }

    private float[] noise() {
        float[] window = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            window[i] = (float) (random.nextGaussian() * 3000);
        }
        return window;
    }

    private static double[] powers(float[] window) {
        double[] powers = new double[Spectrum.BINS];
        double energy = 0;
        for (int i = 0; i < SIZE; i++) {
            energy += hann(i) * hann(i);
        }
        for (int bin = 0; bin < powers.length; bin++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < SIZE; i++) {
                re += window[i] * hann(i) * Math.cos(2 * Math.PI * bin * i / SIZE);
                im += window[i] * hann(i) * Math.sin(2 * Math.PI * bin * i / SIZE);
            }
            powers[bin] = (re * re + im * im) * 2 / (energy * SIZE);
        }
        return powers;
    }

    private static double hann(int i) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * i / SIZE);
    }

    private static double[] autocorrelation(float[] power) {
        double[] sums = new double[SIZE / 2];
        for (int lag = 0; lag < sums.length; lag++) {
            for (int bin = 2; bin < 45; bin++) {
                sums[lag] += Math.sqrt(power[bin]) * Math.cos(2 * Math.PI * bin * lag / SIZE);
            }
        }
        double zero = sums[0];
        return Arrays.stream(sums).map(sum -> sum / zero).toArray();
    }

    private static int bestLag(double[] correlation) {
        int best = 20;
        for (int lag = 20; lag <= 120; lag++) {
            if (correlation[lag] > correlation[best] * (lag > best + 8 ? 1.15 : 1)) {
                best = lag;
            }
        }
        return best;
    }
}
