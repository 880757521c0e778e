package io.trunkline.media.amd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdVerdict;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetectorTest {
    private static final Model MODEL = Model.shipped();
    private static final AmdSpec SPEC = new AmdSpec(0.95, Duration.ofSeconds(4), true);

    @Test
    void callsALineOnWhichNobodySpeaksSilent() {
        List<AmdVerdict> verdicts = new ArrayList<>();
        Detector detector = new Detector(MODEL, SPEC, (verdict, confidence, reason, ms) -> verdicts.add(verdict));

        detector.feed(new short[8000 * 8], 0, 8000 * 8);

        assertThat(verdicts).containsExactly(AmdVerdict.SILENCE);
    }

    @Test
    void allocatesNothingAFrame() {
        short[] noise = noise(8000);
        Detector detector = new Detector(MODEL, SPEC, (verdict, confidence, reason, ms) -> {});
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        feedInFrames(detector, noise);
        long before = threads.getCurrentThreadAllocatedBytes();
        long nothing = threads.getCurrentThreadAllocatedBytes() - before;
        before = threads.getCurrentThreadAllocatedBytes();

        feedInFrames(detector, noise);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before - nothing).isZero();
    }

    private static void feedInFrames(Detector detector, short[] samples) {
        for (int at = 0; at + 160 <= samples.length; at += 160) {
            detector.feed(samples, at, 160);
        }
    }

    private static short[] noise(int length) {
        SplittableRandom random = new SplittableRandom(7);
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) random.nextInt(-300, 300);
        }
        return samples;
    }
}
