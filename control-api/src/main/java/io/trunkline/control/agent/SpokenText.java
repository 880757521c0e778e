package io.trunkline.control.agent;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.vertx.core.Context;
import java.io.IOException;
import java.util.Arrays;

/** Brings a text's sound to an agent's context, as it is made on a virtual thread of its own. */
final class SpokenText implements AudioSink {
    /** Of the sound, on the agent's context. */
    interface Listener {
        void onSound(short[] samples, int sampleRate);

        void onSpoken();

        void onUnspeakable(String why);
    }

    private final Context home;
    private final Listener listener;
    private int sampleRate;

    private SpokenText(Context home, Listener listener) {
        this.home = home;
        this.listener = listener;
    }

    static void speak(AudioSource source, Context home, Listener listener) {
        SpokenText text = new SpokenText(home, listener);
        Thread.ofVirtual().name("agent-speech").start(() -> text.run(source));
    }

    private void run(AudioSource source) {
        try {
            source.writeTo(this);
            home.runOnContext(_ -> listener.onSpoken());
        } catch (IOException | RuntimeException wrong) {
            home.runOnContext(_ -> listener.onUnspeakable(String.valueOf(wrong.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start(int rate) {
        sampleRate = rate;
    }

    /** The text is bounded, and so is what may wait. */
    @Override
    public void write(short[] samples, int offset, int length) {
        short[] sound = Arrays.copyOfRange(samples, offset, offset + length);
        home.runOnContext(_ -> listener.onSound(sound, sampleRate));
    }
}
