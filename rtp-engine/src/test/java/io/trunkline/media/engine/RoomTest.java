package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.Codec;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaRoom;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legs of an engine with several loops meet, whichever loop they began on. */
class RoomTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path recordings;

    private MediaEngine engine;

    @BeforeEach
    void start() {
        MediaConfig defaults = MediaConfig.defaults(recordings);
        engine = MediaEngine.start(new MediaConfig(
                3,
                33_000,
                33_999,
                defaults.portQuarantine(),
                Optional.empty(),
                Optional.empty(),
                defaults.mediaTimeout(),
                defaults.latchWindow(),
                recordings,
                false));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** A phone's end and ours, connected. */
    private final class Call {
        final EventLog phoneEvents = new EventLog();
        final MediaSession phone;
        final MediaSession ours;

        Call(Codec codec, double hz) {
            phone = engine.open(LegSpec.of("phone", LOOPBACK).withCodecs(List.of(codec)), phoneEvents);
            ours = engine.open(LegSpec.of("ours", LOOPBACK).withCodecs(List.of(codec)), (id, event) -> {});
            Negotiation.Agreed answer = (Negotiation.Agreed) phone.answerOffer(ours.createOffer());
            ours.acceptAnswer(answer.localSdp());
            phone.play(new Playback("tone", ToneSource.shared(hz, 1000), 0, 0, false));
        }

        /** What the phone hears in two seconds, as a recording's left channel. */
        void listen(String id) {
            phone.record(new RecordSpec(id, true, Optional.of(java.time.Duration.ofSeconds(3)), true));
        }

        short[] heard() {
            Path file = phoneEvents
                    .await(MediaEvent.RecordingCompleted.class)
                    .file()
                    .path();
            return WavSamples.read(file).channel(0);
        }
    }

    private static double level(short[] samples, double hz, int rate) {
        double best = -120;
        for (int at = 0; at + rate / 4 <= samples.length; at += rate / 20) {
            best = Math.max(best, Goertzel.levelDb(samples, at, rate / 4, hz, rate));
        }
        return best;
    }

    @Test
    void threeInARoomHearTheTwoOthers() {
        Call one = new Call(Codec.PCMA, 500);
        Call two = new Call(Codec.PCMU, 900);
        Call three = new Call(Codec.G722, 1400);
        MediaRoom room = engine.openRoom();
        room.add(one.ours);
        room.add(two.ours);
        room.add(three.ours);
        one.listen("one");
        three.listen("three");

        short[] first = one.heard();
        assertThat(level(first, 900, 8000)).isCloseTo(-10, within(1.5));
        assertThat(level(first, 1400, 8000)).isCloseTo(-10, within(1.5));
        assertThat(level(first, 500, 8000)).isLessThan(-40);
        short[] third = three.heard();
        assertThat(level(third, 500, 16_000)).isCloseTo(-10, within(1.5));
        assertThat(level(third, 1400, 16_000)).isLessThan(-40);
    }

    @Test
    void callsOfDifferentLoopsAreBridgedByMovingOne() {
        Call one = new Call(Codec.PCMA, 500);
        Call two = new Call(Codec.PCMA, 900);
        Call three = new Call(Codec.PCMA, 1400);
        one.ours.bridge(three.ours);
        one.listen("one");
        three.listen("three");
        two.listen("two");

        assertThat(level(one.heard(), 1400, 8000)).isCloseTo(-10, within(1.5));
        assertThat(level(three.heard(), 500, 8000)).isCloseTo(-10, within(1.5));
        assertThat(level(two.heard(), 500, 8000)).isLessThan(-60);
        assertThat(engine.stats().loopFailures()).isZero();
    }
}
