package io.trunkline.media.amd.synth;

import java.io.IOException;

/** A text in one fixed voice, for tests. */
public final class SpokenWords {
    private SpokenWords() {}

    public static short[] of(SpeechPrograms programs, String text) throws IOException {
        Speaker speaker = new Speaker(Speaker.Program.FLITE, "slt", "en", "flite/slt", 1, 1);
        float[] sound = programs.say(speaker, text);
        double gain = 0.1 / Signal.activeLevel(sound);
        short[] samples = new short[sound.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(32767 * Math.clamp(sound[i] * gain, -1, 1));
        }
        return samples;
    }
}
