package io.trunkline.media.amd;

/**
 * What is heard when nobody speaks. A recording brings its own noise, which starts and ends with it; a person's room is
 * there all the time.
 */
final class Surroundings {
    private static final int EDGE = 6;
    private static final float LOUD_DB = 9;
    private static final float TONAL = 0.6f;

    private final Spread before = new Spread();
    private final Spread within = new Spread();
    private final Spread after = new Spread();
    private final Recent latest = new Recent(30);
    private int emptyBefore;
    private int emptyAfter;
    private int emptyWithin;
    private int loud;
    private int tonal;
    private int frames;
    private float startFloor;
    private boolean spoken;

    void update(Ear ear, Turns turns) {
        frames++;
        tonal += ear.tonality().single() > TONAL && !ear.empty() ? 1 : 0;
        latest.add(ear.level());
        if (!turns.started()) {
            before.add(ear.level());
            emptyBefore += ear.empty() ? 1 : 0;
            return;
        }
        if (!spoken) {
            spoken = true;
            startFloor = ear.floor();
        }
        if (turns.silence() == 0) {
            keepPause();
        } else if (turns.silence() > EDGE) {
            after.add(ear.level());
            emptyAfter += ear.empty() ? 1 : 0;
            loud += ear.level() > ear.floor() + LOUD_DB ? 1 : 0;
        }
    }

    /** Speech goes on: what was taken for its end was a pause. */
    private void keepPause() {
        if (after.count() > 0) {
            within.add(after.mean());
            emptyWithin += emptyAfter;
            after.clear();
            emptyAfter = 0;
            loud = 0;
        }
    }

    int write(float[] values, int at, Ear ear, float speechLevel) {
        float now = after.count() > 0 ? after.mean() : ear.floor();
        int next = at;
        values[next++] = speechLevel - ear.floor();
        values[next++] = before.count() > 0 ? now - before.mean() : 0;
        values[next++] = before.deviation();
        values[next++] = within.count() > 0 ? within.mean() - now : 0;
        values[next++] = within.count() > 0 && before.count() > 0 ? within.mean() - before.mean() : 0;
        values[next++] = share(emptyBefore, before.count());
        values[next++] = share(emptyAfter, after.count());
        values[next++] = Math.min(emptyWithin, 100);
        values[next++] = share(loud, after.count());
        values[next++] = after.deviation();
        values[next++] = share(tonal, frames);
        values[next++] = ear.floor() - startFloor;
        values[next++] = latest.max() - latest.min();
        return next;
    }

    static int count() {
        return 13;
    }

    private static float share(int part, int whole) {
        return whole == 0 ? -1 : (float) part / whole;
    }
}
