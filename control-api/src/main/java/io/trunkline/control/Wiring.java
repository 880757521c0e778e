package io.trunkline.control;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.trunkline.control.billing.Bookkeeping;
import io.trunkline.control.billing.Holds;
import io.trunkline.control.call.CallDesk;
import io.trunkline.control.call.CallRecovery;
import io.trunkline.control.call.CallService;
import io.trunkline.control.call.Limit;
import io.trunkline.control.call.TrunkBook;
import io.trunkline.control.events.EventLog;
import io.trunkline.control.events.FetchPolicy;
import io.trunkline.control.events.GuardedHttp;
import io.trunkline.control.events.UrlGuard;
import io.trunkline.control.events.WebhookPost;
import io.trunkline.control.events.WebhookSender;
import io.trunkline.control.http.ApiServer;
import io.trunkline.control.http.AudioFiles;
import io.trunkline.control.http.AudioForms;
import io.trunkline.control.http.HealthCheck;
import io.trunkline.control.http.HttpConfig;
import io.trunkline.control.http.InboundPlans;
import io.trunkline.control.http.LinkSigner;
import io.trunkline.control.sandbox.SandboxCarrier;
import io.trunkline.control.speech.Audio;
import io.trunkline.control.speech.AudioFetcher;
import io.trunkline.control.speech.Voices;
import io.trunkline.control.store.Database;
import io.trunkline.control.store.EventQueries;
import io.trunkline.control.store.NodeEpoch;
import io.trunkline.control.store.PgCallStore;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.Seed;
import io.trunkline.control.store.WebhookLanes;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.RecordingFile;
import io.trunkline.media.SpeechSynthesizer;
import io.trunkline.sip.IncomingCalls;
import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipCallListener;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.SipStack;
import io.trunkline.sip.Trunk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the node by plain constructors, in the order it starts; {@link Shutdown} takes it apart in reverse. */
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final int START_LIMIT_SECONDS = 30;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ControlConfig config;
    private final Shutdown shutdown;
    private final SipConfig sipConfig;
    private final Clock clock = Clock.systemUTC();

    private Wiring(ControlConfig config, Shutdown shutdown) {
        this.config = config;
        this.shutdown = shutdown;
        this.sipConfig = listening(config.sip());
    }

    /** @param httpPort the port that was taken, which matters when any free one was asked for */
    record Running(int httpPort) {}

    static Running start(ControlConfig config, Database database, FirstKeys keys, Shutdown shutdown) {
        return new Wiring(config, shutdown).start(database, keys);
    }

    private Running start(Database database, FirstKeys keys) {
        Vertx vertx = Vertx.vertx();
        shutdown.add("Vert.x", () -> await(vertx.close()));
        Pool pool = database.openPool(vertx);
        shutdown.add("database pool", () -> await(pool.close()));
        plant(pool, keys);
        NodeEpoch node = await(NodeEpoch.claim(pool, nodeName()));

        EventLog events = new EventLog(vertx, new EventQueries(pool));
        UrlGuard guard = new UrlGuard(vertx, fetchPolicy());
        WebhookSender webhooks = new WebhookSender(vertx, new WebhookLanes(pool), new WebhookPost(vertx, guard), clock);
        events.listen(_ -> webhooks.wake());
        PgCallStore store = new PgCallStore(vertx, pool, node, new Holds(clock), events);

        List<RecordingFile> recovered =
                MediaEngine.recoverRecordings(config.rtp().recordings());
        MediaEngine media = MediaEngine.start(config.rtp());
        shutdown.add("media engine", media);
        CompletableFuture<IncomingCalls> door = new CompletableFuture<>();
        SipStack sip = SipStack.start(
                sipConfig,
                (call, invite) -> door.getNow(Wiring::notYet).onIncoming(call, invite),
                status -> LOG.info("trunk {} is {}: {}", status.trunkId(), status.state(), status.detail()));
        shutdown.add("SIP", sip);

        TrunkBook trunks = new TrunkBook(sip, this::mediaAddress, SandboxCarrier.TRUNK, SandboxCarrier::owns);
        Mailboxes mailboxes = await(Mailboxes.open(vertx, Runtime.getRuntime().availableProcessors()));
        VertxTimers timers = new VertxTimers(vertx);
        Voices voices =
                new Voices(SpeechSynthesizer.installed(), config.speech().voice());
        Audio audio = new Audio(voices, new AudioFetcher(vertx, guard), this::mediaFile);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Bookkeeping books = new Bookkeeping(vertx, pool, trunks, clock, System::nanoTime, node.node(), meters);
        CompletableFuture<ApiServer> api = new CompletableFuture<>();
        CallDesk desk = new CallDesk(
                media,
                sip,
                store,
                trunks,
                audio,
                new ScriptFetcher(
                        new GuardedHttp(vertx, guard), () -> api.join().scripts()),
                books.admission(),
                timers,
                mailboxes::of,
                clock,
                System::nanoTime,
                node.node());
        CallService calls = new CallService(desk);
        LiveTrunks liveTrunks =
                new LiveTrunks(new ResourceStore(pool), trunks, sip, sandbox(media, audio, timers, mailboxes));
        await(liveTrunks.load());
        int left = await(Future.fromCompletionStage(
                new CallRecovery(store, desk.admission(), sip, clock, node.node()).run(byId(recovered))));
        if (left > 0) {
            LOG.info("{} calls that an earlier run left behind were ended", left);
        }
        shutdown.add("books", books);
        await(webhooks.start());
        shutdown.add("webhooks", webhooks);
        ApiServer server = new ApiServer(new ApiServer.Parts(
                vertx,
                pool,
                node,
                calls,
                events,
                webhooks::wake,
                guard,
                new AudioFiles(config.data().resolve("media")),
                new AudioForms(config.rtp().recordings(), config.data().resolve("forms")),
                store,
                liveTrunks,
                new RecentTraces(calls),
                new LinkSigner(keys.admin().secret().value(), clock),
                meters,
                checks(pool, media),
                clock));
        api.complete(server);
        door.complete(calls.incoming(new InboundPlans(new ResourceStore(pool), server.scripts())));
        int port = await(server.start(new HttpConfig(
                config.http().bind(), config.http().port(), Runtime.getRuntime().availableProcessors())));
        shutdown.addWaiting("calls", hurry -> drain(calls, hurry));
        return new Running(port);
    }

    private static Map<String, RecordingFile> byId(List<RecordingFile> files) {
        return files.stream().collect(Collectors.toMap(RecordingFile::recordingId, Function.identity()));
    }

    /** A busy machine may take its time to let the first connection in: a start waits for it as long as it may. */
    private static void plant(Pool pool, FirstKeys keys) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
        while (true) {
            try {
                await(new Seed(pool)
                        .plant(
                                keys.admin().secret().value(),
                                keys.api().secret().value()));
                return;
            } catch (IllegalStateException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                LOG.info("PostgreSQL is not ready yet: {}", notYet.getMessage());
            }
        }
    }

    /** A TLS port without a certificate listens to nobody; port 0 is any that is free. */
    private static SipConfig listening(SipConfig sip) {
        int port = sip.port() == 0 ? BindAddresses.freePort() : sip.port();
        return sip.listeningOn(port, sip.certificate().isPresent() ? sip.tlsPort() : 0);
    }

    /** A call that comes in while the node still starts. */
    private static SipCallListener notYet(SipCall call, SipEvent.Incoming invite) {
        call.reject(503, "Service Unavailable");
        return (_, _) -> {};
    }

    /** The one node of an embedded database keeps its name whatever the machine is called. */
    private String nodeName() {
        return config.database().url().isEmpty() ? "local" : BindAddresses.hostName();
    }

    /** Loopback may be fetched from while nobody but this machine can ask for it. */
    private FetchPolicy fetchPolicy() {
        boolean onlyHere = config.http().bind().stream().allMatch(BindAddresses::isLoopback);
        return config.fetch().allow().isEmpty() && onlyHere
                ? FetchPolicy.loopback()
                : FetchPolicy.of(config.fetch().allow());
    }

    private InetAddress mediaAddress(Trunk trunk) {
        boolean six = trunk.hosts().getFirst().host().contains(":");
        return BindAddresses.media(config.sip().bind(), six);
    }

    private Path mediaFile(String mediaId) {
        return config.data().resolve("media").resolve(mediaId);
    }

    private Optional<TrunkBook.Entry> sandbox(MediaEngine media, Audio audio, VertxTimers timers, Mailboxes mailboxes) {
        if (!config.sandbox()) {
            return Optional.empty();
        }
        int port = BindAddresses.freePort();
        Trunk.Host theSwitch = new Trunk.Host("127.0.0.1", sipConfig.port(), Trunk.Transport.UDP, 1, 1);
        shutdown.add(
                "sandbox",
                SandboxCarrier.start(
                        SipConfig.defaults("sandbox", port), theSwitch, media, audio, timers, mailboxes::of));
        Trunk trunk = Trunk.peer(SandboxCarrier.TRUNK, new Trunk.Host("127.0.0.1", port, Trunk.Transport.UDP, 1, 1));
        return Optional.of(new TrunkBook.Entry(trunk, TrunkBook.Media.DEFAULT, Limit.NONE, Optional.empty()));
    }

    private static List<HealthCheck> checks(Pool pool, MediaEngine media) {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(new HealthCheck(
                "database",
                () -> pool.query("SELECT 1")
                        .execute()
                        .map(Optional.<String>empty())
                        .otherwise(failure -> Optional.of("PostgreSQL does not answer"))));
        checks.add(new HealthCheck(
                "media",
                () -> Future.succeededFuture(
                        media.hasFreePorts() ? Optional.empty() : Optional.of("every RTP port is in use"))));
        return checks;
    }

    /** New calls are refused at once; running ones may finish until the limit, then they are ended. */
    private void drain(CallService calls, CompletableFuture<Void> hurry) throws InterruptedException {
        calls.drain();
        waitUntilIdle(calls, config.drain(), hurry);
        calls.hangUpAll();
        waitUntilIdle(calls, LAST_WORDS, new CompletableFuture<>());
    }

    private static void waitUntilIdle(CallService calls, Duration limit, CompletableFuture<Void> hurry)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (calls.active() > 0 && !hurry.isDone() && System.nanoTime() < end) {
            Thread.sleep(POLL);
        }
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
