package io.trunkline.media.amd.synth;

import java.util.List;
import java.util.Random;

/** Beeps, call progress tones and fax signals. */
final class Tones {
    private static final int PROGRESS_MS = 9000;
    private static final double[][] SIT = {{914, 1371, 1777}, {985, 1429, 1777}};

    private final Random random;

    Tones(Random random) {
        this.random = random;
    }

    /** One of the shapes that voicemail systems use, at a level of about 1. */
    float[] beep(double hertz, int ms) {
        int shape = random.nextInt(5);
        double second = shape == 1 ? hertz * (1.2 + 0.5 * random.nextDouble()) : hertz * 2;
        double amount = shape == 1 ? 0.7 : shape == 2 ? 0.3 : 0;
        float[] out = tone(ms, hertz, 1);
        Signal.add(out, tone(ms, second, amount), 0, 1);
        if (shape == 3) {
            for (int i = 0; i < out.length; i++) {
                out[i] *= (float) Math.exp(-2.0 * i / out.length);
            }
        }
        return out;
    }

    float[] sit() {
        double[] hertz = SIT[random.nextInt(2)];
        float[] out = new float[Signal.samples(1000)];
        int at = 0;
        for (double each : hertz) {
            int ms = random.nextBoolean() ? 274 : 330;
            Signal.add(out, tone(ms, each, 1), at, 1);
            at += Signal.samples(ms + 2);
        }
        return out;
    }

    float[] busy() {
        int half = random.nextBoolean() ? 500 : 375;
        return random.nextBoolean() ? cadence(480, 620, half, half) : cadence(425, 425, half, half);
    }

    float[] reorder() {
        return random.nextBoolean() ? cadence(480, 620, 250, 250) : cadence(425, 425, 250, 250);
    }

    float[] ringback() {
        return random.nextBoolean() ? cadence(440, 480, 2000, 4000) : cadence(425, 425, 1000, 4000);
    }

    float[] steady(double first, double second) {
        float[] out = tone(PROGRESS_MS, first, 1);
        Signal.add(out, tone(PROGRESS_MS, second, second == first ? 0 : 1), 0, 1);
        return out;
    }

    float[] cng() {
        return cadence(1100, 1100, 500, 3000);
    }

    /** The answer tone, with or without a change of phase every 450 ms (ITU-T V.8). */
    float[] ced(boolean reversals) {
        float[] out = tone(3300, 2100, 1);
        int period = Signal.samples(450);
        for (int i = 0; reversals && i < out.length; i++) {
            out[i] *= i / period % 2 == 0 ? 1 : -1;
        }
        return out;
    }

    /** HDLC flags at 300 bit/s on V.21's upper channel: 1650 Hz is a one, 1850 Hz a zero. */
    float[] v21() {
        int[] flag = {0, 1, 1, 1, 1, 1, 1, 0};
        float[] out = new float[Signal.samples(PROGRESS_MS)];
        double phase = 0;
        for (int i = 0; i < out.length; i++) {
            int bit = (int) (i * 300L / Signal.RATE);
            boolean one = i < Signal.samples(1000) ? flag[bit % 8] == 1 : Integer.bitCount(bit * 0x2545F491) % 2 == 1;
            phase += 2 * Math.PI * (one ? 1650 : 1850) / Signal.RATE;
            out[i] = (float) Math.sin(phase);
        }
        return out;
    }

    double beepHertz() {
        List<Double> usual =
                List.of(440.0, 480.0, 620.0, 800.0, 850.0, 950.0, 1000.0, 1100.0, 1330.0, 1400.0, 1500.0, 2000.0);
        return random.nextBoolean() ? usual.get(random.nextInt(usual.size())) : 380 + 1700 * random.nextDouble();
    }

    private float[] cadence(double first, double second, int onMs, int offMs) {
        float[] out = new float[Signal.samples(PROGRESS_MS)];
        for (int at = 0; at < PROGRESS_MS; at += onMs + offMs) {
            Signal.add(out, tone(onMs, first, 1), Signal.samples(at), 1);
            Signal.add(out, tone(onMs, second, second == first ? 0 : 1), Signal.samples(at), 1);
        }
        return out;
    }

    static float[] tone(int ms, double hertz, double amplitude) {
        float[] out = new float[Signal.samples(ms)];
        for (int i = 0; i < out.length; i++) {
            double edge = Math.min(1, Math.min(i, out.length - 1 - i) / 40.0);
            out[i] = (float) (amplitude * edge * Math.sin(2 * Math.PI * hertz * i / Signal.RATE));
        }
        return out;
    }
}
