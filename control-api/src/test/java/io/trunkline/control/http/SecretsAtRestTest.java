package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever reads the database, or a copy of it, finds nobody's password, webhook secret or key. */
class SecretsAtRestTest {
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void noTableHoldsASecretThatWasGivenOrMade() {
        JsonObject trunk = new JsonObject()
                .put("name", "carrier")
                .put("hosts", new JsonArray().add(new JsonObject().put("host", "sip.example.com")))
                .put("auth", new JsonObject().put("username", "u").put("password", "sip-password-of-a-trunk"))
                .put("tls", new JsonObject().put("client_key_pem", "client-key-of-a-trunk"));
        create("/v1/trunks", trunk);
        JsonObject given = new JsonObject().put("name", "given").put("webhook_secret", "webhook-secret-that-was-given");
        create("/v1/applications", given.copy().put("account_id", api.owner().accountId()));
        ApiFixture.Reply made = create(
                "/v1/applications",
                new JsonObject()
                        .put("name", "made")
                        .put("account_id", api.owner().accountId()));
        ApiFixture.Reply key = create(
                "/v1/applications/" + made.json().getString("id") + "/keys", new JsonObject().put("name", "a key"));

        String all = everything();
        assertThat(all).as("what is no secret").contains("sip.example.com", "\"given\"");
        assertThat(all)
                .doesNotContain("sip-password-of-a-trunk", "client-key-of-a-trunk", "webhook-secret-that-was-given")
                .doesNotContain(made.json().getString("webhook_secret"))
                .doesNotContain(key.json().getString("key"))
                .doesNotContain(TestStorage.API_KEY, TestStorage.ADMIN_KEY)
                .doesNotContain("whsec_");
    }

    private static ApiFixture.Reply create(String path, JsonObject body) {
        ApiFixture.Reply made =
                api.post(path, body, TestStorage.ADMIN_KEY, "Idempotency-Key", "once " + body.getString("name"));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        return made;
    }

    /** Every row of every table, as text. */
    private static String everything() {
        StringBuilder all = new StringBuilder();
        for (Row table : api.storage().query("select tablename from pg_tables where schemaname = 'public'")) {
            List<Row> rows = api.storage()
                    .query("select row_to_json(t)::text as row from " + table.getString("tablename") + " t");
            rows.forEach(row -> all.append(row.getString("row")).append('\n'));
        }
        return all.toString();
    }
}
