package io.trunkline.control.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on one event loop; each instance has its own router. */
final class ApiVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ApiVerticle.class);

    private final HttpConfig config;
    private final Function<Vertx, Handler<HttpServerRequest>> handler;
    private final IntConsumer onPort;
    /** Connections that have sent a request: the others are closed when their header takes too long. */
    private final Set<HttpConnection> spoken = Collections.newSetFromMap(new WeakHashMap<>());

    ApiVerticle(HttpConfig config, Function<Vertx, Handler<HttpServerRequest>> handler, IntConsumer onPort) {
        this.config = config;
        this.handler = handler;
        this.onPort = onPort;
    }

    @Override
    public Future<?> start() {
        Handler<HttpServerRequest> requests = handler.apply(vertx);
        List<Future<HttpServer>> listening = new ArrayList<>();
        for (String address : config.bind()) {
            listening.add(listen(address, requests));
        }
        return Future.join(listening).transform(all -> {
            List<HttpServer> up = listening.stream()
                    .filter(Future::succeeded)
                    .map(Future::result)
                    .toList();
            if (up.isEmpty()) {
                return Future.failedFuture(all.cause());
            }
            onPort.accept(up.getFirst().actualPort());
            return Future.succeededFuture();
        });
    }

    private Future<HttpServer> listen(String address, Handler<HttpServerRequest> requests) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(Limits.HEADER)
                .setMaxInitialLineLength(8 * 1024)
                .setIdleTimeout((int) Limits.IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(Limits.SOCKET_FRAME)
                .setMaxWebSocketMessageSize(Limits.SOCKET_MESSAGE);
        return vertx.createHttpServer(options)
                .connectionHandler(this::expectHeader)
                .requestHandler(request -> {
                    spoken.add(request.connection());
                    requests.handle(request);
                })
                .exceptionHandler(broken -> LOG.debug("connection broke", broken))
                .listen(config.port(), address)
                .onFailure(failure -> LOG.info("not listening on {}: {}", address, failure.getMessage()));
    }

    private void expectHeader(HttpConnection connection) {
        vertx.setTimer(Limits.IDLE.toMillis(), late -> {
            if (!spoken.contains(connection)) {
                connection.close();
            }
        });
    }
}
