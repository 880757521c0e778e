package io.trunkline.control.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** Where the server under test sends its webhooks: takes each and hands it on. */
final class WebhookReceiver {
    private final HttpServer server;
    private final Consumer<JsonObject> onEvent;

    WebhookReceiver(Vertx vertx, Consumer<JsonObject> onEvent) {
        this.server = vertx.createHttpServer();
        this.onEvent = onEvent;
    }

    /** Completes with the URL. */
    Future<String> listen() {
        return server.requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .map(listening -> "http://127.0.0.1:" + listening.actualPort() + "/events");
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess((Buffer body) -> {
            onEvent.accept(body.toJsonObject());
            request.response().setStatusCode(204).end();
        });
    }
}
