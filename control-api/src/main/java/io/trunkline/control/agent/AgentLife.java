package io.trunkline.control.agent;

import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.LiveEvent;
import io.trunkline.control.call.Verb;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What every agent tells of itself, from its start to its one end. Any thread may call it. */
final class AgentLife {
    private final String id;
    private final AgentSpec spec;
    private final Consumer<LiveEvent> events;
    private final LongSupplier playedMs;
    private final Runnable tidyUp;
    private final AgentFigures figures = new AgentFigures();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** @param tidyUp run once, when the end has been told */
    AgentLife(String id, AgentSpec spec, Consumer<LiveEvent> events, LongSupplier playedMs, Runnable tidyUp) {
        this.id = id;
        this.spec = spec;
        this.events = events;
        this.playedMs = playedMs;
        this.tidyUp = tidyUp;
    }

    AgentFigures figures() {
        return figures;
    }

    boolean isEnded() {
        return ended.get();
    }

    void started(Map<String, Object> data) {
        events.accept(new LiveEvent.Started(id, data));
    }

    void told(String type, Map<String, Object> data) {
        events.accept(new LiveEvent.Told(id, type, data));
    }

    void wants(Verb verb) {
        events.accept(new LiveEvent.Wants(id, verb));
    }

    void transcript(String role, String text, Map<String, Object> more) {
        Map<String, Object> data = new HashMap<>(more);
        data.put("role", role);
        data.put("text", text);
        told("agent.transcript", data);
    }

    /** Something went wrong that the agent goes on after. */
    void error(String code, String message) {
        figures.onError();
        told("agent.error", new HashMap<>(Map.of("code", code, "message", message)));
    }

    /** The callee is not left in silence. */
    void failed(String reason, String detail) {
        if (!ended.get()) {
            spec.fallback().ifPresent(text -> wants(FallbackSpeech.saying(text, spec)));
        }
        finish(true, reason, detail);
    }

    void end(String reason) {
        finish(false, reason, "");
    }

    private void finish(boolean failed, String reason, String detail) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Map<String, Object> data = figures.describe();
        data.put("reason", reason);
        data.put("played_ms", playedMs.getAsLong());
        if (!detail.isEmpty()) {
            data.put("detail", detail);
        }
        events.accept(new LiveEvent.Ended(id, failed, data));
        tidyUp.run();
    }
}
