package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.RunningServer;
import io.trunkline.control.store.DatabaseUrl;
import io.trunkline.control.store.EmbeddedPostgres;
import io.trunkline.control.store.TcpRelay;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away: every dialect says so in its own words, on the paths that several share, too. */
class DialectOutageTest {
    private static final long FORGOTTEN_SECONDS = 6;

    @TempDir
    Path folder;

    private record Spoken(Customer customer, String path, JsonObject call, int status) {
        Lab.Reply send() {
            return customer.post(path, call);
        }
    }

    @Test
    void eachDialectSaysInItsOwnWordsThatThisSideFailed() throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("database"));
        try (TcpRelay relay = new TcpRelay(postgres.url().port());
                Lab lab = new Lab(folder, Map.of("TRUNKLINE_DATABASE_URL", url(postgres.url(), relay.port())))) {
            List<Spoken> clients = clients(lab);
            for (Spoken client : clients) {
                assertThat(client.send().status()).isIn(200, 201);
            }
            relay.target(0);
            postgres.close();
            for (Spoken client : clients) {
                RunningServer.await("it is said", () -> client.send().status() == client.status());
                wordsOf(client, client.send());
            }
            TimeUnit.SECONDS.sleep(FORGOTTEN_SECONDS); // by now no key is believed any more without asking
            for (Spoken client : clients) {
                wordsOf(client, client.send());
            }
            String metrics = lab.send("GET", "/metrics", "", "Authorization", "Bearer " + RunningServer.ADMIN_KEY)
                    .raw()
                    .body();
            assertThat(metrics)
                    .contains("trunkline_dialect_requests_total{dialect=\"minivoice\",status=\"201\"} 1.0")
                    .contains("trunkline_dialect_requests_total{dialect=\"minivoice\",status=\"500\"}")
                    .contains("trunkline_dialect_requests_total{dialect=\"wavix\",status=\"503\"}");
        } finally {
            postgres.close();
        }
    }

    private static List<Spoken> clients(Lab lab) {
        JsonObject call = new JsonObject().put("from", "+15551230001").put("to", "+15550100003");
        Customer cawme = lab.customer("cawme");
        cawme.line("inst_1", false);
        Customer ryze = lab.customer("ryze");
        ryze.line("sales", false);
        return List.of(
                new Spoken(lab.customer("minivoice"), "/v1/calls", call, 500),
                new Spoken(
                        cawme,
                        "/api/v1/calls",
                        new JsonObject()
                                .put("instanceId", "inst_1")
                                .put("type", "FIXED_TTS")
                                .put("target", new JsonObject().put("phoneNumber", "+15550100003"))
                                .put("tts", new JsonObject().put("text", "Hello")),
                        503),
                new Spoken(lab.customer("wavix"), "/v1/calls", call, 503),
                new Spoken(ryze, "/api/call/fake/sales", new JsonObject().put("number", "15550100003"), 500));
    }

    private static void wordsOf(Spoken client, Lab.Reply refused) {
        assertThat(refused.status()).as(refused.raw().body()).isEqualTo(client.status());
        switch (client.customer().dialect()) {
            case "minivoice" -> {
                assertThat(refused.json().fieldNames()).containsExactly("error");
                assertThat(refused.error().getString("code")).isEqualTo("internal_error");
                assertThat(refused.error().getString("message")).isNotBlank();
            }
            case "cawme" -> assertThat(refused.error().getString("message")).isNotBlank();
            case "wavix" -> assertThat(refused.json().getBoolean("success")).isFalse();
            default -> {
                assertThat(refused.json().fieldNames()).containsExactly("success", "error");
                assertThat(refused.error().fieldNames()).containsExactly("message");
            }
        }
    }

    private static String url(DatabaseUrl url, int port) {
        return "postgresql://" + url.user() + ":" + url.password().orElseThrow().value() + "@127.0.0.1:" + port + "/"
                + url.database() + "?sslmode=disable";
    }
}
