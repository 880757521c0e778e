package io.trunkline.media.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MixerTest {
    private static final int SECONDS = 2;
    private final Mixer mixer = new Mixer(16_000);

    /** A leg at some rate with its own tone, which keeps what it is told. */
    private final class Member {
        final Mixer.Seat seat = mixer.join();
        final int rate;
        final int tickMillis;
        final short[] tone;
        final short[] told;
        int position;

        Member(double hz, int rate, int tickMillis) {
            this.rate = rate;
            this.tickMillis = tickMillis;
            tone = new ToneSource(hz, -20, 1000 * SECONDS, rate, false).samples();
            told = new short[tone.length];
        }

        void turn(long nowNanos) {
            int samples = rate * tickMillis / 1000;
            seat.put(Arrays.copyOfRange(tone, position, position + samples), samples, rate, nowNanos);
            short[] out = new short[samples];
            seat.take(out, samples, rate, nowNanos);
            System.arraycopy(out, 0, told, position, samples);
            position += samples;
        }

        double level(double hz) {
            return Goertzel.levelDb(told, told.length / 2, told.length / 2, hz, rate);
        }
    }

    @Test
    void everyoneHearsAllOthersAndNotThemselvesWhateverTheirRatesAndTicks() {
        Member narrow = new Member(440, 8000, 20);
        Member wide = new Member(1000, 16_000, 20);
        Member quick = new Member(2000, 8000, 10);
        for (int millis = 0; millis < 1000 * SECONDS; millis++) {
            long now = millis * 1_000_000L;
            if (millis % 20 == 0) {
                narrow.turn(now);
            }
            if (millis % 20 == 7) {
                wide.turn(now);
            }
            if (millis % 10 == 3) {
                quick.turn(now);
            }
        }
        assertThat(narrow.level(1000)).isCloseTo(-20, within(0.5));
        assertThat(narrow.level(2000)).isCloseTo(-20, within(0.5));
        assertThat(narrow.level(440)).isLessThan(-60);
        assertThat(wide.level(440)).isCloseTo(-20, within(0.5));
        assertThat(wide.level(2000)).isCloseTo(-20, within(0.5));
        assertThat(wide.level(1000)).isLessThan(-60);
        assertThat(quick.level(440)).isCloseTo(-20, within(0.5));
        assertThat(quick.level(1000)).isCloseTo(-20, within(0.5));
        assertThat(quick.level(2000)).isLessThan(-60);
    }

    @Test
    void whoLeavesIsHeardNoMore() {
        Member one = new Member(440, 8000, 20);
        Member other = new Member(1000, 8000, 20);
        for (int millis = 0; millis < 1000 * SECONDS; millis += 20) {
            if (millis < 900) {
                other.turn(millis * 1_000_000L);
            } else {
                other.seat.leave();
            }
            one.turn(millis * 1_000_000L);
        }
        assertThat(one.level(1000)).isLessThan(-90);
    }

    @Test
    void loudVoicesTogetherAreClippedAndNeverWrapped() {
        Mixer.Seat listener = mixer.join();
        short[] loud = new short[320];
        Arrays.fill(loud, (short) 30_000);
        mixer.join().put(loud, 320, 16_000, 0);
        mixer.join().put(loud, 320, 16_000, 0);
        listener.put(new short[320], 320, 16_000, 0);
        short[] out = new short[320];
        listener.take(out, 320, 16_000, 0);
        assertThat(out[100]).isEqualTo(Short.MAX_VALUE);
    }
}
