package io.trunkline.control.http;

import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.trunkline.control.store.Nodes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands a request to the node that owns its call, and the answer back. The client's own key goes along, so nodes need
 * no secret between them; a request that was handed on once is not handed on again.
 */
public final class NodeRelay implements Peers {
    private static final String RELAYED = "Trunkline-Relayed";
    private static final int CONNECTIONS = 64;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 15_000;
    private static final List<String> REQUEST_HEADERS = List.of(
            "Authorization",
            "Content-Type",
            "Accept",
            "Range",
            "If-Range",
            "If-None-Match",
            "Idempotency-Key",
            "X-Request-Id");
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "transfer-encoding", "keep-alive", "x-request-id");

    private final HttpClient client;
    private final Nodes nodes;

    public NodeRelay(Vertx vertx, Nodes nodes) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.nodes = nodes;
    }

    @Override
    public Future<Optional<Answer>> elsewhere(
            HttpServerRequest request, OperationSpec spec, Map<String, String> path, Buffer body) {
        String id = path.get("id");
        if (id == null || request.getHeader(RELAYED) != null) {
            return Future.succeededFuture(Optional.empty());
        }
        return owner(spec, id)
                .compose(owner -> owner.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : ask(owner.get(), request, body).map(Optional::of));
    }

    private Future<Optional<URI>> owner(OperationSpec spec, String id) {
        if (spec.path().startsWith("/v1/calls/{id}")) {
            boolean remembered = spec.path().endsWith("/trace") || spec.path().endsWith("/diagnosis");
            return remembered
                    ? nodes.keeperOfCall(id)
                    : spec.method().equals("GET") && !spec.path().equals("/v1/calls/{id}")
                            ? Future.succeededFuture(Optional.empty())
                            : nodes.ownerOfCall(id);
        }
        boolean file =
                spec.path().equals("/v1/recordings/{id}/audio") || spec.path().equals("/v1/recordings/{id}/waveform");
        return file ? nodes.keeperOfRecording(id) : Future.succeededFuture(Optional.empty());
    }

    private Future<Answer> ask(URI owner, HttpServerRequest request, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setHost(owner.getHost())
                .setPort(owner.getPort())
                .setSsl("https".equals(owner.getScheme()))
                .setMethod(request.method())
                .setURI(request.uri())
                .setIdleTimeout(ANSWER_MILLIS)
                .putHeader(RELAYED, "1");
        for (String name : REQUEST_HEADERS) {
            String value = request.getHeader(name);
            if (value != null) {
                options.putHeader(name, value);
            }
        }
        return client.request(options)
                .compose(asking -> asking.send(body))
                .map(answer -> {
                    answer.pause();
                    return (Answer) new Answer.Direct(asked -> pass(answer, asked));
                })
                .recover(gone -> Future.failedFuture(Problem.of(
                        503, "overloaded", "The node that owns this call does not answer; try again soon.")));
    }

    private static void pass(HttpClientResponse answer, HttpServerRequest asked) {
        asked.resume();
        asked.response().setStatusCode(answer.statusCode());
        answer.headers().forEach(header -> {
            if (!OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                asked.response().putHeader(header.getKey(), header.getValue());
            }
        });
        if (answer.getHeader("Content-Length") == null) {
            asked.response().setChunked(true);
        }
        answer.pipeTo(asked.response());
    }
}
