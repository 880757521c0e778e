package io.trunkline.control.http;

import io.trunkline.control.events.EventFeed;
import io.trunkline.control.events.EventLog;
import io.trunkline.control.store.EventQueries;
import io.trunkline.control.store.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code /v1/events}: the log as it grows, by server-sent events or a WebSocket. */
final class EventRoutes {
    private final Vertx vertx;
    private final EventLog log;
    private final EventQueries queries;

    EventRoutes(Vertx vertx, EventLog log, EventQueries queries) {
        this.vertx = vertx;
        this.log = log;
        this.queries = queries;
    }

    Map<String, Operation> operations() {
        return Map.of("followEvents", this::follow);
    }

    private Future<Answer> follow(Ask ask) {
        Optional<String> after = ask.header("Last-Event-ID").or(() -> ask.text("after"));
        return begin(ask, after)
                .map(position -> new Answer.Direct(request -> {
                    if (WebSockets.wanted(request)) {
                        webSocket(request, ask, position);
                    } else {
                        serverSent(request, ask, position);
                    }
                }));
    }

    /** From now on, as text messages in other words than ours. */
    Future<Answer> follow(Scope scope, Function<JsonObject, Optional<JsonObject>> words) {
        return queries.latestPosition()
                .map(position ->
                        new Answer.Direct(request -> request.toWebSocket().onSuccess(socket -> {
                            SocketSink sink = new SocketSink(vertx, socket);
                            EventFeed feed = log.follow(scope, position, new TranslatedSink(sink, words));
                            sink.onClose(feed::close);
                        })));
    }

    private Future<Long> begin(Ask ask, Optional<String> after) {
        if (after.isEmpty()) {
            return queries.latestPosition();
        }
        if (after.get().equals("0")) {
            return Future.succeededFuture(0L);
        }
        return queries.positionOf(after.get(), ask.scope())
                .map(found -> found.orElseThrow(() -> Problem.invalid("after", "is not the id of an event")));
    }

    private void serverSent(HttpServerRequest request, Ask ask, long position) {
        SseSink sink = new SseSink(vertx, request.response());
        EventFeed feed = log.follow(ask.scope(), position, sink);
        sink.onClose(feed::close);
        request.resume();
    }

    private void webSocket(HttpServerRequest request, Ask ask, long position) {
        request.toWebSocket().onSuccess(socket -> {
            SocketSink sink = new SocketSink(vertx, socket);
            EventFeed feed = log.follow(ask.scope(), position, sink);
            sink.onClose(feed::close);
        });
    }
}
