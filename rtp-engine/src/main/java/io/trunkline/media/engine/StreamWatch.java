package io.trunkline.media.engine;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.graph.LegGraph;
import io.trunkline.media.net.Latch;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/** Says when media came, and when it stays away. */
final class StreamWatch {
    private final long timeoutNanos;
    private final Consumer<MediaEvent> events;
    private boolean connected;
    private boolean silent;
    private long sinceNanos;

    StreamWatch(Duration timeout, Consumer<MediaEvent> events) {
        this.timeoutNanos = timeout.toNanos();
        this.events = events;
    }

    /** A negotiation: what was silent before gets its time again. */
    void restart(long nowNanos) {
        sinceNanos = nowNanos;
        silent = false;
    }

    void onTick(LegGraph graph, Latch latch, long nowNanos) {
        if (!graph.expectsMedia()) {
            sinceNanos = nowNanos;
            return;
        }
        if (graph.packetsIn() > 0 && graph.lastHeardNanos() - sinceNanos > 0) {
            sinceNanos = graph.lastHeardNanos();
            silent = false;
        }
        if (!connected && graph.packetsIn() > 0) {
            connected = true;
            events.accept(new MediaEvent.MediaConnected(text(latch.remote())));
        }
        if (!silent && nowNanos - sinceNanos >= timeoutNanos) {
            silent = true;
            events.accept(new MediaEvent.MediaTimeout(Duration.ofNanos(nowNanos - sinceNanos)));
        }
    }

    private static String text(@org.jspecify.annotations.Nullable InetSocketAddress address) {
        return address == null ? "" : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
