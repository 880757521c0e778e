package io.trunkline.media.amd;

/** How the speech sounds, leaving out whose it is: melody, rhythm and loudness relative to itself. */
final class Prosody {
    private static final float VOICED = 0.5f;
    private static final float SYLLABLE_DIP_DB = 3;

    private final Spread level = new Spread();
    private final Spread pitch = new Spread();
    private final Spread strength = new Spread();
    private final Spread flux = new Spread();
    private final Spread tilt = new Spread();
    private final Recent endPitch = new Recent(10);
    private final Recent earlierPitch = new Recent(40);
    private final Recent endLevel = new Recent(15);
    private final Recent smooth = new Recent(4);
    private int syllables;
    private boolean rising = true;
    private float extreme = MelBands.SILENT_DB;
    private float lastStep;
    private float lastPitch;
    private final Spread steps = new Spread();

    /** One frame that holds speech. */
    void update(Ear ear) {
        level.add(ear.level());
        endLevel.add(ear.level());
        flux.add(ear.flux());
        tilt.add(tilt(ear));
        strength.add(ear.pitch().strength());
        syllable(ear.level());
        if (ear.pitch().strength() > VOICED) {
            voiced(ear.pitch().semitones());
        }
    }

    private void voiced(float semitones) {
        pitch.add(semitones);
        endPitch.add(semitones);
        earlierPitch.add(semitones);
        lastStep = Math.abs(semitones - lastPitch);
        if (lastStep < 4) {
            steps.add(lastStep);
        }
        lastPitch = semitones;
    }

    private void syllable(float decibels) {
        smooth.add(decibels);
        float now = smooth.mean();
        if (rising) {
            extreme = Math.max(extreme, now);
            if (now < extreme - SYLLABLE_DIP_DB) {
                syllables++;
                rising = false;
                extreme = now;
            }
        } else {
            extreme = Math.min(extreme, now);
            if (now > extreme + SYLLABLE_DIP_DB) {
                rising = true;
                extreme = now;
            }
        }
    }

    private static float tilt(Ear ear) {
        float low = 0;
        float high = 0;
        for (int band = 0; band < MelBands.COUNT / 2; band++) {
            low += ear.band(band);
            high += ear.band(band + MelBands.COUNT / 2);
        }
        return (low - high) * 2 / MelBands.COUNT;
    }

    /** Writes its features from {@code at} on and returns the next free place. */
    int write(float[] values, int at) {
        int next = at;
        values[next++] = level.deviation();
        values[next++] = endLevel.mean() - level.mean();
        values[next++] = pitch.deviation();
        values[next++] = endPitch.mean() - pitch.mean();
        values[next++] = endPitch.mean() - earlierPitch.mean();
        values[next++] = endPitch.max() - endPitch.min();
        values[next++] = (float) pitch.count() / Math.max(1, level.count());
        values[next++] = strength.mean();
        values[next++] = steps.mean();
        values[next++] = flux.mean();
        values[next++] = tilt.deviation();
        values[next++] = syllables;
        values[next++] = (float) level.count() / Math.max(1, syllables);
        return next;
    }

    static int count() {
        return 13;
    }

    float meanLevel() {
        return level.mean();
    }
}
