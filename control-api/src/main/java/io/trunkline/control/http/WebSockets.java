package io.trunkline.control.http;

import io.vertx.core.http.HttpServerRequest;

/** Tells an upgrade to a WebSocket from a plain request (RFC 6455 section 4.2.1). */
final class WebSockets {
    private WebSockets() {}

    static boolean wanted(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && request.getHeader("Sec-WebSocket-Key") != null;
    }
}
