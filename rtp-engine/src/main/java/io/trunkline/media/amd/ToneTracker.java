package io.trunkline.media.amd;

/** Follows pure tones through time: frames within 14 Hz of each other are one run, gaps up to 40 ms are bridged. */
final class ToneTracker {
    private static final float SINGLE = 0.75f;
    private static final float DUAL = 0.87f;
    private static final float WIDE = 0.85f;
    private static final float SAME_HERTZ = 14;
    private static final int BRIDGE_FRAMES = 4;
    private static final int LEAST_MS = 60;
    private static final float QUIET_BELOW_PEAK_DB = 30;

    private final Recent levels = new Recent(12);
    private ToneRun current = new ToneRun();
    private ToneRun finished = new ToneRun();
    private boolean running;
    private boolean ended;

    /** Takes a frame; a run that this frame ends is then in {@link #finished}. */
    void update(Ear ear) {
        ended = false;
        Tonality tonality = ear.tonality();
        boolean tonal = tonal(ear);
        if (running && tonal && belongs(tonality)) {
            extend(ear);
        } else if (running && (tonal || ear.frame() - current.lastFrame() > BRIDGE_FRAMES)) {
            end();
        }
        if (!running && tonal) {
            current.begin(ear.frame(), levels.mean());
            running = true;
            extend(ear);
        }
        levels.add(ear.level());
    }

    private static boolean tonal(Ear ear) {
        Tonality tonality = ear.tonality();
        boolean pure = tonality.single() > SINGLE || tonality.dual() > DUAL || tonality.wide() > WIDE;
        return pure && !ear.empty() && ear.level() > ear.peak() - QUIET_BELOW_PEAK_DB;
    }

    private boolean belongs(Tonality tonality) {
        return near(tonality.hertz()) || (tonality.dual() > DUAL && near(tonality.secondHertz()));
    }

    private boolean near(float hertz) {
        return Math.abs(hertz - current.hertz()) < SAME_HERTZ;
    }

    private void extend(Ear ear) {
        Tonality tonality = ear.tonality();
        boolean first = current.hertz() == 0 || near(tonality.hertz());
        float heard = first ? tonality.hertz() : tonality.secondHertz();
        float other = first ? tonality.secondHertz() : tonality.hertz();
        current.add(ear.frame(), heard, other, tonality, ear.level());
    }

    private void end() {
        running = false;
        if (current.lengthMs() >= LEAST_MS) {
            ended = true;
            ToneRun swap = finished;
            finished = current;
            current = swap;
        }
    }

    /** Whether this frame ended a run. */
    boolean ended() {
        return ended;
    }

    ToneRun finished() {
        return finished;
    }

    /** How long the tone that sounds now has lasted, 0 if none does. */
    int currentMs() {
        return running ? current.lengthMs() : 0;
    }

    ToneRun current() {
        return current;
    }
}
