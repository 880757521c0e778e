package io.trunkline.control.stream;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import java.util.concurrent.TimeUnit;

/** One WebSocket of a stream: written within a bound, kept alive by pings, given up when it answers none. */
final class StreamSocket implements Wire {
    private static final long PING_MILLIS = 15_000;
    private static final long DEAF_NANOS = TimeUnit.SECONDS.toNanos(45);
    private static final short NORMAL = 1000;
    /** Half a second of the widest stereo stream. */
    private static final int QUEUED_BYTES = 128 * 1024;

    private final Vertx vertx;
    private final WebSocketBase socket;
    private final long ping;
    private long lastHeard = System.nanoTime();

    StreamSocket(Vertx vertx, WebSocketBase socket) {
        this.vertx = vertx;
        this.socket = socket;
        socket.setWriteQueueMaxSize(QUEUED_BYTES);
        socket.pongHandler(_ -> lastHeard = System.nanoTime());
        ping = vertx.setPeriodic(PING_MILLIS, _ -> ping());
    }

    private void ping() {
        if (System.nanoTime() - lastHeard > DEAF_NANOS) {
            socket.close();
        } else if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer("t"));
        }
    }

    /** The program reads too slowly: sound is left out until it has caught up. */
    boolean isFull() {
        return socket.isClosed() || socket.writeQueueFull();
    }

    @Override
    public void text(String message) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(message);
        }
    }

    @Override
    public void binary(byte[] message) {
        if (!socket.isClosed()) {
            socket.writeBinaryMessage(Buffer.buffer(message));
        }
    }

    void holdBack(boolean wanted) {
        if (socket.isClosed()) {
            return;
        }
        if (wanted) {
            socket.pause();
        } else {
            socket.resume();
        }
    }

    void close() {
        vertx.cancelTimer(ping);
        if (!socket.isClosed()) {
            socket.close(NORMAL);
        }
    }
}
