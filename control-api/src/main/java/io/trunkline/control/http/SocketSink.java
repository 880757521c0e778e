package io.trunkline.control.http;

import io.trunkline.control.events.FeedSink;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/** Events as text messages of a WebSocket; a ping every ten seconds keeps the line open. */
final class SocketSink implements FeedSink {
    private static final long PING_MILLIS = 10_000;
    private static final short TRY_AGAIN_LATER = 1013;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final long ping;

    SocketSink(Vertx vertx, ServerWebSocket socket) {
        this.vertx = vertx;
        this.socket = socket;
        this.ping = vertx.setPeriodic(PING_MILLIS, tick -> socket.writePing(Buffer.buffer("t")));
    }

    void onClose(Runnable closed) {
        socket.closeHandler(gone -> {
            vertx.cancelTimer(ping);
            closed.run();
        });
        if (socket.isClosed()) {
            vertx.cancelTimer(ping);
            closed.run();
        }
    }

    @Override
    public void send(String eventId, String type, String body) {
        socket.writeTextMessage(body);
    }

    @Override
    public boolean full() {
        return socket.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable ready) {
        socket.drainHandler(drained -> {
            socket.drainHandler(null);
            ready.run();
        });
    }

    @Override
    public void fail() {
        socket.close(TRY_AGAIN_LATER, "storage is away; come back with after=");
    }
}
