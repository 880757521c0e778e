package io.trunkline.control.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on one event loop; each instance has its own router. */
final class ApiVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ApiVerticle.class);
    private static final long RENEWAL_MILLIS = 2_000;

    private final HttpConfig config;
    private final Function<Vertx, Handler<HttpServerRequest>> handler;
    private final IntConsumer onPort;
    private final List<HttpServer> servers = new ArrayList<>();
    private final Duration headerWithin;

    ApiVerticle(
            HttpConfig config,
            Function<Vertx, Handler<HttpServerRequest>> handler,
            IntConsumer onPort,
            Duration headerWithin) {
        this.config = config;
        this.headerWithin = headerWithin;
        this.handler = handler;
        this.onPort = onPort;
    }

    @Override
    public Future<?> start() {
        Optional<CertificateFiles> certificate = config.certificate().map(CertificateFiles::new);
        if (certificate.isEmpty()) {
            return listen(Optional.empty());
        }
        return vertx.executeBlocking(() -> certificate.get().read())
                .compose(tls -> listen(Optional.of(tls)))
                .onSuccess(up -> vertx.setPeriodic(RENEWAL_MILLIS, tick -> renew(certificate.get())));
    }

    /** A certificate that does not hold together is refused by the library, and the one before it stays. */
    private void renew(CertificateFiles certificate) {
        vertx.executeBlocking(certificate::changed)
                .onSuccess(changed -> changed.ifPresent(tls -> servers.forEach(server -> server.updateSSLOptions(tls)
                        .onSuccess(done -> LOG.info("the renewed certificate is in use"))
                        .onFailure(wrong -> LOG.warn("the renewed certificate is not usable: {}", wrong.toString())))));
    }

    private Future<?> listen(Optional<ServerSSLOptions> tls) {
        Handler<HttpServerRequest> requests = handler.apply(vertx);
        List<Future<HttpServer>> listening = new ArrayList<>();
        for (String address : config.bind()) {
            listening.add(listen(address, requests, tls));
        }
        return Future.join(listening).transform(all -> {
            List<HttpServer> up = listening.stream()
                    .filter(Future::succeeded)
                    .map(Future::result)
                    .toList();
            if (up.isEmpty()) {
                return Future.failedFuture(all.cause());
            }
            servers.addAll(up);
            onPort.accept(up.getFirst().actualPort());
            return Future.succeededFuture();
        });
    }

    private Future<HttpServer> listen(
            String address, Handler<HttpServerRequest> requests, Optional<ServerSSLOptions> tls) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(Limits.HEADER)
                .setMaxInitialLineLength(8 * 1024)
                .setIdleTimeout((int) Limits.IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(Limits.SOCKET_FRAME)
                .setMaxWebSocketMessageSize(Limits.SOCKET_MESSAGE);
        tls.ifPresent(certificate -> options.setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(certificate.getKeyCertOptions())
                .setEnabledSecureTransportProtocols(certificate.getEnabledSecureTransportProtocols()));
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> HeaderWatch.on(connection, headerWithin))
                .requestHandler(requests)
                .exceptionHandler(broken -> LOG.debug("connection broke", broken))
                .listen(config.port(), address)
                .onFailure(failure -> LOG.info("not listening on {}: {}", address, failure.getMessage()));
    }
}
