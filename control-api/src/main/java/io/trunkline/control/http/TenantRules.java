package io.trunkline.control.http;

import io.trunkline.control.store.ApiKeys;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.WebhookSecrets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Accounts, applications, lines, numbers and rates: what each needs beyond the document. */
final class TenantRules {
    private TenantRules() {}

    static final class Accounts implements ResourceRules {
        @Override
        public ResourceKind kind() {
            return ResourceKind.ACCOUNT;
        }

        @Override
        public String noun() {
            return "Account";
        }

        @Override
        public boolean operatorsAlone() {
            return true;
        }

        @Override
        public Future<Void> check(JsonObject fields, Access access) {
            JsonObject quiet = fields.getJsonObject("quiet_hours");
            if (quiet != null) {
                try {
                    LocalTime.parse(quiet.getString("from"));
                    LocalTime.parse(quiet.getString("until"));
                    ZoneId.of(quiet.getString("zone", "UTC"));
                } catch (DateTimeException wrong) {
                    throw Problem.invalid(
                            "quiet_hours",
                            "must be like {\"from\": \"22:00\", \"until\": \"07:00\","
                                    + " \"zone\": \"Europe/London\"}");
                }
            }
            return Future.succeededFuture();
        }

        @Override
        public void show(JsonObject shown, JsonObject secret) {
            defaulted(shown, "currency", "USD");
            defaulted(shown, "prepaid", false);
            defaulted(shown, "limits", new JsonObject());
            defaulted(shown, "caller_ids", "own");
        }
    }

    static final class Applications implements ResourceRules {
        private final ScriptParser scripts;
        private final InstantSource clock;

        Applications(ScriptParser scripts, InstantSource clock) {
            this.scripts = scripts;
            this.clock = clock;
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.APPLICATION;
        }

        @Override
        public String noun() {
            return "Application";
        }

        @Override
        public Future<Void> check(JsonObject fields, Access access) {
            for (String field : List.of("callback_url", "answer_url", "fallback_url")) {
                if (fields.getString(field) != null) {
                    scripts.url(fields.getString(field), field);
                }
            }
            return Future.succeededFuture();
        }

        /** A new secret leaves the old one valid for a day. */
        @Override
        public JsonObject takeSecrets(JsonObject fields, JsonObject before) {
            String given = (String) fields.remove("webhook_secret");
            if (given == null && before.containsKey("webhook_secret")) {
                return before;
            }
            String secret = given == null ? ApiKeys.random().replace("tk_", "whsec_") : given;
            return WebhookSecrets.rotate(before, secret, clock.instant().atOffset(ZoneOffset.UTC));
        }

        @Override
        public void reveal(JsonObject shown, JsonObject secret) {
            shown.put("webhook_secret", secret.getString("webhook_secret"));
        }
    }

    static final class Lines implements ResourceRules {
        @Override
        public ResourceKind kind() {
            return ResourceKind.LINE;
        }

        @Override
        public String noun() {
            return "Line";
        }

        @Override
        public Future<Void> check(JsonObject fields, Access access) {
            return fields.getString("trunk") == null
                    ? Future.succeededFuture()
                    : access.reference(ResourceKind.TRUNK, fields, "trunk").mapEmpty();
        }
    }

    static final class Numbers implements ResourceRules {
        private final ScriptParser scripts;

        Numbers(ScriptParser scripts) {
            this.scripts = scripts;
        }

        @Override
        public ResourceKind kind() {
            return ResourceKind.NUMBER;
        }

        @Override
        public String noun() {
            return "Number";
        }

        @Override
        public String name(JsonObject fields) {
            return fields.getString("number");
        }

        @Override
        public boolean named() {
            return false;
        }

        @Override
        public Future<Void> check(JsonObject fields, Access access) {
            if (fields.getString("answer_url") != null) {
                scripts.url(fields.getString("answer_url"), "answer_url");
            }
            if (fields.getJsonArray("script") != null) {
                scripts.verbs(fields.getJsonArray("script"), "script");
            }
            if (fields.getString("application_id") == null) {
                return Future.succeededFuture();
            }
            return access.reference(ResourceKind.APPLICATION, fields, "application_id")
                    .onSuccess(id -> fields.put("application_id", id))
                    .mapEmpty();
        }
    }

    static final class Rates implements ResourceRules {
        @Override
        public ResourceKind kind() {
            return ResourceKind.RATE;
        }

        @Override
        public String noun() {
            return "Rate";
        }

        /** One price a prefix and currency. */
        @Override
        public String name(JsonObject fields) {
            String inbound = fields.getString("direction", "outbound").equals("inbound") ? " inbound" : "";
            return fields.getString("currency", "USD") + " " + fields.getString("prefix") + inbound;
        }

        @Override
        public boolean named() {
            return false;
        }

        @Override
        public void show(JsonObject shown, JsonObject secret) {
            defaulted(shown, "direction", "outbound");
            defaulted(shown, "connection_fee", "0");
            defaulted(shown, "first_increment", 1);
            defaulted(shown, "next_increment", 1);
            defaulted(shown, "currency", "USD");
        }
    }

    private static void defaulted(JsonObject shown, String field, Object value) {
        if (!shown.containsKey(field)) {
            shown.put(field, value);
        }
    }
}
