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
import io.trunkline.media.PlaybackEnd;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import io.trunkline.media.testing.WavSamples;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two legs of one engine talk to each other over real sockets. */
class LoopbackTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path recordings;

    private MediaEngine engine;
    private final EventLog callerEvents = new EventLog();
    private final EventLog calleeEvents = new EventLog();
    private MediaSession caller;
    private MediaSession callee;

    @BeforeEach
    void connect() {
        engine = MediaEngine.start(MediaConfig.defaults(recordings));
        LegSpec spec = LegSpec.of("caller", LOOPBACK).withCodecs(List.of(Codec.PCMA));
        caller = engine.open(spec, callerEvents);
        callee = engine.open(LegSpec.of("callee", LOOPBACK).withCodecs(List.of(Codec.PCMA)), calleeEvents);
        Negotiation answered = callee.answerOffer(caller.createOffer());
        assertThat(answered).isInstanceOf(Negotiation.Agreed.class);
        assertThat(caller.acceptAnswer(((Negotiation.Agreed) answered).localSdp()))
                .isInstanceOf(Negotiation.Agreed.class);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void eachHearsTheOthersToneAtItsFrequencyAndLevel() {
        calleeEvents.await(MediaEvent.MediaConnected.class);
        callerEvents.await(MediaEvent.MediaConnected.class);
        callee.record(RecordSpec.dual("rec-1"));
        caller.play(Playback.once("p1", ToneSource.of(1000, 1500)));
        callee.play(Playback.once("p2", ToneSource.shared(600, 1500)));
        callerEvents.await(MediaEvent.PlaybackFinished.class);
        calleeEvents.await(MediaEvent.PlaybackFinished.class);
        callee.close();
        MediaEvent.RecordingCompleted recorded = calleeEvents.await(MediaEvent.RecordingCompleted.class);

        WavSamples wav = WavSamples.read(recorded.file().path());
        assertThat(wav.channels()).isEqualTo(2);
        assertThat(middleLevel(wav.channel(0), 1000)).isCloseTo(-10, within(1.0));
        assertThat(middleLevel(wav.channel(1), 600)).isCloseTo(-10, within(1.0));
        assertThat(recorded.file().durationMs()).isEqualTo(wav.millis());
    }

    @Test
    void aPlaybackStartsAndEndsWithWhatWasHeardOfIt() {
        caller.play(Playback.once("p1", ToneSource.of(1000, 300)));
        caller.play(Playback.once("p2", ToneSource.of(1000, 20_000)));

        MediaEvent.PlaybackFinished first = callerEvents.await(MediaEvent.PlaybackFinished.class);
        assertThat(first).isEqualTo(new MediaEvent.PlaybackFinished("p1", 300, PlaybackEnd.COMPLETED, ""));
        callerEvents.await(
                MediaEvent.PlaybackStarted.class,
                started -> started.playbackId().equals("p2"));
        caller.close();
        MediaEvent.MediaClosed closed = callerEvents.await(MediaEvent.MediaClosed.class);
        assertThat(closed.unfinished()).hasSize(1);
        assertThat(closed.unfinished().getFirst().reason()).isEqualTo(PlaybackEnd.HANGUP);
        assertThat(closed.unfinished().getFirst().playedMs()).isLessThan(20_000);
    }

    /** The loudest half second, so that start and end do not blur the measurement. */
    private static double middleLevel(short[] samples, double hz) {
        double best = -120;
        for (int at = 0; at + 4000 <= samples.length; at += 400) {
            best = Math.max(best, Goertzel.levelDb(samples, at, 4000, hz, 8000));
        }
        return best;
    }
}
