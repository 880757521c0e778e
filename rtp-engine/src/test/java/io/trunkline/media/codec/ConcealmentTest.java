package io.trunkline.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.Signal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcealmentTest {
    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void aLostFrameOfAToneKeepsItsLevelAndPitchWithoutAClick(int rate) {
        int frame = rate / 50;
        short[] tone = Signal.sine(440, rate, frame * 20, 8000);
        short[] heard = run(tone, rate, frame, 7, 7);

        short[] gap = Signal.part(heard, frame * 7, frame);
        assertThat(Signal.rms(gap)).isBetween(0.8 * 8000 / Math.sqrt(2), 1.05 * 8000 / Math.sqrt(2));
        assertThat(Signal.toneToNoise(gap, rate, 440)).isGreaterThan(12);
        assertThat(Signal.largestStep(heard)).isLessThan(2 * Signal.largestStep(tone));
    }

    @Test
    void fivePercentRandomLossKeepsLevelAndFrequency() {
        short[] tone = Signal.sine(1000, 8000, 160 * 500, 8000);
        short[] heard = tone.clone();
        Concealment concealment = new Concealment(8000);
        Random random = new Random(7);
        short[] frame = new short[160];
        for (int i = 0; i < 500; i++) {
            System.arraycopy(tone, i * 160, frame, 0, 160);
            if (random.nextInt(20) == 0) {
                concealment.fill(frame, 160);
            } else {
                concealment.heard(frame, 160);
            }
            System.arraycopy(frame, 0, heard, i * 160, 160);
        }

        assertThat(Signal.amplitude(heard, 8000, 1000)).isBetween(7600.0, 8100.0);
        assertThat(Signal.toneToNoise(heard, 8000, 1000)).isGreaterThan(15);
    }

    @Test
    void aLongGapFadesToSilenceWithinSixtyMilliseconds() {
        short[] heard = run(Signal.sine(200, 8000, 160 * 20, 8000), 8000, 160, 7, 12);

        assertThat(Signal.rms(heard, 160 * 9, 160)).isBetween(100.0, 4000.0);
        assertThat(Signal.rms(heard, 160 * 10, 160 * 3)).isZero();
    }

    @Test
    void nothingHeardYetIsSilence() {
        short[] out = Signal.sine(440, 8000, 160, 8000);
        new Concealment(8000).fill(out, 160);

        assertThat(Signal.rms(out)).isZero();
    }

    /** Frames {@code from} to {@code to}, inclusive, are lost. */
    private static short[] run(short[] sent, int rate, int frame, int from, int to) {
        Concealment concealment = new Concealment(rate);
        short[] heard = sent.clone();
        for (int i = 0; i < sent.length / frame; i++) {
            short[] samples = Signal.part(sent, i * frame, frame);
            if (i >= from && i <= to) {
                concealment.fill(samples, frame);
            } else {
                concealment.heard(samples, frame);
            }
            System.arraycopy(samples, 0, heard, i * frame, frame);
        }
        return heard;
    }
}
