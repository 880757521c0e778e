package io.trunkline.media.amd;

/** What tells a beep from a vowel or a note: the tone itself, what stood before it and what follows. */
final class BeepFeatures {
    static final int COUNT = 20;
    private static final float CAP = 300;

    private final float[] values = new float[COUNT];
    private final Spread levelAfter = new Spread();
    private final Spread voiceAfter = new Spread();
    private final Spread tonalAfter = new Spread();
    private float level;

    float[] values() {
        return values;
    }

    /** The tone has just ended. */
    void begin(ToneRun run, Listening heard) {
        Ear ear = heard.ear();
        Turns turns = heard.turns();
        level = run.level();
        levelAfter.clear();
        voiceAfter.clear();
        tonalAfter.clear();
        int at = 0;
        values[at++] = run.lengthMs();
        values[at++] = run.hertz();
        values[at++] = run.hertzSpread();
        values[at++] = run.purity();
        values[at++] = run.density();
        values[at++] = run.level() - run.before();
        values[at++] = run.levelSpread();
        values[at++] = run.loudest() - run.level();
        values[at++] = run.level() - ear.peak();
        values[at++] = run.level() - ear.floor();
        values[at++] = run.secondHertz() > 0 ? run.secondHertz() / run.hertz() : 0;
        values[at++] = turns.started() ? Math.min(CAP, Math.max(0, run.startFrame() - turns.end())) : CAP;
        values[at++] = Math.min(2 * CAP, turns.speech());
        values[at++] = run.purestShare();
        values[at++] = run.before() - ear.floor();
        values[at] = run.attack();
    }

    /** One frame after it. */
    void after(Listening heard) {
        levelAfter.add(Math.max(heard.ear().level(), heard.ear().floor()));
        voiceAfter.add(heard.voice());
        tonalAfter.add(heard.ear().tonality().single());
    }

    void finish(Listening heard) {
        values[COUNT - 4] = level - levelAfter.mean();
        values[COUNT - 3] = voiceAfter.mean();
        values[COUNT - 2] = tonalAfter.mean();
        values[COUNT - 1] = levelAfter.deviation();
    }
}
