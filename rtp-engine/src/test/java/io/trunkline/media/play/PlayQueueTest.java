package io.trunkline.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.Codec;
import io.trunkline.media.MediaEvent.PlaybackFinished;
import io.trunkline.media.Playback;
import io.trunkline.media.PlaybackEnd;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames are taken as a media loop would take them, 20 ms at a time. */
class PlayQueueTest {
    private final EventLog events = new EventLog();
    private final PromptCache prompts = new PromptCache(1 << 24);
    private final PlayQueue queue = new PlayQueue(event -> events.onMediaEvent("leg", event));
    private short[] said = new short[8 * 60_000];
    private int count;

    @BeforeEach
    void negotiate() {
        queue.codec(Codec.PCMA);
    }

    private void play(Playback playback) {
        queue.add(playback, prompts.find(playback.source()));
    }

    /** Takes frames until so many have sounded; silence in between leaves the source real time. */
    private void take(int frames) {
        short[] frame = new short[160];
        long end = System.nanoTime() + 10_000_000_000L;
        int left = frames;
        while (left > 0) {
            assertThat(System.nanoTime()).as("waiting for sound").isLessThan(end);
            if (queue.next(frame, 160)) {
                System.arraycopy(frame, 0, said, count, 160);
                count += 160;
                left--;
            } else {
                LockSupport.parkNanos(200_000);
            }
        }
    }

    private List<PlaybackFinished> takeUntilFinished(int playbacks) {
        short[] frame = new short[160];
        long end = System.nanoTime() + 10_000_000_000L;
        while (events.of(PlaybackFinished.class).size() < playbacks) {
            assertThat(System.nanoTime()).as("waiting for the end").isLessThan(end);
            if (queue.next(frame, 160)) {
                System.arraycopy(frame, 0, said, count, 160);
                count += 160;
            } else {
                LockSupport.parkNanos(200_000);
            }
        }
        return events.of(PlaybackFinished.class);
    }

    private double level(double hz, int fromMillis, int millis) {
        return Goertzel.levelDb(said, 8 * fromMillis, 8 * millis, hz, 8000);
    }

    @Test
    void playbacksFollowOneAnotherWithoutAGap() {
        play(Playback.once("a", ToneSource.shared(500, 400)));
        play(Playback.once("b", ToneSource.of(900, 400)));
        assertThat(takeUntilFinished(2))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("lengthMs")
                .containsExactly(
                        new PlaybackFinished("a", 400, PlaybackEnd.COMPLETED, ""),
                        new PlaybackFinished("b", 400, PlaybackEnd.COMPLETED, ""));
        assertThat(count).isEqualTo(8 * 800);
        assertThat(level(500, 0, 400)).isCloseTo(-10, within(0.1));
        assertThat(level(900, 400, 400)).isCloseTo(-10, within(0.1));
    }

    @Test
    void sourcesOfOtherRatesAreResampled() {
        play(Playback.once("a", new ToneSource(500, -10, 1000, 22_050, true)));
        play(Playback.once("b", new ToneSource(900, -10, 1000, 48_000, false)));
        List<PlaybackFinished> ended = takeUntilFinished(2);
        assertThat(level(500, 100, 800)).isCloseTo(-10, within(0.2));
        assertThat(level(900, 1200, 700)).isCloseTo(-10, within(0.2));
        assertThat(ended.getFirst().playedMs()).isBetween(1000L, 1040L);
        assertThat(ended.getLast().playedMs()).isBetween(1000L, 1040L);
    }

    @Test
    void aSharedPromptIsRenderedOnceAndItsPacketsAreTheSameObjects() {
        AtomicInteger renders = new AtomicInteger();
        AudioSource source = new AudioSource() {
            @Override
            public void writeTo(AudioSink sink) throws IOException, InterruptedException {
                renders.incrementAndGet();
                ToneSource.of(700, 500).writeTo(sink);
            }

            @Override
            public Optional<String> cacheKey() {
                return Optional.of("counted");
            }
        };
        prompts.prepare(source).join();
        PlayQueue other = new PlayQueue(event -> {});
        other.codec(Codec.PCMA);
        play(Playback.once("a", source));
        other.add(Playback.once("b", source), prompts.find(source));
        take(1);
        EncodedFrame first = queue.lastEncoded();
        short[] frame = new short[160];
        while (!other.next(frame, 160)) {
            LockSupport.parkNanos(200_000);
        }
        assertThat(first).isNotNull();
        assertThat(other.lastEncoded()).isSameAs(first);
        assertThat(first.payload()).hasSize(160);
        assertThat(renders).hasValue(1);
    }

    @Test
    void repeatsAndGainAreHeard() {
        play(new Playback("a", ToneSource.shared(500, 200), 3, -10, false));
        List<PlaybackFinished> ended = takeUntilFinished(1);
        assertThat(ended.getFirst().playedMs()).isEqualTo(600);
        assertThat(level(500, 0, 600)).isCloseTo(-20, within(0.1));
        assertThat(queue.lastEncoded()).isNull();
    }

    @Test
    void aLiveSourceIsAskedAgainForEachRepeat() {
        play(new Playback("a", ToneSource.of(500, 200), 3, 0, false));
        assertThat(takeUntilFinished(1).getFirst().playedMs()).isEqualTo(600);
    }

    @Test
    void playedForEverItEndsWhenStopped() {
        play(new Playback("a", ToneSource.shared(500, 100), 0, 0, false));
        take(100);
        queue.stop(Optional.of("a"));
        assertThat(events.of(PlaybackFinished.class))
                .containsExactly(new PlaybackFinished("a", 2000, 100, PlaybackEnd.STOPPED, ""));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void anEmptySourceRepeatedForEverEnds() {
        play(new Playback("a", new ToneSource(500, -10, 0, 8000, false), 0, 0, false));
        assertThat(takeUntilFinished(1).getFirst().reason()).isEqualTo(PlaybackEnd.COMPLETED);
    }

    @Test
    void pausedItWaitsAndGoesOnWhereItWas() {
        play(Playback.once("a", ToneSource.shared(500, 1000)));
        take(10);
        queue.pause("a", true);
        assertThat(queue.next(new short[160], 160)).isFalse();
        queue.pause("a", false);
        assertThat(takeUntilFinished(1).getFirst().playedMs()).isEqualTo(1000);
        assertThat(level(500, 0, 1000)).isCloseTo(-10, within(0.1));
    }

    @Test
    void anInterruptingOneEndsWhatIsPlayingAndWaiting() {
        play(Playback.once("a", ToneSource.shared(500, 5000)));
        play(Playback.once("b", ToneSource.shared(600, 5000)));
        take(10);
        play(new Playback("c", ToneSource.shared(700, 100), 1, 0, true));
        assertThat(takeUntilFinished(3))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("lengthMs")
                .containsExactly(
                        new PlaybackFinished("a", 200, PlaybackEnd.INTERRUPTED, ""),
                        new PlaybackFinished("b", 0, PlaybackEnd.INTERRUPTED, ""),
                        new PlaybackFinished("c", 100, PlaybackEnd.COMPLETED, ""));
    }

    @Test
    void aSourceThatBreaksFailsItsOwnPlaybackAloneAndSaysWhy() {
        AudioSource broken = sink -> {
            sink.start(8000);
            sink.write(new short[1600], 0, 1600);
            throw new IOException("the line went dead");
        };
        play(Playback.once("a", broken));
        play(Playback.once("b", ToneSource.shared(600, 100)));
        assertThat(takeUntilFinished(2))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("lengthMs")
                .containsExactly(
                        new PlaybackFinished("a", 200, PlaybackEnd.FAILED, "the line went dead"),
                        new PlaybackFinished("b", 100, PlaybackEnd.COMPLETED, ""));
    }

    @Test
    void aSourceFasterThanRealTimeWaitsForTheQueue() throws InterruptedException {
        CountDownLatch wroteAll = new CountDownLatch(1);
        play(Playback.once("a", sink -> {
            sink.start(8000);
            sink.write(new short[80_000], 0, 80_000);
            wroteAll.countDown();
        }));
        take(50);
        assertThat(wroteAll.getCount()).isEqualTo(1);
        assertThat(takeUntilFinished(1).getFirst().playedMs()).isEqualTo(10_000);
        wroteAll.await();
    }

    @Test
    void whatPlaysGoesOnInAnotherCodecWhereItWas() {
        play(Playback.once("a", ToneSource.shared(500, 1000)));
        play(Playback.once("b", ToneSource.of(500, 1000)));
        take(25);
        queue.codec(Codec.G722);
        short[] wide = new short[16_000 * 3];
        int wideCount = 0;
        short[] frame = new short[320];
        while (events.of(PlaybackFinished.class).size() < 2) {
            if (queue.next(frame, 320)) {
                System.arraycopy(frame, 0, wide, wideCount, 320);
                wideCount += 320;
            } else {
                LockSupport.parkNanos(200_000);
            }
        }
        assertThat(events.of(PlaybackFinished.class).getFirst().playedMs()).isBetween(980L, 1020L);
        assertThat(wideCount).isBetween(16 * 1450, 16 * 1560);
        short[] heard = Arrays.copyOf(wide, 16 * 1400);
        assertThat(Goertzel.levelDb(heard, 0, 16 * 400, 500, 16_000)).isCloseTo(-10, within(0.3));
    }

    @Test
    void moreThanAThousandWaitingAreRefusedEachWithItsOwnEnding() {
        for (int i = 0; i < 1001; i++) {
            play(Playback.once("p" + i, ToneSource.shared(500, 100)));
        }
        assertThat(events.of(PlaybackFinished.class)).hasSize(1);
        assertThat(events.of(PlaybackFinished.class).getFirst().playbackId()).isEqualTo("p1000");
        assertThat(events.of(PlaybackFinished.class).getFirst().reason()).isEqualTo(PlaybackEnd.FAILED);
    }

    @Test
    void theCacheDropsWhatWasNotAskedForTheLongest() {
        PromptCache small = new PromptCache(100_000);
        for (int i = 0; i < 10; i++) {
            small.prepare(new ToneSource(500 + i, -10, 2000, 8000, true)).join();
        }
        assertThat(small.size()).isLessThan(5);
    }
}
