package io.trunkline.control.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.trunkline.control.billing.AccountBooks;
import io.trunkline.control.call.CallStore;
import io.trunkline.control.call.Calls;
import io.trunkline.control.events.EventLog;
import io.trunkline.control.events.UrlGuard;
import io.trunkline.control.speech.Voices;
import io.trunkline.control.store.ApiKeys;
import io.trunkline.control.store.CallPages;
import io.trunkline.control.store.CallQueries;
import io.trunkline.control.store.DeliveryQueries;
import io.trunkline.control.store.EventQueries;
import io.trunkline.control.store.IdempotencyStore;
import io.trunkline.control.store.Labels;
import io.trunkline.control.store.NodeEpoch;
import io.trunkline.control.store.RecordingStore;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.SealedSecrets;
import io.trunkline.control.store.Tenants;
import io.trunkline.control.store.UsageQueries;
import io.trunkline.control.store.WebhookLanes;
import io.trunkline.control.stream.StreamService;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The API, put together from its parts; listens once started. */
public final class ApiServer {
    private static final long PURGE_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final Parts parts;
    private final ApiDocument document = new ApiDocument();
    private final Sessions sessions;
    private final Auth auth;
    private final ScriptParser scripts;
    private final IdempotencyStore idempotency;

    /**
     * What the API needs from the rest of the house.
     *
     * @param wakeWebhooks called when a delivery is due again
     * @param perKey how many requests a key may make; empty: any number
     * @param storageAnswers false while what needs PostgreSQL is to be refused at once
     */
    public record Parts(
            Vertx vertx,
            Pool pool,
            SealedSecrets secrets,
            NodeEpoch node,
            Calls calls,
            EventLog events,
            Runnable wakeWebhooks,
            UrlGuard guard,
            StreamService streams,
            AudioFiles audio,
            AudioForms recordings,
            CallStore store,
            TrunkPort trunks,
            CallTraces traces,
            LinkSigner links,
            Voices voices,
            PrometheusMeterRegistry meters,
            List<HealthCheck> checks,
            SideRoutes beside,
            BooleanSupplier storageAnswers,
            Peers peers,
            Optional<RateLimit> perKey,
            Clock clock) {}

    public ApiServer(Parts parts) {
        this.parts = parts;
        this.sessions = new Sessions(parts.links(), parts.clock());
        this.auth = new Auth(new ApiKeys(parts.pool()), sessions, new FailedKeys(parts.meters()));
        this.scripts = new ScriptParser(parts.guard(), parts.audio(), parts.voices(), document.schemas());
        this.idempotency = new IdempotencyStore(parts.pool(), parts.node());
    }

    /** Also reads scripts that come from elsewhere, by the same rules. */
    public ScriptParser scripts() {
        return scripts;
    }

    /** Listens; completes with the port. */
    public Future<Integer> start(HttpConfig config) {
        AtomicInteger port = new AtomicInteger();
        parts.vertx().setPeriodic(PURGE_MILLIS, tick -> idempotency.purge());
        return parts.vertx()
                .deployVerticle(
                        () -> new ApiVerticle(config, this::handler, port::set, Limits.HEADER_WITHIN),
                        new DeploymentOptions().setInstances(config.eventLoops()))
                .map(deployed -> port.get());
    }

    private Handler<HttpServerRequest> handler(Vertx vertx) {
        Dispatcher dispatcher = new Dispatcher(
                vertx,
                document.schemas(),
                auth,
                parts.links(),
                new Idempotency(vertx, idempotency),
                parts.meters(),
                parts.storageAnswers(),
                parts.peers(),
                parts.perKey());
        Map<String, Operation> operations = operations(vertx);
        NativeApi api = new NativeApi(
                vertx,
                document,
                operations,
                auth,
                new Idempotency(vertx, idempotency),
                new CallPages(parts.pool()),
                new EventRoutes(vertx, parts.events(), new EventQueries(parts.pool())));
        return ApiRouter.create(
                vertx,
                document,
                operations,
                dispatcher,
                router -> parts.beside().mount(router, api));
    }

    private Map<String, Operation> operations(Vertx vertx) {
        Pool pool = parts.pool();
        CallQueries calls = new CallQueries(pool);
        EventQueries events = new EventQueries(pool);
        Map<String, Operation> all = new HashMap<>();
        all.putAll(calls(vertx, calls, events));
        all.putAll(new EventRoutes(vertx, parts.events(), events).operations());
        all.putAll(new DeliveryRoutes(
                        new DeliveryQueries(pool), new WebhookLanes(pool, parts.secrets()), parts.wakeWebhooks())
                .operations());
        all.putAll(new RecordingRoutes(
                        vertx, new RecordingStore(pool), calls, parts.recordings(), parts.links(), parts.clock())
                .operations());
        all.putAll(new InsightRoutes(
                        calls,
                        events,
                        parts.store(),
                        parts.traces(),
                        new Labels(pool),
                        new UsageQueries(pool),
                        parts.clock())
                .operations());
        all.putAll(configuration(vertx));
        all.putAll(new SessionRoutes(auth, sessions).operations());
        all.putAll(new VoiceRoutes(vertx, parts.voices()).operations());
        all.putAll(new SystemRoutes(document, parts.checks(), parts.meters()).operations());
        return all;
    }

    private Map<String, Operation> calls(Vertx vertx, CallQueries calls, EventQueries events) {
        Tenants tenants = new Tenants(parts.pool());
        CallRequests requests = new CallRequests(scripts, parts.clock());
        MediaReferences media = new MediaReferences(new ResourceStore(parts.pool(), parts.secrets()));
        Map<String, Operation> all = new HashMap<>();
        all.putAll(new CallRoutes(vertx, parts.calls(), calls, events, tenants, requests, media).operations());
        all.putAll(new ControlRoutes(vertx, parts.calls(), calls, scripts, media).operations());
        all.putAll(new StreamRoutes(parts.calls(), calls, parts.streams(), new StreamRequests(parts.guard()))
                .operations());
        return all;
    }

    private Map<String, Operation> configuration(Vertx vertx) {
        Pool pool = parts.pool();
        ResourceStore store = new ResourceStore(pool, parts.secrets());
        List<ResourceRules> kinds = List.of(
                new TrunkRules(parts.trunks()),
                new TenantRules.Accounts(),
                new TenantRules.Applications(scripts, parts.clock()),
                new TenantRules.Lines(),
                new TenantRules.Numbers(scripts),
                new TenantRules.Rates());
        Map<String, Operation> all = new HashMap<>();
        kinds.forEach(rules -> all.putAll(new ResourceRoutes(store, rules).operations()));
        all.putAll(new TrunkRoutes(store, parts.trunks()).operations());
        all.putAll(new KeyRoutes(new ApiKeys(pool), store, auth).operations());
        all.putAll(new MoneyRoutes(new AccountBooks(pool, parts.clock()), store).operations());
        all.putAll(new RateImport(store, document.schemas()).operations());
        all.putAll(new MediaRoutes(vertx, store, parts.audio(), new Tenants(pool)).operations());
        return all;
    }
}
