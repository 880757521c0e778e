package io.trunkline.control;

import io.trunkline.control.call.CallService;
import io.trunkline.control.cluster.Membership;
import io.trunkline.control.store.Database;
import io.trunkline.control.store.NodeNews;
import io.trunkline.control.store.Nodes;
import java.net.URI;

/** This node among others on the same database, where there are any. */
final class ClusterRoom {
    private static final long LAST_WORDS_MILLIS = 3_000;

    private ClusterRoom() {}

    static void open(
            Ground ground,
            ControlConfig config,
            Database database,
            EventRoom events,
            CallRoom calls,
            Shutdown shutdown) {
        config.node().url().ifPresent(url -> join(ground, url, database, events, calls, shutdown));
    }

    private static void join(
            Ground ground, URI url, Database database, EventRoom events, CallRoom calls, Shutdown shutdown) {
        Nodes nodes = new Nodes(ground.pool(), ground.node());
        Starting.await(nodes.announce(url));
        NodeNews news = database.openNews(ground.vertx(), ground.pool());
        events.log().listen(_ -> news.tell());
        Starting.await(news.listen(events.log()::onNews));
        shutdown.add("word of other nodes", news);
        Membership membership =
                new Membership(ground.vertx(), nodes, calls::takeOver, () -> leave(ground, calls.calls()));
        membership.start();
        calls.books().nodes(membership::alive);
        shutdown.add("membership", membership);
    }

    /** What this node still says would contradict what was told of its calls: it ends them and itself, at once. */
    private static void leave(Ground ground, CallService calls) {
        calls.drain();
        calls.hangUpAll();
        ground.vertx().setTimer(LAST_WORDS_MILLIS, _ -> Runtime.getRuntime().halt(1));
    }
}
