package io.trunkline.control.http;

import static io.trunkline.control.store.TestStorage.ADMIN_KEY;
import static io.trunkline.control.store.TestStorage.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.TrunkBook;
import io.trunkline.control.http.ApiFixture.Reply;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.TestStorage;
import io.trunkline.control.store.TrunkJson;
import io.trunkline.media.Codec;
import io.trunkline.media.DtmfMode;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.sip.Trunk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConfigurationApiTest {
    private static ApiFixture api;
    private static int names;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void keepsATrunkAsSignallingMediaAndLimitsNeedIt() {
        JsonObject body = new JsonObject("""
                {"name": "carrier", "hosts": [{"host": "sip.example.com", "port": 5061, "transport": "tls",
                   "priority": 5, "weight": 7}, {"host": "192.0.2.1"}],
                 "auth": {"username": "u", "password": "secret-word", "realm": "r"}, "challenge": true,
                 "register": true, "proxy": {"host": "proxy.example.com"}, "prefixes": ["+44"], "priority": 3,
                 "allow_from": ["203.0.113.0/24"], "codecs": ["opus", "PCMA"], "dtmf": "info", "srtp": "sdes",
                 "session_timer": {"enabled": false, "expires": 600}, "options_ping_seconds": 20,
                 "identity": {"from_user": "me", "p_asserted_identity": true}, "headers": {"X-Partner": "7"},
                 "profile": "plain", "cps": 5, "channels": 30,
                 "number_format": {"plus": false, "strip": 2, "prefix": "00"},
                 "tls": {"client_key_pem": "KEY", "server_name": "x.example.com"}}
                """);
        Reply made = api.post("/v1/trunks", body, ADMIN_KEY);
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        assertThat(made.raw().body()).doesNotContain("secret-word").doesNotContain("KEY\"");

        TrunkBook.Entry entry = TestStorage.await(
                        new ResourceStore(api.storage().pool(), api.storage().secrets())
                                .find(ResourceKind.TRUNK, "carrier", Optional.empty()))
                .map(TrunkJson::entry)
                .orElseThrow();
        Trunk trunk = entry.trunk();
        assertThat(trunk.hosts())
                .containsExactly(
                        new Trunk.Host("sip.example.com", 5061, Trunk.Transport.TLS, 5, 7),
                        new Trunk.Host("192.0.2.1", 0, Trunk.Transport.UDP, 1, 1));
        assertThat(trunk.auth()).contains(new Trunk.Auth("u", "secret-word", Optional.of("r")));
        assertThat(trunk.challenge()).isTrue();
        assertThat(trunk.register()).isTrue();
        assertThat(trunk.prefixes()).containsExactly("+44");
        assertThat(trunk.allowFrom()).containsExactly("203.0.113.0/24");
        assertThat(trunk.identity().fromUser()).contains("me");
        assertThat(trunk.numberFormat()).isEqualTo(new Trunk.NumberFormat(false, 2, "00"));
        assertThat(trunk.sessionTimer().enabled()).isFalse();
        assertThat(trunk.optionsPing()).isEqualTo(Duration.ofSeconds(20));
        assertThat(trunk.tls().clientKeyPem()).contains("KEY");
        assertThat(entry.media())
                .isEqualTo(new TrunkBook.Media(List.of(Codec.OPUS, Codec.PCMA), DtmfMode.INFO, SrtpPolicy.SDES));
        assertThat(entry.limit().cps()).isEqualTo(OptionalInt.of(5));
        assertThat(entry.accountId()).isEmpty();

        String path = "/v1/trunks/" + made.json().getString("id");
        Reply changed = api.call(
                "PATCH", path, ADMIN_KEY, new JsonObject().put("priority", 9).putNull("cps"));
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
        assertThat(changed.json().containsKey("cps")).isFalse();
        Trunk after = TestStorage.await(
                        new ResourceStore(api.storage().pool(), api.storage().secrets())
                                .find(ResourceKind.TRUNK, "carrier", Optional.empty()))
                .map(TrunkJson::entry)
                .orElseThrow()
                .trunk();
        assertThat(after.priority()).isEqualTo(9);
        assertThat(after.auth().orElseThrow().password()).isEqualTo("secret-word");
        assertThat(api.get(path + "/status").json().getString("state")).isEqualTo("unknown");
        JsonObject probe =
                api.post(path + "/probe", new JsonObject(), ADMIN_KEY).json();
        assertThat(probe.getString("state")).isEqualTo("unknown");
        assertThat(probe.getString("summary")).isEqualTo("It answers.");
        assertThat(probe.getJsonArray("advice")).hasSize(1);
        assertThat(probe.getJsonArray("steps").getJsonObject(0).getString("test"))
                .isEqualTo("options");
        assertThat(api.call("DELETE", path, ADMIN_KEY, new JsonObject()).status())
                .isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void refusesATrunkThatCannotBe() {
        for (String wrong : new String[] {
            "{\"name\": \"x\"}",
            "{\"name\": \"x\", \"hosts\": []}",
            "{\"name\": \"x\", \"hosts\": [{\"host\": \"a b\"}]}",
            "{\"name\": \"x\", \"hosts\": [{\"host\": \"a\\r\\nb\"}]}",
            "{\"name\": \"x\", \"hosts\": [{\"host\": \"a\", \"port\": 70000}]}",
            "{\"name\": \"x\", \"hosts\": [{\"host\": \"a\"}], \"allow_from\": [\"example.com\"]}",
            "{\"name\": \"x\", \"hosts\": [{\"host\": \"a\"}], \"register\": true}",
            "{\"name\": \"x\", \"hosts\": [{\"host\": \"a\"}], \"headers\": {\"Via\": \"x\"}}",
            "{\"name\": \"x\", \"hosts\": [{\"host\": \"a\"}], \"colour\": 1}"
        }) {
            Reply reply = api.post("/v1/trunks", new JsonObject(wrong), ADMIN_KEY);
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("invalid_request");
        }
    }

    @Test
    void refusesAChangeThatCrossesAnother() {
        JsonObject trunk = host("crossed");
        Reply made = api.post("/v1/trunks", trunk, ADMIN_KEY);
        String path = "/v1/trunks/" + made.json().getString("id");
        String tag = made.header("ETag");
        assertThat(api.send(api.request(path, ADMIN_KEY)
                                .header("If-Match", tag)
                                .method("PATCH", BodyPublishers.ofString("{\"priority\": 1}")))
                        .status())
                .isEqualTo(200);
        assertThat(api.send(api.request(path, ADMIN_KEY)
                                .header("If-Match", tag)
                                .method("PATCH", BodyPublishers.ofString("{\"priority\": 2}")))
                        .code())
                .isEqualTo("conflict");
        assertThat(api.post("/v1/trunks", trunk, ADMIN_KEY).code()).isEqualTo("conflict");
    }

    @Test
    void bringsUpATenantFromAccountToKey() {
        JsonObject account = api.post(
                        "/v1/accounts",
                        new JsonObject()
                                .put("name", "acme")
                                .put("currency", "EUR")
                                .put("prepaid", true)
                                .put("limits", new JsonObject().put("cps", 5).put("spend_day", "10.00")),
                        ADMIN_KEY)
                .json();
        JsonObject application = api.post(
                        "/v1/applications",
                        new JsonObject().put("account_id", "acme").put("name", "dialer"),
                        ADMIN_KEY)
                .json();
        assertThat(application.getString("account_id")).isEqualTo(account.getString("id"));
        assertThat(application.getString("webhook_secret")).startsWith("whsec_");
        String keys = "/v1/applications/" + application.getString("id") + "/keys";
        Reply key = api.post(
                keys,
                new JsonObject()
                        .put("name", "k")
                        .put("scopes", new JsonArray().add("read").add("write")),
                ADMIN_KEY,
                "Idempotency-Key",
                "key-1");
        assertThat(key.status()).isEqualTo(201);
        String secret = key.json().getString("key");
        Reply again = api.post(
                keys,
                new JsonObject()
                        .put("name", "k")
                        .put("scopes", new JsonArray().add("read").add("write")),
                ADMIN_KEY,
                "Idempotency-Key",
                "key-1");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.json().getString("key")).isNotEqualTo(secret);

        Reply call = api.post("/v1/calls", new JsonObject().put("to", "+15550100001"), secret);
        assertThat(call.status()).isEqualTo(201);
        assertThat(call.json().getString("application_id")).isEqualTo(application.getString("id"));
        assertThat(api.send(api.request("/v1/trunks", secret).POST(BodyPublishers.ofString("{}")))
                        .code())
                .isEqualTo("forbidden");

        assertThat(api.post(
                                "/v1/accounts/acme/credits",
                                new JsonObject().put("amount", "12.5").put("note", "first"),
                                ADMIN_KEY)
                        .status())
                .isEqualTo(201);
        JsonObject balance = api.call("GET", "/v1/accounts/acme/balance", secret, new JsonObject())
                .json();
        assertThat(balance.getString("balance")).isEqualTo("12.5");
        assertThat(balance.getString("currency")).isEqualTo("EUR");
        assertThat(api.call("GET", "/v1/accounts/acme/ledger", secret, new JsonObject())
                        .json()
                        .getJsonArray("items"))
                .hasSize(1);

        String keyId = key.json().getString("id");
        assertThat(api.call("DELETE", keys + "/" + keyId, ADMIN_KEY, new JsonObject())
                        .status())
                .isEqualTo(204);
        assertThat(api.call("GET", "/v1/calls", secret, new JsonObject()).status())
                .isEqualTo(401);
    }

    @Test
    void keepsLinesNumbersAndRates() {
        api.post("/v1/trunks", host("for-lines"), ADMIN_KEY);
        Reply line = api.post(
                "/v1/lines",
                new JsonObject()
                        .put("name", "sales")
                        .put("number", "+15550100000")
                        .put("trunk", "for-lines")
                        .put("exclusive", true),
                ADMIN_KEY);
        assertThat(line.status()).as(line.raw().body()).isEqualTo(201);
        assertThat(line.json().getString("account_id")).isEqualTo(api.owner().accountId());
        assertThat(api.get("/v1/lines/sales").json().getBoolean("exclusive")).isTrue();
        assertThat(api.post("/v1/lines", new JsonObject().put("name", "x").put("trunk", "nowhere"), ADMIN_KEY)
                        .code())
                .isEqualTo("invalid_request");

        JsonObject number = new JsonObject()
                .put("number", "+15550199999")
                .put("script", new JsonArray().add(new JsonObject().put("say", "Welcome")));
        assertThat(api.post("/v1/numbers", number, ADMIN_KEY).status()).isEqualTo(201);
        assertThat(api.post("/v1/numbers", number, ADMIN_KEY).code()).isEqualTo("conflict");
        number.put("number", "+15550199998").put("reject", new JsonObject());
        assertThat(api.post("/v1/numbers", number, ADMIN_KEY).code()).isEqualTo("invalid_request");

        assertThat(api.post("/v1/rates", new JsonObject().put("prefix", "+44").put("per_minute", "0.01"), ADMIN_KEY)
                        .status())
                .isEqualTo(201);
        Reply imported = api.send(api.request("/v1/rates/import", ADMIN_KEY)
                .setHeader("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(
                        "prefix,per_minute,connection_fee,first_increment\n+44,0.02,0.01,30\n+1,0.005,,\n")));
        assertThat(imported.status()).as(imported.raw().body()).isEqualTo(200);
        JsonArray rates =
                api.call("GET", "/v1/rates", ADMIN_KEY, new JsonObject()).json().getJsonArray("items");
        assertThat(rates.stream()
                        .map(JsonObject.class::cast)
                        .filter(rate -> rate.getString("prefix").equals("+44"))
                        .map(rate -> rate.getString("per_minute") + "/" + rate.getInteger("first_increment")))
                .containsExactly("0.02/30");
        Reply wrong = api.send(api.request("/v1/rates/import", ADMIN_KEY)
                .setHeader("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("prefix,per_minute\n+33,0.01\n+34,cheap\n")));
        assertThat(wrong.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("line 3.per_minute");
    }

    @Test
    void addsUpUsageAndTellsWhyACallWentAsItDid() {
        String id = api.post("/v1/calls", "{\"to\": \"+15550100001\"}").json().getString("id");
        api.call("DELETE", "/v1/calls/" + id, API_KEY, new JsonObject());
        JsonObject day =
                api.get("/v1/usage?group_by=month").json().getJsonArray("items").getJsonObject(0);
        assertThat(day.getInteger("calls")).isPositive();
        assertThat(day.getString("cost")).isEqualTo("0");
        assertThat(api.get("/v1/calls/" + id + "/diagnosis").json().getJsonArray("findings"))
                .isNotEmpty();
        assertThat(api.get("/v1/calls/" + id + "/trace").json().getJsonArray("items"))
                .hasSize(1);
        assertThat(api.get("/v1/calls/" + id + "/trace?format=text").raw().body())
                .contains("INVITE");
        assertThat(api.get("/v1/calls/" + id + "/trace?format=pcap").header("Content-Type"))
                .isEqualTo("application/vnd.tcpdump.pcap");
        assertThat(api.call("PUT", "/v1/calls/" + id + "/amd-label", API_KEY, new JsonObject().put("label", "human"))
                        .status())
                .isEqualTo(200);
        JsonObject labelled =
                api.get("/v1/amd-labels").json().getJsonArray("items").getJsonObject(0);
        assertThat(labelled.getString("call_id")).isEqualTo(id);
        assertThat(labelled.getString("label")).isEqualTo("human");
        assertThat(labelled.fieldNames()).contains("trunk", "amd", "recordings", "note");
    }

    private static JsonObject host(String name) {
        return new JsonObject()
                .put("name", name)
                .put("hosts", new JsonArray().add(new JsonObject().put("host", "192.0.2." + ++names)));
    }
}
