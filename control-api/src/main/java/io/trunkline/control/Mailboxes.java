package io.trunkline.control;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** The Vert.x contexts that own calls, one an event loop: a call's is chosen by the hash of its id. */
final class Mailboxes {
    private final List<Context> contexts;

    private Mailboxes(List<Context> contexts) {
        this.contexts = contexts;
    }

    static Future<Mailboxes> open(Vertx vertx, int count) {
        List<Context> opened = new CopyOnWriteArrayList<>();
        return vertx.deployVerticle(
                        () -> new AbstractVerticle() {
                            @Override
                            public void start() {
                                opened.add(context);
                            }
                        },
                        new DeploymentOptions().setInstances(count))
                .map(_ -> new Mailboxes(List.copyOf(opened)));
    }

    Executor of(String callId) {
        Context context = contexts.get(Math.floorMod(callId.hashCode(), contexts.size()));
        return task -> context.runOnContext(_ -> task.run());
    }
}
