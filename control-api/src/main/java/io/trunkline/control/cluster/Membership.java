package io.trunkline.control.cluster;

import io.trunkline.control.store.Nodes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's place among the others: says that it is alive, and takes over the calls of a node that no longer does.
 * Owned by one event loop.
 */
public final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final long BEAT_MILLIS = 2_000;

    private final Vertx vertx;
    private final Nodes nodes;
    private final Function<String, Future<Integer>> takeOver;
    private final Runnable onDeposed;
    private final List<Long> timers = new ArrayList<>();
    private volatile int alive = 1;
    private boolean beating;
    private boolean looking;
    private boolean deposed;

    /**
     * @param takeOver ends the calls of a dead node; answers how many there were
     * @param onDeposed another node thought this one dead and has ended its calls
     */
    public Membership(Vertx vertx, Nodes nodes, Function<String, Future<Integer>> takeOver, Runnable onDeposed) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.takeOver = takeOver;
        this.onDeposed = onDeposed;
    }

    public void start() {
        vertx.getOrCreateContext().runOnContext(_ -> {
            timers.add(vertx.setPeriodic(1, BEAT_MILLIS, _ -> beat()));
            timers.add(vertx.setPeriodic(BEAT_MILLIS, _ -> lookForTheDead()));
        });
    }

    /** Nodes that are there, this one included. */
    public int alive() {
        return alive;
    }

    private void beat() {
        if (beating || deposed) {
            return;
        }
        beating = true;
        nodes.beat()
                .compose(ours -> ours ? nodes.alive() : Future.succeededFuture(0))
                .onComplete(answer -> {
                    beating = false;
                    if (answer.failed()) {
                        LOG.debug("no heartbeat: the database does not answer", answer.cause());
                    } else if (answer.result() == 0) {
                        deposed = true;
                        LOG.error("another node took over this one's calls: it was not heard of for too long");
                        onDeposed.run();
                    } else {
                        alive = answer.result();
                    }
                });
    }

    private void lookForTheDead() {
        if (looking || deposed) {
            return;
        }
        looking = true;
        nodes.claimDead().compose(this::bury).onComplete(done -> {
            looking = false;
            done.otherwise(failure -> {
                LOG.debug("dead nodes cannot be looked for", failure);
                return null;
            });
        });
    }

    private Future<Void> bury(List<String> dead) {
        List<Future<Integer>> ended = dead.stream()
                .map(node -> takeOver.apply(node)
                        .onSuccess(calls -> LOG.warn("node {} is gone: {} calls of its were ended", node, calls))
                        .onFailure(why -> LOG.error("the calls of node {} cannot be ended yet", node, why)))
                .toList();
        return Future.join(ended).mapEmpty();
    }

    @Override
    public void close() {
        timers.forEach(vertx::cancelTimer);
    }
}
