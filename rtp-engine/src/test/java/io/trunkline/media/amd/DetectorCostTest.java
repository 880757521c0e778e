package io.trunkline.media.amd;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.AmdSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a call pays for the detector: the thread's own CPU time, which a busy machine does not lengthen much. */
class DetectorCostTest {
    private static final int SECONDS = 60;
    private static final int ROUNDS = 7;
    private static final double SHARE_OF_A_CORE = 0.002;

    /** Undecided throughout, with somebody speaking all the time: the dearest call that there is. */
    private static final AmdSpec PATIENT = new AmdSpec(0.9999999, Duration.ofMinutes(10), false);

    @Test
    void takesLessThanAFifthOfAPercentOfACore() {
        short[] babble = babble();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] shares = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            listen(babble);
            shares[round] = (threads.getCurrentThreadCpuTime() - before) / 1e9 / SECONDS;
        }
        // the first rounds are the compiler's
        assertThat(Arrays.stream(shares).min().orElseThrow()).isLessThan(SHARE_OF_A_CORE);
    }

    private static void listen(short[] samples) {
        Detector detector = new Detector(Model.shipped(), PATIENT, new Heard());
        for (int at = 0; at < samples.length; at += 160) {
            detector.feed(samples, at, 160);
        }
    }

    private static short[] babble() {
        short[] samples = Sounds.noise(SECONDS * 1000, 4000, 7);
        for (int i = 0; i < samples.length; i++) {
            double syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * i / 8000));
            double voice = 0;
            for (int harmonic = 1; harmonic < 12; harmonic++) {
                voice += Math.sin(2 * Math.PI * 130 * harmonic * i / 8000) / harmonic;
            }
            samples[i] = (short) (syllable * 5000 * voice + samples[i] / 40.0);
        }
        return samples;
    }
}
