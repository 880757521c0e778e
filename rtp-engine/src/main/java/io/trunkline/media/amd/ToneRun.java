package io.trunkline.media.amd;

/** One stretch of a pure tone, or of two. Reused: copy what must outlive the next run. */
final class ToneRun {
    private int startFrame;
    private int lastFrame;
    private int frames;
    private double hertz;
    private double secondHertz;
    private int secondFrames;
    private final Spread spread = new Spread();
    private final Spread purity = new Spread();
    private final Spread level = new Spread();
    private float loudest;
    private float before;
    private int pureFrames;
    private float attack;

    void begin(int frame, float levelBefore) {
        startFrame = frame;
        lastFrame = frame;
        frames = 0;
        hertz = 0;
        secondHertz = 0;
        secondFrames = 0;
        spread.clear();
        purity.clear();
        level.clear();
        loudest = MelBands.SILENT_DB;
        before = levelBefore;
        pureFrames = 0;
        attack = 0;
    }

    /** @param heard the lobe that belongs to this run; the other one counts if the tone is double */
    void add(int frame, float heard, float other, Tonality tonality, float decibels) {
        lastFrame = frame;
        frames++;
        hertz += (heard - hertz) / frames;
        if (tonality.dual() > tonality.single() + 0.1f) {
            secondFrames++;
            secondHertz += (other - secondHertz) / secondFrames;
        }
        spread.add(heard);
        purity.add(Math.max(tonality.single(), tonality.dual()));
        level.add(decibels);
        pureFrames += tonality.wide() > 0.95f ? 1 : 0;
        if (frames == 4) {
            attack = decibels - before;
        }
        loudest = Math.max(loudest, decibels);
    }

    /** Where the tone began: a window counts as tone once most of it is. */
    int onsetMs() {
        return Math.max(0, (startFrame + 1) * Framer.HOP_MS - 18);
    }

    int endMs() {
        return (lastFrame + 1) * Framer.HOP_MS - 14;
    }

    int lengthMs() {
        return Math.max(Framer.HOP_MS, endMs() - onsetMs());
    }

    int lastFrame() {
        return lastFrame;
    }

    int startFrame() {
        return startFrame;
    }

    float hertz() {
        return (float) hertz;
    }

    /** The second tone's frequency, or 0 if there is only one. */
    float secondHertz() {
        return secondFrames * 2 > frames ? (float) secondHertz : 0;
    }

    /** The lower of its tones, whichever was louder. */
    float lowHertz() {
        float second = secondHertz();
        return second > 0 ? Math.min(second, hertz()) : hertz();
    }

    /** The higher of its tones, 0 if there is only one. */
    float highHertz() {
        float second = secondHertz();
        return second > 0 ? Math.max(second, hertz()) : 0;
    }

    float hertzSpread() {
        return spread.deviation();
    }

    float purity() {
        return purity.mean();
    }

    float level() {
        return level.mean();
    }

    float levelSpread() {
        return level.deviation();
    }

    float loudest() {
        return loudest;
    }

    /** The share of its frames in which there is next to nothing else. */
    float purestShare() {
        return (float) pureFrames / frames;
    }

    /** How far above what stood before it is after 40 ms. */
    float attack() {
        return attack;
    }

    /** The level just before. */
    float before() {
        return before;
    }

    /** The share of its frames that are tone; the rest was bridged. */
    float density() {
        return (float) frames / (lastFrame - startFrame + 1);
    }
}
