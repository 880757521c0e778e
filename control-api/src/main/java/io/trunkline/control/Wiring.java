package io.trunkline.control;

import io.trunkline.control.store.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Builds the node by plain constructors, in the order it starts; {@link Shutdown} takes it apart in reverse. */
final class Wiring {
    private static final int START_LIMIT_SECONDS = 30;

    private Wiring() {}

    /** @param httpPort the port that was taken, which matters when any free one was asked for */
    record Running(int httpPort) {}

    static Running start(ControlConfig config, Database database, FirstKeys keys, Shutdown shutdown) {
        Vertx vertx = Vertx.vertx();
        shutdown.add("Vert.x", () -> await(vertx.close()));
        Pool pool = database.openPool(vertx);
        shutdown.add("database pool", () -> await(pool.close()));
        int port = config.http().port();
        for (String address : BindAddresses.present(config.http().bind())) {
            HttpServer server = await(
                    vertx.createHttpServer().requestHandler(routes(vertx, pool)).listen(port, address));
            port = server.actualPort();
        }
        return new Running(port);
    }

    private static Router routes(Vertx vertx, Pool pool) {
        Router router = Router.router(vertx);
        router.get("/health/live").handler(context -> context.response().end("ok"));
        router.get("/health/ready")
                .handler(context -> pool.query("SELECT 1")
                        .execute()
                        .onSuccess(rows -> context.response().end("ok"))
                        .onFailure(
                                failure -> context.response().setStatusCode(503).end("database")));
        return router;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
