package io.trunkline.media.amd.synth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A call being put together: samples so far, and the truth about them. */
final class Scene {
    /** The truth about one beep. */
    record Beep(int onsetMs, double hertz, int lengthMs) {}

    private static final int MOST_MS = 40_000;

    private final float[] samples = new float[Signal.samples(MOST_MS)];
    private final List<int[]> turns = new ArrayList<>();
    private final List<Beep> beeps = new ArrayList<>();
    private int end;
    private int greetingEndMs = -1;

    void silence(int ms) {
        end = Math.min(samples.length, end + Signal.samples(ms));
    }

    /** Speech of one turn; its pauses belong to it. */
    void turn(List<float[]> phrases, int[] pausesMs, double gain) {
        int from = Signal.milliseconds(end);
        for (int i = 0; i < phrases.size(); i++) {
            put(phrases.get(i), gain);
            if (i < phrases.size() - 1) {
                silence(pausesMs[i]);
            }
        }
        turns.add(new int[] {from, Signal.milliseconds(end)});
    }

    void greetingEnds() {
        greetingEndMs = Signal.milliseconds(end);
    }

    void beep(float[] sound, double hertz, double gain) {
        beeps.add(new Beep(Signal.milliseconds(end), hertz, Signal.milliseconds(sound.length)));
        put(sound, gain);
    }

    /** A signal that counts as the far side's only turn. */
    void signal(float[] sound, double gain) {
        int from = Signal.milliseconds(end);
        put(sound, gain);
        turns.add(new int[] {from, Signal.milliseconds(end)});
    }

    void put(float[] sound, double gain) {
        Signal.add(samples, sound, end, gain);
        end = Math.min(samples.length, end + sound.length);
    }

    /** Lays a sound under the call without moving on. */
    void under(float[] sound, int fromMs, double gain) {
        Signal.add(samples, sound, Signal.samples(fromMs), gain);
    }

    int lengthMs() {
        return Signal.milliseconds(end);
    }

    float[] samples() {
        return Arrays.copyOf(samples, end);
    }

    List<int[]> turns() {
        return turns;
    }

    List<Beep> beeps() {
        return beeps;
    }

    int greetingEndMs() {
        return greetingEndMs;
    }
}
