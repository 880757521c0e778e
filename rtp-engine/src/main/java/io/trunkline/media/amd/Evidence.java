package io.trunkline.media.amd;

/** The features of person or machine at one moment: timing by two detectors of speech, prosody, surroundings. */
final class Evidence {
    private static final int TIMING = 17;
    private static final int TIMING_LOUD = 8;
    private static final int VOICE = 4;
    static final int COUNT = TIMING + TIMING_LOUD + VOICE + Prosody.count() + Surroundings.count();

    private static final float CAP = 600;

    private final float[] values = new float[COUNT];

    float[] values() {
        return values;
    }

    void gather(Listening heard) {
        int at = timing(heard.turns(), 0);
        at = loudTiming(heard.loudTurns(), at);
        values[at++] = heard.voice();
        values[at++] = heard.recentVoice(0);
        values[at++] = heard.recentVoice(1);
        values[at++] = heard.speechVoice();
        at = heard.prosody().write(values, at);
        heard.surroundings().write(values, at, heard.ear(), heard.prosody().meanLevel());
    }

    private int timing(Turns turns, int at) {
        int next = loudTiming(turns, at);
        values[next++] = turns.spurtCount();
        values[next++] = turns.phraseCount();
        values[next++] = turns.turnCount();
        values[next++] = turns.firstSpurt();
        values[next++] = turns.firstPause();
        values[next++] = turns.lastPause();
        values[next++] = turns.allPauses();
        values[next++] = (float) turns.speech() / Math.max(1, turns.span());
        values[next++] = turns.speech() / Math.max(1f, turns.spurtCount());
        return next;
    }

    private int loudTiming(Turns turns, int at) {
        int next = at;
        values[next++] = Math.min(CAP, turns.started() ? turns.start() : CAP);
        values[next++] = Math.min(CAP, turns.sinceStart());
        values[next++] = Math.min(CAP, turns.silence());
        values[next++] = Math.min(CAP, turns.span());
        values[next++] = turns.speech();
        values[next++] = turns.lastSpurt();
        values[next++] = turns.longestSpurt();
        values[next++] = turns.longestPause();
        return next;
    }
}
