package io.trunkline.media.amd;

/** Everything that is measured of one hop of 10 ms; the first stage of the chain, shared by all that follow. */
final class Ear {
    private static final float EMPTY_DB = -78;
    private static final float TONE = 0.95f;

    private final Spectrum spectrum = new Spectrum();
    private final MelBands bands = new MelBands();
    private final NoiseFloor bandFloor = new NoiseFloor(MelBands.COUNT);
    private final NoiseFloor levelFloor = new NoiseFloor(1);
    private final Pitch pitch = new Pitch();
    private final Tonality tonality = new Tonality();
    private final float[] previous = new float[MelBands.COUNT];
    private final float[] level = new float[1];
    private float flux;
    private float peak = MelBands.SILENT_DB;
    private int frame = -1;

    void hear(float[] window) {
        frame++;
        spectrum.analyse(window);
        bands.measure(spectrum.power());
        level[0] = bands.level();
        tonality.measure(spectrum.power());
        // a pure tone is neither the line's noise nor the speaker's loudness
        boolean tone = tonality.wide() > TONE;
        bandFloor.update(bands.decibels(), empty() || tone);
        levelFloor.update(level, empty() || tone);
        peak = Math.max(tone ? MelBands.SILENT_DB : level[0], peak - 0.02f);
        pitch.measure(spectrum.power());
        flux = measureFlux();
    }

    /** Counts hops from 0. */
    int frame() {
        return frame;
    }

    float[] power() {
        return spectrum.power();
    }

    float level() {
        return level[0];
    }

    float floor() {
        return levelFloor.at(0);
    }

    /** The loudest so far, forgotten at 2 dB a second. */
    float peak() {
        return peak;
    }

    float band(int index) {
        return bands.decibels()[index];
    }

    float bandFloor(int index) {
        return bandFloor.at(index);
    }

    /** No signal at all: silence suppressed, packets lost, or a line that carries digital zero. */
    boolean empty() {
        return level[0] < EMPTY_DB;
    }

    /** The share of power where V.21's upper channel lies. */
    float modemShare() {
        return tonality.modemShare();
    }

    float flux() {
        return flux;
    }

    Pitch pitch() {
        return pitch;
    }

    Tonality tonality() {
        return tonality;
    }

    private float measureFlux() {
        float sum = 0;
        for (int band = 0; band < MelBands.COUNT; band++) {
            float now = Math.max(bands.decibels()[band], bandFloor.at(band) + 3);
            sum += Math.abs(now - previous[band]);
            previous[band] = now;
        }
        return sum / MelBands.COUNT;
    }
}
