package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.Codec;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.SpeechSynthesizer;
import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import io.trunkline.media.SpeechSynthesizer.Voice;
import io.trunkline.media.play.Prompt;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.WavSamples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A sentence from the synthesizer through resampler, codec, RTP, jitter buffer and recorder: what the callee recorded
 * has the spectrum, over time, of what was spoken.
 */
class SpeechPathTest {
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
        double correlation = bestCorrelation(bands(source, 1), bands(heard(codec), FINER));
        double other = bestCorrelation(bands(reversed(source), 1), bands(source, FINER));
        System.out.printf("%s: spectral correlation %.3f (backwards: %.3f)%n", codec, correlation, other);
        assertThat(correlation).isGreaterThan(WANTED);
        assertThat(other).as("the measure tells one sound from another").isLessThan(0.7);
    }

    /** Over real sockets, in a time that is moved by hand: a busy machine delays nothing. */
    private Spoken heard(Codec codec) {
        EventLog callerEvents = new EventLog();
        EventLog calleeEvents = new EventLog();
        try (SteppedLeg stepped = new SteppedLeg(recordings)) {
            LegSession caller = stepped.open(callerEvents, codec);
            LegSession callee = stepped.open(calleeEvents, codec);
            Negotiation.Agreed answer = (Negotiation.Agreed) callee.answerOffer(caller.createOffer());
            caller.acceptAnswer(answer.localSdp());
            stepped.turnUntil(
                    () -> !calleeEvents.of(MediaEvent.MediaConnected.class).isEmpty());
            Prompt speech = stepped.prompts.find(new Sentence(source)).orElseThrow();
            speech.prepare(codec);
            stepped.turnUntil(() -> speech.isPrepared(codec));
            callee.record(RecordSpec.dual("heard-" + codec));
            caller.play(Playback.once("speech", new Sentence(source)));
            stepped.turnUntil(
                    () -> !callerEvents.of(MediaEvent.PlaybackFinished.class).isEmpty());
            stepped.step(500); // until the last word has left the callee's jitter buffer
            callee.close();
            stepped.turnUntil(
                    () -> !calleeEvents.of(MediaEvent.RecordingCompleted.class).isEmpty());
            WavSamples wav = WavSamples.read(calleeEvents
                    .await(MediaEvent.RecordingCompleted.class)
                    .file()
                    .path());
            return new Spoken(wav.channel(0), wav.sampleRate());
        }
    }

    private record Sentence(Spoken spoken) implements AudioSource {
        @Override
        public void writeTo(AudioSink sink) throws InterruptedException {
            sink.start(spoken.rate());
            sink.write(spoken.samples(), 0, spoken.samples().length);
        }

        @Override
        public Optional<String> cacheKey() {
            return Optional.of("sentence");
        }
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
