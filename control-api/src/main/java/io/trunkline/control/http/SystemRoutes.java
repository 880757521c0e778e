package io.trunkline.control.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Health, figures and the document itself. */
final class SystemRoutes {
    private static final long PATIENCE_MILLIS = 1_000;

    private final List<HealthCheck> checks;
    private final PrometheusMeterRegistry meters;
    private final String openapi;
    private final String docs;

    SystemRoutes(ApiDocument document, List<HealthCheck> checks, PrometheusMeterRegistry meters) {
        this.checks = List.copyOf(checks);
        this.meters = meters;
        this.openapi = document.json().encode();
        this.docs = DocsPage.render(document);
    }

    Map<String, Operation> operations() {
        return Map.of(
                "live", ask -> Future.succeededFuture(Answer.ok(new JsonObject().put("status", "up"))),
                "ready", ask -> ready(),
                "metrics", ask -> text("text/plain; version=0.0.4; charset=utf-8", meters.scrape()),
                "openapi", ask -> text("application/json", openapi),
                "docs", ask -> text("text/html; charset=utf-8", docs));
    }

    private Future<Answer> ready() {
        List<Future<Optional<String>>> answers = new ArrayList<>();
        for (HealthCheck check : checks) {
            answers.add(check.complaint()
                    .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .otherwise(failure -> Optional.of("no answer")));
        }
        return Future.join(answers).map(all -> {
            JsonArray list = new JsonArray();
            boolean up = true;
            for (int i = 0; i < checks.size(); i++) {
                Optional<String> complaint = answers.get(i).result();
                up &= complaint.isEmpty();
                list.add(new JsonObject()
                        .put("name", checks.get(i).name())
                        .put("status", complaint.isEmpty() ? "up" : "down")
                        .put("detail", complaint.orElse(null)));
            }
            return Answer.json(
                    up ? 200 : 503,
                    new JsonObject().put("status", up ? "up" : "degraded").put("checks", list));
        });
    }

    private static Future<Answer> text(String type, String body) {
        return Future.succeededFuture(new Answer.Text(200, type, body, Map.of()));
    }
}
