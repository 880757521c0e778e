package io.trunkline.media.engine;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.amd.Model;
import io.trunkline.media.amd.SpeechActivity;
import io.trunkline.media.graph.FrameListener;
import io.trunkline.media.graph.ToRate;
import java.util.function.Consumer;

/** Says when the peer starts and stops speaking. */
final class SpeechWatch implements FrameListener, SpeechActivity.Listener {
    private static final int RATE = 8000;

    private final ToRate rate = new ToRate(RATE);
    private final SpeechActivity activity;
    private Consumer<MediaEvent> events = event -> {};

    SpeechWatch(Model model) {
        this.activity = new SpeechActivity(model, this);
    }

    void reportTo(Consumer<MediaEvent> listener) {
        events = listener;
    }

    @Override
    public void onFrame(short[] samples, int length, int sampleRate, long nowNanos) {
        int count = rate.convert(samples, length, sampleRate);
        activity.feed(rate.frame(samples), 0, count);
    }

    @Override
    public void onSpeechStarted(long ms) {
        events.accept(new MediaEvent.SpeechStarted(ms));
    }

    @Override
    public void onSpeechStopped(long ms) {
        events.accept(new MediaEvent.SpeechStopped(ms));
    }
}
