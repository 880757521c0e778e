package io.trunkline.control.http;

import io.trunkline.control.events.FeedSink;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;

/** Server-sent events; a comment every ten seconds keeps the line open. */
final class SseSink implements FeedSink {
    private static final long PING_MILLIS = 10_000;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final long ping;

    SseSink(Vertx vertx, HttpServerResponse response) {
        this.vertx = vertx;
        this.response = response;
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        response.write("retry: 1000\n\n");
        this.ping = vertx.setPeriodic(PING_MILLIS, tick -> response.write(": still here\n\n"));
    }

    void onClose(Runnable closed) {
        response.closeHandler(gone -> {
            vertx.cancelTimer(ping);
            closed.run();
        });
        if (response.closed()) {
            vertx.cancelTimer(ping);
            closed.run();
        }
    }

    @Override
    public void send(String eventId, String type, String body) {
        response.write("id: " + eventId + "\nevent: " + type + "\ndata: " + body + "\n\n");
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable ready) {
        response.drainHandler(drained -> {
            response.drainHandler(null);
            ready.run();
        });
    }

    @Override
    public void fail() {
        response.end();
    }
}
