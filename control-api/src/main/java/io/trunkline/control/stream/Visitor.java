package io.trunkline.control.stream;

import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;

/** A program that connected to us, not read from yet. */
record Visitor(ServerWebSocket socket, Context context) {
    private static final short TRY_AGAIN_LATER = 1013;

    void meet(StreamSession session) {
        context.runOnContext(_ -> {
            session.connected(socket);
            socket.resume();
        });
    }

    void sendAway() {
        socket.close(TRY_AGAIN_LATER, "there is no such stream any more");
    }
}
