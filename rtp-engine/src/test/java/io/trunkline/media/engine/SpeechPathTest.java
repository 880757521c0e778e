package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.Codec;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.SpeechSynthesizer;
import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import io.trunkline.media.SpeechSynthesizer.Voice;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.WavSamples;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A sentence from the synthesizer through resampler, codec, RTP, jitter buffer and recorder: what the callee recorded
 * has the spectrum, over time, of what was spoken.
 */
@Tag("full")
class SpeechPathTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String TEXT = "The quick brown fox jumps over the lazy dog, and seven ships sail away.";
    private static final double[] BANDS = {
        250, 350, 450, 570, 700, 840, 1000, 1170, 1370, 1600, 1850, 2150, 2500, 2900, 3300
    };
    private static final int FRAMES_PER_SECOND = 50;
    private static final double FLOOR_DB = -50;
    /** The copy is looked at this often for each look at the source: its delay is no whole number of frames. */
    private static final int FINER = 5;

    private static final int MOST_LAG = FRAMES_PER_SECOND * FINER * 3;
    private static final int PIECE = FRAMES_PER_SECOND / 2;
    private static final int MOST_DRIFT = FRAMES_PER_SECOND * FINER / 10;

    private static final double WANTED = 0.9;
    /** A machine that is busy with something else misses turns: that is not what is measured here. */
    private static final int ATTEMPTS = 4;

    private static Spoken source;

    @TempDir
    Path recordings;

    /** Mono sound. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Spoken(short[] samples, int rate) {}

    @BeforeAll
    static void speak() throws Exception {
        SpeechSynthesizer engine = SpeechSynthesizer.installed().getFirst();
        Voice voice = engine.voices().stream()
                .filter(one -> one.language().toLowerCase(Locale.ROOT).startsWith("en"))
                .findFirst()
                .orElseThrow();
        Collector collector = new Collector();
        engine.speak(new SpeechRequest(TEXT, voice, 1), collector);
        source = new Spoken(Arrays.copyOf(collector.samples, collector.length), collector.rate);
    }

    private static final class Collector implements AudioSink {
        private short[] samples = new short[1 << 20];
        private int length;
        private int rate;

        @Override
        public void start(int sampleRate) {
            rate = sampleRate;
        }

        @Override
        public void write(short[] written, int offset, int count) {
            if (length + count > samples.length) {
                samples = Arrays.copyOf(samples, 2 * samples.length);
            }
            System.arraycopy(written, offset, samples, length, count);
            length += count;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PCMU", "PCMA", "G722", "OPUS"})
    void speechSurvivesTheWholePath(Codec codec) {
        double correlation = 0;
        for (int attempt = 0; attempt < ATTEMPTS && correlation < WANTED; attempt++) {
            double now = bestCorrelation(bands(source, 1), bands(heard(codec, attempt), FINER));
            correlation = Math.max(correlation, now);
        }
        double other = bestCorrelation(bands(reversed(source), 1), bands(source, FINER));
        System.out.printf("%s: spectral correlation %.3f (backwards: %.3f)%n", codec, correlation, other);
        assertThat(correlation).isGreaterThan(WANTED);
        assertThat(other).as("the measure tells one sound from another").isLessThan(0.7);
    }

    private Spoken heard(Codec codec, int attempt) {
        EventLog callerEvents = new EventLog();
        EventLog calleeEvents = new EventLog();
        try (MediaEngine engine = MediaEngine.start(MediaConfig.defaults(recordings))) {
            MediaSession caller = engine.open(leg("caller", codec), callerEvents);
            MediaSession callee = engine.open(leg("callee", codec), calleeEvents);
            Negotiation.Agreed answer = (Negotiation.Agreed) callee.answerOffer(caller.createOffer());
            caller.acceptAnswer(answer.localSdp());
            calleeEvents.await(MediaEvent.MediaConnected.class);
            callee.record(RecordSpec.dual("heard-" + codec + attempt));
            AudioSource speech = sink -> {
                sink.start(source.rate());
                sink.write(source.samples(), 0, source.samples().length);
            };
            caller.play(Playback.once("speech", speech));
            caller.play(Playback.once("rest", SpeechPathTest::rest));
            callerEvents.await(
                    MediaEvent.PlaybackFinished.class,
                    ended -> ended.playbackId().equals("rest"));
            callee.close();
            WavSamples wav = WavSamples.read(calleeEvents
                    .await(MediaEvent.RecordingCompleted.class)
                    .file()
                    .path());
            return new Spoken(wav.channel(0), wav.sampleRate());
        }
    }

    /** Until the last word has left the callee's jitter buffer. */
    private static void rest(AudioSink sink) throws InterruptedException {
        sink.start(8000);
        sink.write(new short[4000], 0, 4000);
    }

    private static LegSpec leg(String name, Codec codec) {
        return LegSpec.of(name, LOOPBACK).withCodecs(List.of(codec));
    }

    private static Spoken reversed(Spoken sound) {
        short[] back = new short[sound.samples().length];
        for (int i = 0; i < back.length; i++) {
            back[i] = sound.samples()[back.length - 1 - i];
        }
        return new Spoken(back, sound.rate());
    }

    /** Level of each band, so many times in each 20 ms. */
    private static double[][] bands(Spoken sound, int times) {
        int window = 2 * sound.rate() / FRAMES_PER_SECOND;
        int step = window / 2 / times;
        double[][] frames = new double[Math.max(0, (sound.samples().length - window) / step)][BANDS.length];
        for (int frame = 0; frame < frames.length; frame++) {
            for (int band = 0; band < BANDS.length; band++) {
                double level = Goertzel.levelDb(sound.samples(), frame * step, window, BANDS[band], sound.rate());
                frames[frame][band] = Math.max(FLOOR_DB, level);
            }
        }
        return frames;
    }

    /**
     * Pearson's over all of it, at the delay where the two fit best; the jitter buffer may change the delay a little on
     * the way, so each piece is looked for near where the whole fits.
     */
    private static double bestCorrelation(double[][] wanted, double[][] got) {
        int lag = bestLag(wanted, got, 0, wanted.length, -10 * FINER, MOST_LAG);
        Sums all = new Sums();
        for (int from = 0; from < wanted.length; from += PIECE) {
            int to = Math.min(wanted.length, from + PIECE);
            all.add(wanted, got, from, to, bestLag(wanted, got, from, to, lag - MOST_DRIFT, lag + MOST_DRIFT));
        }
        return all.correlation();
    }

    private static int bestLag(double[][] wanted, double[][] got, int from, int to, int least, int most) {
        int best = least;
        double highest = -2;
        for (int lag = least; lag <= most; lag++) {
            Sums sums = new Sums();
            sums.add(wanted, got, from, to, lag);
            if (sums.count > 9L * (to - from) * BANDS.length / 10 && sums.correlation() > highest) {
                highest = sums.correlation();
                best = lag;
            }
        }
        return best;
    }

    /** What Pearson's correlation is made of. */
    private static final class Sums {
        private double x;
        private double y;
        private double xx;
        private double yy;
        private double xy;
        private long count;

        void add(double[][] wanted, double[][] got, int from, int to, int lag) {
            for (int frame = from; frame < to; frame++) {
                int there = frame * FINER + lag;
                if (there >= 0 && there < got.length) {
                    add(wanted[frame], got[there]);
                }
            }
        }

        private void add(double[] one, double[] other) {
            for (int band = 0; band < BANDS.length; band++) {
                x += one[band];
                y += other[band];
                xx += one[band] * one[band];
                yy += other[band] * other[band];
                xy += one[band] * other[band];
                count++;
            }
        }

        double correlation() {
            double spread = Math.sqrt((count * xx - x * x) * (count * yy - y * y));
            return spread > 0 ? (count * xy - x * y) / spread : 0;
        }
    }
}
