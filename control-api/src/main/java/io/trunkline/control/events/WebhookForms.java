package io.trunkline.control.events;

import io.trunkline.control.store.WebhookLanes.Head;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How an event is written for its receiver: our own way, or another API's. */
@FunctionalInterface
public interface WebhookForms {
    WebhookForms NATIVE = (head, now) -> Optional.of(new Letter(head.body(), headers(head, now, head.body())));

    /** What is sent; empty when this receiver's API knows no such event. The same event gives the same body again. */
    Optional<Letter> write(Head head, Instant now);

    record Letter(String body, Map<String, String> headers) {}

    /** Ours, which every delivery carries whatever its words. */
    static Map<String, String> headers(Head head, Instant now, String body) {
        return Map.of(
                "Trunkline-Event", head.eventType(),
                "Trunkline-Delivery", head.id(),
                "Trunkline-Signature", Signature.of(head.secrets(), now, body));
    }
}
