package io.trunkline.control.agent;

import io.trunkline.control.call.AgentSpec;
import java.util.function.Consumer;

/** Ends an agent that has lasted long enough, or that nobody talks with. */
final class AgentWatch {
    private final AgentSpec spec;
    private final Consumer<String> end;
    private final long begunNanos = System.nanoTime();
    private long activeNanos = begunNanos;

    AgentWatch(AgentSpec spec, Consumer<String> end) {
        this.spec = spec;
        this.end = end;
    }

    /** Somebody spoke, or did something. */
    void active() {
        activeNanos = System.nanoTime();
    }

    /** @param speaking the agent is being heard right now */
    void turn(long nowNanos, boolean speaking) {
        if (speaking) {
            activeNanos = nowNanos;
        }
        if (spec.longest()
                .filter(most -> nowNanos - begunNanos > most.toNanos())
                .isPresent()) {
            end.accept("max_length");
        } else if (spec.silence()
                .filter(most -> nowNanos - activeNanos > most.toNanos())
                .isPresent()) {
            end.accept("silence");
        }
    }
}
