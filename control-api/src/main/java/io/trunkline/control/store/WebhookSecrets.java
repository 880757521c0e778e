package io.trunkline.control.store;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** An application's webhook secrets: after a change the old one stays valid for a day beside the new. */
public final class WebhookSecrets {
    private static final Duration OVERLAP = Duration.ofHours(24);

    private WebhookSecrets() {}

    public static List<String> live(JsonObject secret, OffsetDateTime now) {
        List<String> live = new ArrayList<>();
        if (secret.getString("webhook_secret") != null) {
            live.add(secret.getString("webhook_secret"));
        }
        String until = secret.getString("previous_until");
        if (until != null && OffsetDateTime.parse(until).isAfter(now)) {
            live.add(secret.getString("previous_webhook_secret"));
        }
        return live;
    }

    public static JsonObject rotate(JsonObject secret, String fresh, OffsetDateTime now) {
        String old = secret.getString("webhook_secret");
        JsonObject rotated = secret.copy().put("webhook_secret", fresh);
        return old == null || old.equals(fresh)
                ? rotated
                : rotated.put("previous_webhook_secret", old)
                        .put("previous_until", now.plus(OVERLAP).toString());
    }
}
