package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.Codec;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import io.trunkline.media.testing.WavSamples;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two phones, bridged through two legs of ours, one of which is recorded with a beep. */
class BeepTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final double BEEP_HZ = 1400;
    private static final int WINDOW = 800;

    @TempDir
    Path recordings;

    private MediaEngine engine;
    private Call one;
    private Call two;

    @BeforeEach
    void bridge() {
        engine = MediaEngine.start(MediaConfig.defaults(recordings));
        one = new Call("one", 500);
        two = new Call("two", 900);
        one.ours.bridge(two.ours);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private final class Call {
        final EventLog events = new EventLog();
        final MediaSession phone;
        final MediaSession ours;

        Call(String name, double hz) {
            phone = engine.open(LegSpec.of("phone-" + name, LOOPBACK).withCodecs(List.of(Codec.PCMA)), events);
            ours = engine.open(LegSpec.of("ours-" + name, LOOPBACK).withCodecs(List.of(Codec.PCMA)), events);
            Negotiation.Agreed answer = (Negotiation.Agreed) phone.answerOffer(ours.createOffer());
            ours.acceptAnswer(answer.localSdp());
            phone.play(new Playback("tone", ToneSource.shared(hz, 1000), 0, 0, false));
            events.await(MediaEvent.MediaConnected.class);
        }

        void listen(String id) {
            phone.record(new RecordSpec(id, true, Optional.of(Duration.ofMillis(3500)), true));
        }

        short[] heard(String id) {
            Path file = events.await(
                            MediaEvent.RecordingCompleted.class,
                            done -> done.file().recordingId().equals(id))
                    .file()
                    .path();
            return WavSamples.read(file).channel(0);
        }
    }

    private static long beeps(short[] heard) {
        long begun = 0;
        boolean before = false;
        for (int at = 0; at + WINDOW <= heard.length; at += WINDOW / 2) {
            boolean now = Goertzel.levelDb(heard, at, WINDOW, BEEP_HZ, 8000) > -26;
            begun += now && !before ? 1 : 0;
            before = now;
        }
        return begun;
    }

    private static double level(short[] heard, double hz) {
        double best = -120;
        for (int at = 0; at + WINDOW <= heard.length; at += WINDOW / 2) {
            best = Math.max(best, Goertzel.levelDb(heard, at, WINDOW, hz, 8000));
        }
        return best;
    }

    @Test
    void bothSidesHearAShortBeepEverySecondBesideEachOther() {
        one.ours.record(RecordSpec.dual("taped").beeping(Duration.ofSeconds(1)));
        one.listen("ear-one");
        two.listen("ear-two");
        short[] first = one.heard("ear-one");
        short[] second = two.heard("ear-two");

        assertThat(beeps(first)).as("beeps at the recorded side").isBetween(3L, 4L);
        assertThat(beeps(second)).as("beeps at the other side").isBetween(3L, 4L);
        assertThat(level(first, BEEP_HZ)).isCloseTo(-20, within(1.5));
        assertThat(level(second, BEEP_HZ)).isCloseTo(-20, within(1.5));
        assertThat(level(first, 900)).as("the voice goes on").isCloseTo(-10, within(1.5));
        assertThat(level(second, 500)).as("the voice goes on").isCloseTo(-10, within(1.5));
    }

    @Test
    void withoutTheWishAndWhilePausedThereIsNoBeep() {
        one.ours.record(RecordSpec.dual("silent"));
        one.ours.record(RecordSpec.dual("paused").beeping(Duration.ofSeconds(1)));
        one.ours.pauseRecording("paused");
        one.listen("ear-one");
        two.listen("ear-two");
        assertThat(beeps(one.heard("ear-one"))).isZero();
        assertThat(beeps(two.heard("ear-two"))).isZero();
    }
}
