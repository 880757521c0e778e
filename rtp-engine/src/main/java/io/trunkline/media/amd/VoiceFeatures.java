package io.trunkline.media.amd;

/** What one frame shows of whether somebody speaks; nothing in it depends on the line's absolute level. */
final class VoiceFeatures {
    static final int COUNT = 23;
    /** The features speak of the frame's middle, 16 ms before its end, and look 20 ms further than what they judge. */
    static final int DELAY_MS = 36;

    private static final int GROUPS = 6;
    private static final int[] GROUP_EDGES = {0, 3, 6, 9, 12, 14, 16};

    private final Recent[] groups = new Recent[GROUPS];
    private final Recent pitch8 = new Recent(8);
    private final Recent pitch20 = new Recent(20);
    private final Recent flux8 = new Recent(8);
    private final Recent above10 = new Recent(10);
    private final Recent above40 = new Recent(40);
    private final Recent level10 = new Recent(10);
    private final Recent level20 = new Recent(20);
    private final Recent level50 = new Recent(50);
    private final float[] values = new float[COUNT];

    VoiceFeatures() {
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = new Recent(3);
        }
    }

    float[] values() {
        return values;
    }

    void update(Ear ear) {
        remember(ear);
        float above = ear.level() - ear.floor();
        int at = bands(ear);
        values[at++] = above;
        values[at++] = ear.peak() - ear.level();
        values[at++] = ear.pitch().strength();
        values[at++] = pitch8.mean();
        values[at++] = pitch20.max();
        values[at++] = ear.tonality().single();
        values[at++] = flux8.mean();
        values[at++] = above10.mean();
        values[at++] = above10.max();
        values[at++] = above40.mean();
        values[at++] = level50.deviation();
        values[at++] = ear.peak() - ear.floor();
        values[at++] = ear.level() - level20.mean();
        values[at++] = ear.peak() - level10.max();
        values[at] = ear.empty() ? 1 : 0;
    }

    private void remember(Ear ear) {
        pitch8.add(ear.pitch().strength());
        pitch20.add(ear.pitch().strength());
        flux8.add(ear.flux());
        above10.add(ear.level() - ear.floor());
        above40.add(ear.level() - ear.floor());
        level10.add(ear.level());
        level20.add(ear.level());
        level50.add(Math.max(ear.level(), ear.floor()));
    }

    private int bands(Ear ear) {
        float top = 0;
        float all = 0;
        for (int group = 0; group < GROUPS; group++) {
            float sum = 0;
            for (int band = GROUP_EDGES[group]; band < GROUP_EDGES[group + 1]; band++) {
                float above = Math.max(0, ear.band(band) - ear.bandFloor(band));
                sum += above;
                all += above;
                top = Math.max(top, above);
            }
            groups[group].add(sum / (GROUP_EDGES[group + 1] - GROUP_EDGES[group]));
            values[group] = groups[group].mean();
        }
        values[GROUPS] = all / MelBands.COUNT;
        values[GROUPS + 1] = top - all / MelBands.COUNT;
        return GROUPS + 2;
    }
}
