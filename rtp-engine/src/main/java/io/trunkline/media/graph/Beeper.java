package io.trunkline.media.graph;

import java.time.Duration;

/**
 * The tone that tells both ends of a leg of a recording: 1400 Hz for 200 ms, as 47 CFR 64.501 had it, laid over whatever
 * they hear. It ends each period, so that a call does not begin with it.
 *
 * <p>Belongs to one media loop.
 */
public final class Beeper {
    private static final int HERTZ = 1400;
    private static final int MILLIS = 200;
    private static final int RAMP_MILLIS = 5;
    /** −20 dBFS: heard beside speech, and no louder than it. */
    private static final double AMPLITUDE = 3277;

    private final long everyMillis;
    private short[] tone = new short[0];
    private int rate;
    private long period = 1;
    private long position;
    private int turnSamples;

    public Beeper(Duration every) {
        everyMillis = Math.max(every.toMillis(), 2 * MILLIS);
    }

    /** Begins a turn. */
    void turn(int samples, int sampleRate) {
        if (sampleRate != rate) {
            retune(sampleRate);
        }
        position = (position + turnSamples) % period;
        turnSamples = samples;
    }

    /** A negotiation changed the leg's rate: the period goes on where it was. */
    private void retune(int sampleRate) {
        position = rate == 0 ? 0 : position * sampleRate / rate;
        turnSamples = rate == 0 ? 0 : turnSamples * sampleRate / rate;
        rate = sampleRate;
        period = everyMillis * sampleRate / 1000;
        tone = tone(sampleRate);
    }

    private static short[] tone(int sampleRate) {
        short[] tone = new short[MILLIS * sampleRate / 1000];
        double ramp = RAMP_MILLIS * sampleRate / 1000.0;
        for (int i = 0; i < tone.length; i++) {
            double edge = Math.min(1, Math.min(i, tone.length - 1 - i) / ramp);
            tone[i] = (short) Math.round(AMPLITUDE * edge * Math.sin(2 * Math.PI * HERTZ * i / sampleRate));
        }
        return tone;
    }

    /** Lays this turn's part of the tone over a frame; false when there is none. */
    boolean mix(short[] frame, int samples) {
        long begin = period - tone.length;
        boolean sounds = false;
        for (int i = 0; i < samples; i++) {
            long into = (position + i) % period - begin;
            if (into >= 0) {
                sounds = true;
                frame[i] = (short) Math.clamp(frame[i] + tone[(int) into], Short.MIN_VALUE, Short.MAX_VALUE);
            }
        }
        return sounds;
    }
}
