package io.trunkline.control.store;

import java.util.List;

/** Hears of events once they are durable, in the order of commit. Called on the writer's event loop: must not block. */
@FunctionalInterface
public interface CommitListener {
    void onCommitted(List<Committed> events);
}
