package io.trunkline.control.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.store.CommitListener;
import io.trunkline.control.store.Committed;
import java.util.List;

/** Counts who answered, by trunk: a verdict that is overturned counts again, as what it became. */
public final class VerdictCounter implements CommitListener {
    private static final String NONE = "none";

    private final MeterRegistry meters;

    public VerdictCounter(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void onCommitted(List<Committed> events) {
        for (Committed each : events) {
            if (each.event().type().equals("amd.result")) {
                count(each.event());
            }
        }
    }

    /** The registry keeps one counter a trunk and verdict: trunks are few, and an operator's own. */
    private void count(CallEvent event) {
        Counter.builder("trunkline.amd.verdicts")
                .description("Answering-machine verdicts")
                .tag("trunk", event.call().trunk().orElse(NONE))
                .tag("verdict", String.valueOf(event.data().get("verdict")))
                .register(meters)
                .increment();
    }
}
