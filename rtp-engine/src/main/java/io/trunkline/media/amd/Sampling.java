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

    /**
     * In one pass, the features of person or machine every {@code everyMs} from the start of speech on, as they were at
     * the time, and those of every tone that might be a beep, with its onset.
     */
    public static void judged(short[] samples, Forest voice, int everyMs, Rows answers, Rows tones) {
        Listening listening = new Listening(voice);
        Evidence evidence = new Evidence();
        LineSignals signals = new LineSignals();
        BeepJudge judge = new BeepJudge(DEAF);
        run(samples, listening, ms -> {
            if (ms % everyMs == 0 && listening.turns().started()) {
                evidence.gather(listening);
                answers.row(evidence.values(), ms);
            }
            signals.update(listening.ear(), listening.tones(), listening.turns());
            judge.update(ms, listening, signals);
            if (judge.settled()) {
                tones.row(judge.features(), (int) judge.onsetMs());
            }
        });
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
