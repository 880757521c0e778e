package io.trunkline.media.amd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdVerdict;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class DetectorTest {
    private static final AmdSpec WITH_HYPOTHESES =
            new AmdSpec(AmdSpec.DEFAULT.threshold(), AmdSpec.DEFAULT.decideWithin(), true);

    @Test
    void callsALineOnWhichNobodySpeaksSilent() {
        assertThat(Heard.of(Sounds.silence(8000)).verdicts).containsExactly(AmdVerdict.SILENCE);
    }

    @Test
    void doesNotTakeLineNoiseForSpeech() {
        assertThat(Heard.of(Sounds.noise(8000, 300, 3)).verdicts).containsExactly(AmdVerdict.SILENCE);
    }

    @Test
    void estimatesEvery200MillisecondsUntilItsVerdict() {
        Heard heard = Heard.of(WITH_HYPOTHESES, Sounds.silence(8000));

        assertThat(heard.hypotheses).startsWith(200L, 400L, 600L).allMatch(ms -> ms < heard.decidedMs);
    }

    @Test
    void hearsTheSameHoweverTheSamplesAreCut() {
        short[] samples = Sounds.joined(Sounds.silence(333), Sounds.tone(3000, 2100));
        Heard whole = new Heard();

        new Detector(Model.shipped(), AmdSpec.DEFAULT, whole).feed(samples, 0, samples.length);

        assertThat(whole.decidedMs).isEqualTo(Heard.of(samples).decidedMs);
    }

    @Test
    void allocatesNothingAFrame() {
        short[] noise = Sounds.noise(1000, 300, 7);
        Detector detector = new Detector(Model.shipped(), WITH_HYPOTHESES, (verdict, confidence, reason, ms) -> {});
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        feedInFrames(detector, noise);
        long before = threads.getCurrentThreadAllocatedBytes();
        long measuring = threads.getCurrentThreadAllocatedBytes() - before;
        before = threads.getCurrentThreadAllocatedBytes();

        feedInFrames(detector, noise);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before - measuring)
                .isZero();
    }

    private static void feedInFrames(Detector detector, short[] samples) {
        for (int at = 0; at + 160 <= samples.length; at += 160) {
            detector.feed(samples, at, 160);
        }
    }
}
