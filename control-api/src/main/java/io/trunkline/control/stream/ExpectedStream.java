package io.trunkline.control.stream;

import io.trunkline.control.call.LiveEvent;
import io.trunkline.control.call.LiveParty;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stream whose program has yet to come to us. */
final class ExpectedStream implements LiveParty {
    private final String streamId;
    private final Consumer<LiveEvent> events;
    private final Function<Visitor, StreamSession> opener;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicReference<@Nullable StreamSession> session = new AtomicReference<>();

    ExpectedStream(String streamId, Consumer<LiveEvent> events, Function<Visitor, StreamSession> opener) {
        this.streamId = streamId;
        this.events = events;
        this.opener = opener;
    }

    /** False when it has given up waiting, or has its program already. */
    boolean welcome(Visitor visitor) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        StreamSession opened = opener.apply(visitor);
        session.set(opened);
        visitor.meet(opened);
        return true;
    }

    void giveUp() {
        if (settled.compareAndSet(false, true)) {
            Map<String, Object> why =
                    Map.of("reason", "nobody_came", "detail", "No program connected to the call's stream in time.");
            events.accept(new LiveEvent.Ended(streamId, true, why));
        }
    }

    @Override
    public void onDigit(char digit, int durationMs) {
        StreamSession opened = session.get();
        if (opened != null) {
            opened.onDigit(digit, durationMs);
        }
    }

    @Override
    public void end(String reason) {
        StreamSession opened = session.get();
        if (opened != null) {
            opened.end(reason);
        } else if (settled.compareAndSet(false, true)) {
            events.accept(new LiveEvent.Ended(streamId, false, Map.of("reason", reason)));
        }
    }
}
