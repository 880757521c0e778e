package io.trunkline.control.http;

import io.trunkline.control.store.ResourceKind;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.TrunkStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Trunks: passwords and private keys are never shown again. */
final class TrunkRules implements ResourceRules {
    private static final String MASK = "********";

    private final TrunkPort trunks;

    TrunkRules(TrunkPort trunks) {
        this.trunks = trunks;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.TRUNK;
    }

    @Override
    public String noun() {
        return "Trunk";
    }

    @Override
    public Future<Void> check(JsonObject fields, Access access) {
        JsonArray ranges = fields.getJsonArray("allow_from", new JsonArray());
        for (int i = 0; i < ranges.size(); i++) {
            if (!Trunk.mayAllow(ranges.getString(i))) {
                throw Problem.invalid(
                        "allow_from[" + i + "]",
                        "must be an address, a range such as 203.0.113.0/24, a socket such as 203.0.113.5:5060 or a name such as tls:sip.example.net");
            }
        }
        fields.getJsonObject("headers", new JsonObject()).fieldNames().forEach(CallRequests::checkHeaderName);
        boolean registers = fields.getBoolean("register", false);
        if (registers && !fields.containsKey("auth")) {
            throw Problem.invalid("auth", "is required to register");
        }
        return Future.succeededFuture();
    }

    @Override
    public JsonObject takeSecrets(JsonObject fields, JsonObject before) {
        JsonObject secret = before.copy();
        take(fields.getJsonObject("auth"), "password", secret);
        take(fields.getJsonObject("tls"), "client_key_pem", secret);
        if (!fields.containsKey("auth")) {
            secret.remove("password");
        }
        return secret;
    }

    private static void take(@Nullable JsonObject holder, String field, JsonObject secret) {
        if (holder != null && holder.containsKey(field)) {
            String value = (String) holder.remove(field);
            if (!MASK.equals(value)) {
                secret.put(field, value);
            }
        }
    }

    @Override
    public void show(JsonObject shown, JsonObject secret) {
        if (secret.containsKey("password") && shown.getJsonObject("auth") != null) {
            shown.put("auth", shown.getJsonObject("auth").copy().put("password", MASK));
        }
        if (secret.containsKey("client_key_pem") && shown.getJsonObject("tls") != null) {
            shown.put("tls", shown.getJsonObject("tls").copy().put("client_key_pem", MASK));
        }
        shown.put("status", status(trunks.status(shown.getString("id"))));
    }

    static JsonObject status(TrunkStatus status) {
        return new JsonObject()
                .put("state", status.state().name().toLowerCase(Locale.ROOT))
                .put("registered", status.registered().orElse(null))
                .put("detail", status.detail());
    }

    @Override
    public Future<Void> changed() {
        return trunks.changed();
    }
}
