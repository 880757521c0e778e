package io.trunkline.media.amd;

/**
 * Says when somebody starts and stops speaking, in noise as well. Costs a few microseconds a frame; start is known about
 * 80 ms, stop 200 ms after it happened.
 */
public final class SpeechActivity {
    /** Told on the thread that feeds. Milliseconds count from the first sample fed and name the moment itself. */
    public interface Listener {
        void onSpeechStarted(long ms);

        void onSpeechStopped(long ms);
    }

    private static final float ON = 0.6f;
    private static final float OFF = 0.4f;
    private static final int START_FRAMES = 5;
    private static final int STOP_FRAMES = 20;

    private final Framer framer = new Framer();
    private final Ear ear = new Ear();
    private final VoiceFeatures features = new VoiceFeatures();
    private final Forest model;
    private final Listener listener;
    private boolean speaking;
    private int run;

    public SpeechActivity(Model model, Listener listener) {
        this.model = model.voice();
        this.listener = listener;
    }

    public boolean speaking() {
        return speaking;
    }

    public void feed(short[] pcm, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at += framer.take(pcm, at, end - at);
            if (framer.complete()) {
                hop(framer.milliseconds());
            }
        }
    }

    private void hop(long ms) {
        ear.hear(framer.window());
        features.update(ear);
        float voice = ear.empty() ? 0 : model.probability(features.values());
        boolean against = speaking ? voice < OFF : voice > ON;
        run = against ? run + 1 : Math.max(0, run - (speaking ? run : 2));
        if (run >= (speaking ? STOP_FRAMES : START_FRAMES)) {
            turn(ms - (long) run * Framer.HOP_MS - VoiceFeatures.DELAY_MS);
        }
    }

    private void turn(long ms) {
        run = 0;
        speaking = !speaking;
        if (speaking) {
            listener.onSpeechStarted(Math.max(0, ms));
        } else {
            listener.onSpeechStopped(Math.max(0, ms));
        }
    }
}
