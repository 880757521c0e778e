package io.trunkline.media.engine;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdVerdict;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.amd.AmdListener;
import io.trunkline.media.amd.Detector;
import io.trunkline.media.amd.Hypothesis;
import io.trunkline.media.amd.Model;
import io.trunkline.media.graph.FrameListener;
import io.trunkline.media.graph.ToRate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Person or machine: feeds the detector from its start until it has nothing more to say. */
final class Detection implements FrameListener, AmdListener {
    private static final int RATE = 8000;

    private final ToRate rate = new ToRate(RATE);
    private final Detector detector;
    private Consumer<MediaEvent> events = event -> {};

    Detection(Model model, AmdSpec spec) {
        this.detector = new Detector(model, spec, this);
    }

    void reportTo(Consumer<MediaEvent> listener) {
        events = listener;
    }

    @Override
    public void onFrame(short[] samples, int length, int sampleRate, long nowNanos) {
        int count = rate.convert(samples, length, sampleRate);
        detector.feed(rate.frame(samples), 0, count);
    }

    boolean isDone() {
        return detector.done();
    }

    @Override
    public void onHypothesis(Hypothesis estimate, long ms) {
        Map<String, Double> probabilities = new TreeMap<>();
        for (AmdVerdict verdict : AmdVerdict.values()) {
            probabilities.put(verdict.name().toLowerCase(Locale.ROOT), estimate.probability(verdict));
        }
        events.accept(new MediaEvent.AmdHypothesis(probabilities, ms));
    }

    @Override
    public void onVerdict(AmdVerdict verdict, double confidence, String reason, long ms) {
        events.accept(new MediaEvent.AmdResult(verdict, confidence, reason, ms));
    }

    @Override
    public void onOverturned(AmdVerdict verdict, double confidence, String reason, long ms) {
        events.accept(new MediaEvent.AmdResult(verdict, confidence, reason, ms));
    }

    @Override
    public void onGreetingEnded(long ms) {
        events.accept(new MediaEvent.AmdGreetingEnded(ms));
    }

    @Override
    public void onBeep(long onsetMs, int frequencyHz, int lengthMs, long ms) {
        events.accept(new MediaEvent.AmdBeep(onsetMs, frequencyHz, lengthMs));
    }
}
