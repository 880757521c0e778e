package io.trunkline.control;

import io.trunkline.control.http.ApiServer;
import io.trunkline.control.http.AudioFiles;
import io.trunkline.control.http.AudioForms;
import io.trunkline.control.http.HealthCheck;
import io.trunkline.control.http.HttpConfig;
import io.trunkline.control.http.InboundPlans;
import io.trunkline.control.http.LinkSigner;
import io.trunkline.control.http.NodeRelay;
import io.trunkline.control.http.Peers;
import io.trunkline.control.http.RateLimit;
import io.trunkline.control.http.SideRoutes;
import io.trunkline.control.recording.Vault;
import io.trunkline.control.store.Nodes;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.TraceRows;
import io.trunkline.control.stream.StreamService;
import io.trunkline.media.MediaEngine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The API over HTTP, and the routes of calls coming in, which speak its scripts. */
final class ApiRoom {
    private ApiRoom() {}

    /** Listens; returns the port. */
    static int open(
            Ground ground,
            ControlConfig config,
            FirstKeys keys,
            EventRoom events,
            CarrierRoom carriers,
            SpeechRoom speech,
            CallRoom calls,
            StreamService streams,
            SideRoutes beside,
            Vault recordings) {
        ApiServer server = new ApiServer(new ApiServer.Parts(
                ground.vertx(),
                ground.pool(),
                ground.secrets(),
                ground.node(),
                calls.calls(),
                events.log(),
                events.webhooks()::wake,
                events.guard(),
                streams,
                new AudioFiles(config.data().resolve("media")),
                new AudioForms(recordings),
                events.store(),
                calls.trunks(),
                new RecentTraces(calls.calls(), new TraceRows(ground.pool())),
                new LinkSigner(keys.admin().secret().value(), ground.clock()),
                speech.voices(),
                ground.meters(),
                checks(events, calls, carriers.media()),
                beside,
                events.pulse()::isAnswering,
                config.node().url().isPresent()
                        ? new NodeRelay(ground.vertx(), new Nodes(ground.pool(), ground.node()))
                        : Peers.NONE,
                perKey(config.http().requestsPerSecond()),
                ground.clock()));
        calls.scripts().complete(server.scripts());
        carriers.door()
                .complete(calls.calls()
                        .incoming(new InboundPlans(
                                new ResourceStore(ground.pool(), ground.secrets()), server.scripts())));
        return Starting.await(server.start(new HttpConfig(
                config.http().bind(),
                config.http().port(),
                Runtime.getRuntime().availableProcessors(),
                config.http().certificate())));
    }

    private static Optional<RateLimit> perKey(int requestsPerSecond) {
        return requestsPerSecond == 0
                ? Optional.empty()
                : Optional.of(new RateLimit(requestsPerSecond, Duration.ofSeconds(1)));
    }

    private static List<HealthCheck> checks(EventRoom events, CallRoom calls, MediaEngine media) {
        return List.of(
                check("database", events.pulse()::isAnswering, "PostgreSQL does not answer"),
                check("journal", () -> !events.store().isAway(), "events wait in the journal to be stored"),
                check("calls", () -> !calls.calls().isDraining(), "draining: this node is being stopped"),
                check("media", media::hasFreePorts, "every RTP port is in use"));
    }

    private static HealthCheck check(String name, BooleanSupplier well, String complaint) {
        return new HealthCheck(
                name, () -> Future.succeededFuture(well.getAsBoolean() ? Optional.empty() : Optional.of(complaint)));
    }
}
