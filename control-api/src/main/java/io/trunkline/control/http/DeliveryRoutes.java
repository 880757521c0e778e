package io.trunkline.control.http;

import io.trunkline.control.store.DeliveryQueries;
import io.trunkline.control.store.Page;
import io.trunkline.control.store.WebhookLanes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** {@code /v1/webhook-deliveries}. */
final class DeliveryRoutes {
    private final DeliveryQueries queries;
    private final WebhookLanes lanes;
    private final Runnable wake;

    DeliveryRoutes(DeliveryQueries queries, WebhookLanes lanes, Runnable wake) {
        this.queries = queries;
        this.lanes = lanes;
        this.wake = wake;
    }

    Map<String, Operation> operations() {
        return Map.of("listDeliveries", this::list, "redeliver", this::redeliver);
    }

    private Future<Answer> list(Ask ask) {
        Page.Window window = Page.Window.of(ask.integer("limit", 50), ask.text("cursor"));
        return queries.list(ask.text("status"), ask.text("call_id"), ask.scope(), window)
                .map(page -> Answer.ok(page.json()));
    }

    private Future<Answer> redeliver(Ask ask) {
        return lanes.redeliver(ask.id(), ask.scope()).map(found -> {
            if (!found) {
                throw Problem.notFound();
            }
            wake.run();
            return Answer.accepted(new JsonObject().put("id", ask.id()).put("status", "pending"));
        });
    }
}
