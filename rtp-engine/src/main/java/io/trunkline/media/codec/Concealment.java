package io.trunkline.media.codec;

import java.util.Arrays;

/**
 * Waveform substitution in the manner of ITU-T G.711 appendix I, for any rate: a gap continues the last pitch periods,
 * more of them the longer it lasts, fading out after 10 ms and silent after 60 ms. It adds no delay: where the appendix
 * holds output back to blend the seam, this bends the first quarter period from the sample already played.
 */
public final class Concealment {
    private static final int MOST_PERIODS = 3;

    private final int tenMs;
    private final PitchFinder pitchFinder;
    private final short[] history;
    /** The history as it stood when the gap began. */
    private final short[] frozen;

    private int pitch;
    private int periods;
    private int position;
    private float seam;
    /** Samples made up since the last real one; 0 while packets arrive. */
    private int missing;

    public Concealment(int sampleRate) {
        tenMs = sampleRate / 100;
        pitchFinder = new PitchFinder(sampleRate);
        int longest = pitchFinder.longest();
        history = new short[longest * MOST_PERIODS + longest / 4 + 1];
        frozen = new short[history.length];
    }

    /** Real samples: remembered, and after a gap their start is blended with what filled it. */
    public void heard(short[] samples, int length) {
        if (missing > 0) {
            blend(samples, Math.min(length, blendLength()));
            missing = 0;
        }
        remember(samples, length);
    }

    /** Makes up {@code length} samples into {@code out}. */
    public void fill(short[] out, int length) {
        if (missing >= 6 * tenMs) {
            Arrays.fill(out, 0, length, (short) 0);
        } else {
            for (int i = 0; i < length; i++) {
                out[i] = clip(next());
            }
        }
        remember(out, length);
    }

    private float next() {
        if (missing == 0) {
            begin();
        }
        float sample = gain() * (looped() + seam());
        missing++;
        position++;
        if (position == frozen.length) {
            periods = Math.min(MOST_PERIODS, 1 + missing / tenMs);
            position -= periods * pitch;
        }
        return sample;
    }

    private void begin() {
        System.arraycopy(history, 0, frozen, 0, history.length);
        pitch = pitchFinder.find(frozen);
        periods = 1;
        position = frozen.length - pitch;
        seam = frozen[frozen.length - 1] - frozen[position - 1];
    }

    /** The loop, its last quarter period fading into what precedes its start, so that the wrap is smooth. */
    private float looped() {
        int quarter = pitch / 4;
        int left = frozen.length - position;
        float sample = frozen[position];
        if (left > quarter) {
            return sample;
        }
        float fade = (float) left / (quarter + 1);
        return fade * sample + (1 - fade) * frozen[position - periods * pitch];
    }

    private float seam() {
        int quarter = pitch / 4;
        return missing >= quarter ? 0 : seam * (1 - (missing + 1f) / (quarter + 1));
    }

    private float gain() {
        int faded = missing - tenMs;
        return faded <= 0 ? 1 : Math.max(0, 1 - faded / (5f * tenMs));
    }

    /** A quarter period, and 4 ms more for each 10 ms of gap, to at most 10 ms. */
    private int blendLength() {
        return Math.min(tenMs, pitch / 4 + 4 * missing / 10);
    }

    private void blend(short[] samples, int length) {
        for (int i = 0; i < length; i++) {
            float in = (i + 1f) / (length + 1);
            samples[i] = clip(in * samples[i] + (1 - in) * next());
        }
    }

    private void remember(short[] samples, int length) {
        int taken = Math.min(length, history.length);
        System.arraycopy(history, taken, history, 0, history.length - taken);
        System.arraycopy(samples, length - taken, history, history.length - taken, taken);
    }

    private static short clip(float sample) {
        return (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
