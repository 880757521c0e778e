package io.trunkline.media.engine;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.graph.LegGraph;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who listens to a leg besides its recordings: taps, the answering-machine detector, the speech detector. */
final class Listeners {
    private final LegGraph graph;
    private final Consumer<MediaEvent> events;
    private final Map<String, Tap> taps = new HashMap<>();
    private @Nullable Detection detection;
    private @Nullable SpeechWatch speech;

    Listeners(LegGraph graph, Consumer<MediaEvent> events) {
        this.graph = graph;
        this.events = events;
    }

    void addTap(String tapId, Tap tap) {
        removeTap(tapId);
        taps.put(tapId, tap);
        tap.attach(graph);
    }

    void removeTap(String tapId) {
        Tap tap = taps.remove(tapId);
        if (tap != null) {
            tap.detach(graph);
        }
    }

    void detect(Detection fresh) {
        stopDetecting();
        fresh.reportTo(events);
        detection = fresh;
        graph.heard().add(fresh);
    }

    void stopDetecting() {
        Detection running = detection;
        if (running != null) {
            graph.heard().remove(running);
            detection = null;
        }
    }

    void watchSpeech(@Nullable SpeechWatch fresh) {
        SpeechWatch running = speech;
        if (running != null) {
            graph.heard().remove(running);
        }
        speech = fresh;
        if (fresh != null) {
            fresh.reportTo(events);
            graph.heard().add(fresh);
        }
    }

    /** A detector that has nothing more to say costs nothing more. */
    void onTick() {
        Detection running = detection;
        if (running != null && running.isDone()) {
            stopDetecting();
        }
    }
}
