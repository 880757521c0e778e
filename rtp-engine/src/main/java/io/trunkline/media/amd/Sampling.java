package io.trunkline.media.amd;

/** Runs the detector's own chain over a recording and hands its features out: what training learns from. */
public final class Sampling {
    public static final int VOICE_FEATURES = VoiceFeatures.COUNT;
    public static final int ANSWER_FEATURES = Evidence.COUNT;
    public static final int BEEP_FEATURES = BeepFeatures.COUNT;

    /** Takes one row; the array is reused after the call. */
    public interface Rows {
        void row(float[] features, int ms);
    }

    private static final Forest DEAF = new Forest(0, -9, new byte[0][], new float[0][], new float[0][]);

    private Sampling() {}

    /** The features of every frame, with the time that they speak of. */
    public static void voice(short[] samples, Rows rows) {
        Listening listening = new Listening(DEAF);
        run(samples, listening, ms -> rows.row(listening.voiceFeatures().values(), ms - VoiceFeatures.DELAY_MS));
    }

    /** Takes one moment at which a call may have to decide; the array is reused after the call. */
    public interface Moments {
        void moment(float[] features, Moment when);
    }

    /**
     * Where a call stands then.
     *
     * @param free nothing but speech is heard, so that it may be judged
     */
    public record Moment(int ms, int silenceMs, int spanMs, int sinceStartMs, boolean free) {}

    /**
     * In one pass, the features of person or machine every {@code everyMs} from the start of speech on, as they were at
     * the time, and those of every tone that might be a beep, with its onset.
     */
    public static void judged(short[] samples, Forest voice, int everyMs, Moments moments, Rows tones) {
        Listening listening = new Listening(voice);
        Evidence evidence = new Evidence();
        LineSignals signals = new LineSignals();
        BeepJudge judge = new BeepJudge(DEAF);
        run(samples, listening, ms -> {
            signals.update(listening.ear(), listening.tones(), listening.turns());
            judge.update(ms, listening, signals);
            if (judge.settled()) {
                tones.row(judge.features(), (int) judge.onsetMs());
            }
            if (ms % everyMs == 0 && listening.turns().started()) {
                evidence.gather(listening);
                boolean free = !judge.pending() && !listening.toneSounds() && !signals.expectsMore(listening.ear());
                moments.moment(evidence.values(), moment(ms, listening.turns(), free));
            }
        });
    }

    private static Moment moment(int ms, Turns turns, boolean free) {
        return new Moment(
                ms,
                turns.silence() * Framer.HOP_MS,
                turns.span() * Framer.HOP_MS,
                turns.sinceStart() * Framer.HOP_MS,
                free);
    }

    private interface Frames {
        void frame(int ms);
    }

    private static void run(short[] samples, Listening listening, Frames frames) {
        Framer framer = new Framer();
        int at = 0;
        while (at < samples.length) {
            at += framer.take(samples, at, samples.length - at);
            if (framer.complete()) {
                listening.hear(framer.window());
                frames.frame((int) framer.milliseconds());
            }
        }
    }
}
