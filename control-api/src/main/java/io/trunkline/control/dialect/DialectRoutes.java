package io.trunkline.control.dialect;

import io.trunkline.control.http.Answer;
import io.trunkline.control.http.NativeApi;
import io.trunkline.control.http.Problem;
import io.trunkline.control.http.SideRoutes;
import io.trunkline.control.store.Principal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the dialects beside our own API: all of each under {@code /compat/<name>}, the paths that are theirs alone as
 * they are, and the paths that several have for keys of that dialect; any other key finds our own API there.
 */
final class DialectRoutes implements SideRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(DialectRoutes.class);

    private static final int KNOWN = 10_000;

    private final List<Dialect> dialects;
    private final RequestCounter counter;

    /** What each key spoke last, by its hash: when nobody can be asked any more, it is still refused in its own words. */
    private final Map<String, String> spoke = new ConcurrentHashMap<>();

    DialectRoutes(List<Dialect> dialects, RequestCounter counter) {
        this.dialects = dialects;
        this.counter = counter;
    }

    /** A path of one of the dialects that have it. */
    private record Spoken(Dialect dialect, Endpoint endpoint) {}

    @Override
    public void mount(Router router, NativeApi api) {
        Map<String, Map<String, Spoken>> shared = new LinkedHashMap<>();
        for (Dialect dialect : dialects) {
            for (Endpoint endpoint : dialect.endpoints()) {
                Spoken spoken = new Spoken(dialect, endpoint);
                mount(router, api, spoken, "/compat/" + dialect.name() + endpoint.path());
                if (endpoint.shared()) {
                    shared.computeIfAbsent(endpoint.method() + " " + endpoint.path(), path -> new HashMap<>())
                            .put(dialect.name(), spoken);
                } else {
                    mount(router, api, spoken, endpoint.path());
                }
            }
            router.route("/compat/" + dialect.name() + "/*")
                    .handler(context -> refuse(context, api, dialect, Problem.notFound()));
        }
        shared.values().forEach(byName -> mountShared(router, api, byName));
    }

    private void mount(Router router, NativeApi api, Spoken spoken, String path) {
        router.route(spoken.endpoint().method(), path).handler(context -> {
            context.request().pause();
            principal(api, spoken.dialect(), context.request())
                    .onSuccess(who -> serve(context, api, spoken, who))
                    .onFailure(failure -> refuse(context, api, spoken.dialect(), failure));
        });
    }

    /** A key that speaks none of these dialects, or is none, goes on to our own API. */
    private void mountShared(Router router, NativeApi api, Map<String, Spoken> byName) {
        Spoken any = byName.values().iterator().next();
        router.route(any.endpoint().method(), any.endpoint().path()).handler(context -> {
            context.request().pause();
            principal(api, any.dialect(), context.request())
                    .onSuccess(who -> {
                        remember(any.dialect(), context.request(), who);
                        who.dialect()
                                .map(byName::get)
                                .ifPresentOrElse(spoken -> serve(context, api, spoken, who), context::next);
                    })
                    .onFailure(failure -> remembered(any.dialect(), context.request())
                            .map(byName::get)
                            .ifPresentOrElse(spoken -> refuse(context, api, spoken.dialect(), failure), context::next));
        });
    }

    private void remember(Dialect any, HttpServerRequest request, Principal who) {
        if (spoke.size() >= KNOWN) {
            spoke.clear();
        }
        any.key(request)
                .ifPresent(key ->
                        spoke.put(WireId.derived("key", key), who.dialect().orElse("")));
    }

    private Optional<String> remembered(Dialect any, HttpServerRequest request) {
        return any.key(request).map(key -> spoke.get(WireId.derived("key", key)));
    }

    private static Future<Principal> principal(NativeApi api, Dialect dialect, HttpServerRequest request) {
        Optional<String> key = dialect.key(request);
        if (key.isEmpty()) {
            return Future.failedFuture(Problem.of(401, "unauthorized", "No key was given."));
        }
        return api.authenticate(request, key.get()).map(who -> {
            dialect.check(request, who);
            return who;
        });
    }

    private void serve(RoutingContext context, NativeApi api, Spoken spoken, Principal who) {
        Principal speaker = who.speaking(spoken.dialect().name());
        api.read(context.request(), spoken.endpoint().audio())
                .compose(sent -> spoken.endpoint()
                        .work()
                        .apply(new Request(api, context, speaker, new Fields(sent.body()), sent.bytes())))
                .onSuccess(answer -> {
                    counter.count(spoken.dialect(), answer);
                    api.write(context, answer);
                    if (!(answer instanceof Answer.Direct)) {
                        context.request().resume();
                    }
                })
                .onFailure(failure -> refuse(context, api, spoken.dialect(), failure));
    }

    private void refuse(RoutingContext context, NativeApi api, Dialect dialect, Throwable failure) {
        Problem problem = Problem.of(failure);
        if (problem.status() == 500) {
            LOG.error("{} {} failed", dialect.name(), context.request().path(), failure);
        }
        problem.retryAfter()
                .ifPresent(wait ->
                        context.response().putHeader("Retry-After", String.valueOf(Math.max(1, wait.toSeconds()))));
        Answer answer = dialect.error(problem);
        counter.count(dialect, answer);
        api.write(context, answer);
        api.drain(context.request(), problem);
    }
}
