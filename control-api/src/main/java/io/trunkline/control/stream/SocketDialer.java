package io.trunkline.control.stream;

import io.trunkline.control.events.UrlGuard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens WebSockets to programs that users name: through the {@link UrlGuard}, to the address that it resolved. */
public final class SocketDialer {
    private static final Set<String> SCHEMES = Set.of("ws", "wss");
    private static final int CONNECT_MILLIS = 3_000;
    private static final int HANDSHAKE_MILLIS = 8_000;
    private static final int FRAME_BYTES = 1 << 20;
    /** Telnyx allows thirty seconds in a message: 1.3 MB as base64 at 16 kHz. */
    private static final int MESSAGE_BYTES = 4 << 20;

    private static final int MOST_SOCKETS = 100_000;

    private final WebSocketClient client;
    private final UrlGuard guard;

    public SocketDialer(Vertx vertx, UrlGuard guard) {
        this.guard = guard;
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxFrameSize(FRAME_BYTES)
                .setMaxMessageSize(MESSAGE_BYTES)
                .setMaxConnections(MOST_SOCKETS)
                .setTcpNoDelay(true));
    }

    /** Connects on the caller's context. */
    public Future<WebSocket> dial(String url, Map<String, String> headers, List<String> subprotocols) {
        return guard.resolve(url, SCHEMES).compose(target -> {
            WebSocketConnectOptions options =
                    new WebSocketConnectOptions().setAllowOriginHeader(false).setTimeout(HANDSHAKE_MILLIS);
            options.setAbsoluteURI(target.uri().toString());
            options.setServer(SocketAddress.inetSocketAddress(
                    target.port(), target.address().getHostAddress()));
            options.putHeader("User-Agent", "Trunkline");
            headers.forEach(options::putHeader);
            subprotocols.forEach(options::addSubProtocol);
            return client.connect(options);
        });
    }
}
