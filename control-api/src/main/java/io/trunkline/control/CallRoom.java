package io.trunkline.control;

import io.trunkline.control.billing.Bookkeeping;
import io.trunkline.control.call.CallDesk;
import io.trunkline.control.call.CallRecovery;
import io.trunkline.control.call.CallService;
import io.trunkline.control.call.TrunkBook;
import io.trunkline.control.events.GuardedHttp;
import io.trunkline.control.http.ScriptParser;
import io.trunkline.control.metrics.NodeMetrics;
import io.trunkline.control.metrics.NodeReading;
import io.trunkline.control.speech.Audio;
import io.trunkline.control.store.ApplicationSecrets;
import io.trunkline.control.store.ResourceStore;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Call control with its books.
 *
 * @param scripts completed with what reads scripts, once the API is put together
 */
record CallRoom(
        CallDesk desk,
        Bookkeeping books,
        CallService calls,
        LiveTrunks trunks,
        CompletableFuture<ScriptParser> scripts) {
    private static final Logger LOG = LoggerFactory.getLogger(CallRoom.class);
    private static final long QUALITY_MILLIS = 2_000;

    /** Also ends what an earlier run left behind, before anyone is served. */
    static CallRoom open(
            Ground ground,
            EventRoom events,
            CarrierRoom carriers,
            Audio audio,
            StreamRoom streams,
            UnaryOperator<String> words,
            Optional<TrunkBook.Entry> sandbox,
            Shutdown shutdown) {
        Bookkeeping books = new Bookkeeping(
                ground.vertx(),
                ground.pool(),
                carriers.trunks(),
                ground.clock(),
                ground.nanos(),
                ground.node().node(),
                ground.meters());
        CompletableFuture<ScriptParser> scripts = new CompletableFuture<>();
        CallDesk desk = new CallDesk(
                carriers.media(),
                carriers.sip(),
                events.store(),
                carriers.trunks(),
                audio,
                new ScriptFetcher(
                        new GuardedHttp(ground.vertx(), events.guard()),
                        new ApplicationSecrets(ground.pool(), ground.secrets(), ground.clock()),
                        words,
                        scripts::join,
                        ground.clock()),
                streams,
                books.admission(),
                ground.timers(),
                ground.mailboxes()::of,
                ground.clock(),
                ground.nanos(),
                ground.node().node());
        LiveTrunks trunks = new LiveTrunks(
                new ResourceStore(ground.pool(), ground.secrets()), carriers.trunks(), carriers.sip(), sandbox);
        Starting.await(trunks.load());
        recover(desk, carriers);
        shutdown.add("books", books);
        CallService calls = new CallService(desk);
        ground.vertx().setPeriodic(QUALITY_MILLIS, _ -> calls.sampleQuality());
        shutdown.add(
                "metrics",
                NodeMetrics.register(() -> reading(ground, events, carriers, books, calls), ground.meters()));
        return new CallRoom(desk, books, calls, trunks, scripts);
    }

    private static NodeReading reading(
            Ground ground, EventRoom events, CarrierRoom carriers, Bookkeeping books, CallService calls) {
        return new NodeReading(
                calls.active(),
                books.held(),
                ground.timers().pending(),
                events.store().backlog(),
                events.store().journaledBytes(),
                events.log().feeds(),
                carriers.sip().stats(),
                carriers.media().stats());
    }

    /** Ends the calls of a node that is gone; its recordings stay with it. */
    Future<Integer> takeOver(String node) {
        return Future.fromCompletionStage(
                new CallRecovery(desk.store(), desk.admission(), desk.sip(), desk.clock(), node)
                        .run(_ -> Optional.empty()));
    }

    private static void recover(CallDesk desk, CarrierRoom carriers) {
        CallRecovery recovery = new CallRecovery(desk.store(), desk.admission(), desk.sip(), desk.clock(), desk.node());
        int left = Starting.await(Future.fromCompletionStage(recovery.run(carriers::recovered)));
        if (left > 0) {
            LOG.info("{} calls that an earlier run left behind were finished", left);
        }
    }
}
