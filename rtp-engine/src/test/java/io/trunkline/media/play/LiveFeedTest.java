package io.trunkline.media.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.FeedListener;
import io.trunkline.media.FeedSpec;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A live feed, its turns taken by hand. */
class LiveFeedTest {
    private static final int FRAME = 160;
    private static final short[] TONE = new ToneSource(1000, -10, 60_000, 8000, false).samples();

    private final List<String> told = new ArrayList<>();
    private final List<Short> said = new ArrayList<>();
    private final LiveFeed feed = feed(8000, Duration.ofMinutes(5));

    private LiveFeed feed(int rate, Duration bound) {
        return new LiveFeed(
                new FeedSpec(rate, bound),
                new FeedListener() {
                    @Override
                    public void onMark(String name, boolean played, long playedMs) {
                        told.add(name + (played ? " played " : " cleared ") + playedMs);
                    }

                    @Override
                    public void onCleared(long reachedMs, long playedMs, long droppedMs) {
                        told.add("clear at " + reachedMs + " played " + playedMs + " dropped " + droppedMs);
                    }

                    @Override
                    public void onDrained(long playedMs) {
                        told.add("drained " + playedMs);
                    }
                },
                () -> {});
    }

    /** True when the turn said something. */
    private boolean turn(LiveFeed from) {
        short[] out = new short[FRAME];
        from.turn();
        boolean spoke = from.next(out, FRAME, 8000);
        for (short sample : spoke ? out : new short[0]) {
            said.add(sample);
        }
        return spoke;
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            turn(feed);
        }
    }

    private short[] heard() {
        short[] samples = new short[said.size()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = said.get(i);
        }
        return samples;
    }

    @Test
    void aMinuteOfSoundInTwentyBurstsOfOddSizesComesOutSampleForSample() {
        Random random = new Random(4);
        int sent = 0;
        while (sent < TONE.length) {
            int length = Math.min(TONE.length - sent, 1 + random.nextInt(24_000));
            assertThat(feed.offer(TONE, sent, length)).isEqualTo(length);
            sent += length;
        }
        turns(TONE.length / FRAME);

        assertThat(heard()).containsExactly(TONE);
    }

    @Test
    void aMarkIsToldWhenItsSoundHasHadItsTimeNotBefore() {
        feed.offer(TONE, 0, 5 * FRAME);
        feed.mark("hello");
        turns(5);
        assertThat(told).isEmpty();

        turns(1);
        assertThat(told).containsExactly("hello played 100", "drained 100");
    }

    @Test
    void marksKeepTheirOrderAndOneWithNothingBeforeItIsToldAtOnce() {
        feed.mark("first");
        feed.offer(TONE, 0, FRAME / 2);
        feed.mark("second");
        feed.mark("third");
        turns(3);

        assertThat(told).containsExactly("first played 0", "second played 10", "third played 10", "drained 10");
    }

    @Test
    void clearDropsAtTheNextTurnAndSaysWhatHadBeenHeard() {
        feed.offer(TONE, 0, 1000 * FRAME);
        feed.mark("never heard");
        turns(10);
        feed.clear();
        feed.mark("after");

        assertThat(turn(feed)).isFalse();
        assertThat(told)
                .containsExactly(
                        "never heard cleared 200", "clear at 200 played 200 dropped 19800", "after played 200");
        assertThat(feed.playedMs()).isEqualTo(200);
        assertThat(feed.waitingMs()).isZero();
    }

    @Test
    void whatIsOfferedAfterAClearIsHeardWhole() {
        feed.offer(TONE, 0, 100 * FRAME);
        turns(10);
        said.clear();
        feed.clear();
        feed.offer(TONE, 0, 10 * FRAME);
        feed.clear();
        feed.offer(TONE, 0, 4 * FRAME);
        turns(4);

        assertThat(heard()).containsExactly(Arrays.copyOf(TONE, 4 * FRAME));
        assertThat(told)
                .containsExactly("clear at 200 played 200 dropped 1800", "clear at 2000 played 200 dropped 200");
    }

    @Test
    void aTrickleWaitsForEnoughAndTheLastBitIsNotHeldBackForEver() {
        feed.offer(TONE, 0, FRAME);
        assertThat(turn(feed)).isFalse();
        feed.offer(TONE, FRAME, 2 * FRAME);
        turns(3);
        feed.offer(TONE, 3 * FRAME, FRAME / 2);
        turns(3);
        assertThat(said).hasSize(3 * FRAME);
        turns(2);

        assertThat(said).hasSize(4 * FRAME);
        assertThat(Arrays.copyOf(heard(), 3 * FRAME + FRAME / 2))
                .containsExactly(Arrays.copyOf(TONE, 3 * FRAME + FRAME / 2));
    }

    @Test
    void pausedSoundWaits() {
        feed.offer(TONE, 0, 10 * FRAME);
        turns(2);
        feed.pause(true);
        turns(5);
        feed.pause(false);
        turns(8);

        assertThat(heard()).containsExactly(Arrays.copyOf(TONE, 10 * FRAME));
    }

    @Test
    void moreThanTheBoundIsNotTaken() {
        LiveFeed small = feed(8000, Duration.ofSeconds(1));
        assertThat(small.offer(TONE, 0, 9000)).isEqualTo(8000);
        assertThat(small.offer(TONE, 0, 1)).isZero();
        turn(small);
        assertThat(small.offer(TONE, 0, 1000)).isEqualTo(FRAME);
    }

    @Test
    void anotherRateIsBroughtToTheLegs() {
        LiveFeed wide = feed(24_000, Duration.ofSeconds(10));
        wide.offer(new ToneSource(1000, -10, 2000, 24_000, false).samples(), 0, 48_000);
        for (int i = 0; i < 100; i++) {
            assertThat(turn(wide)).isTrue();
        }

        assertThat(Goertzel.levelDb(heard(), 1000, 8000)).isBetween(-10.5, -9.5);
    }
}
