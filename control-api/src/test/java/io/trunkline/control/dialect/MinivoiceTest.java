package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.RunningServer;
import io.trunkline.control.events.Signature;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** minivoice's documented requests and errors, on the whole program. */
@ExtendWith(Lab.Door.class)
class MinivoiceTest {
    private static final String DOCUMENTED = """
            {
            "from": "+15551230001",
            "to": "+15551230002",
            "metadata": {
            "campaign": "dev"
            },
            "record": true
            }
            """;

    private static Lab lab;

    @BeforeAll
    static void open(Lab server) {
        lab = server;
    }

    @Test
    void theDocumentedRequestIsDialledAnsweredAndToldInOrder() {
        Customer customer = lab.customer("minivoice");
        Lab.Reply placed = customer.post("/v1/calls", DOCUMENTED);
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(201);
        JsonObject call = placed.json();
        assertThat(call.fieldNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "status",
                        "direction",
                        "from",
                        "to",
                        "application_id",
                        "customer_id",
                        "provider_call_id",
                        "answer_url",
                        "metadata",
                        "created_at",
                        "route_mode",
                        "routing_target",
                        "dialing_at");
        assertThat(call.getString("id")).startsWith("call_");
        assertThat(call.getString("status")).isEqualTo("dialing");
        assertThat(call.getString("dialing_at")).isNotNull();
        assertThat(call.getString("direction")).isEqualTo("outbound");
        assertThat(call.getString("application_id")).isEqualTo(customer.application());
        assertThat(call.getString("customer_id")).isEqualTo(customer.account());
        assertThat(call.getJsonObject("metadata"))
                .isEqualTo(new JsonObject().put("campaign", "dev").put("record", true));

        customer.hooks().await(told -> told.getString("event").equals("call.answered"));
        assertThat(customer.get("/v1/calls/" + call.getString("id")).json().getString("status"))
                .isEqualTo("answered");
        customer.delete("/v1/calls/" + call.getString("id"));
        List<Hooks.Told> told =
                customer.hooks().await(event -> event.getString("event").equals("recording.completed"));
        assertThat(customer.hooks().each(event -> event.getString("event")))
                .containsExactly(
                        "call.created", "call.answered", "recording.started", "call.completed", "recording.completed");
        for (Hooks.Told one : told) {
            assertThat(one.json().fieldNames()).isEqualTo(Set.of("event", "created_at", "call", "variables", "data"));
            assertThat(one.json().getJsonObject("call").fieldNames())
                    .contains("id", "customer_id", "application_id", "status", "direction", "from", "to")
                    .contains("provider_call_id", "route_mode", "routing_target");
            assertThat(one.json().getJsonObject("call").getString("id")).isEqualTo(call.getString("id"));
            String event = one.json().getString("event");
            assertThat(one.json().getJsonObject("data").getString("event_key"))
                    .matches(call.getString("id") + ":" + event + (event.startsWith("call.") ? "" : ":\\d+"));
            String timestamp = one.headers().getFirst("X-MiniVoice-Timestamp");
            assertThat(one.headers().getFirst("X-MiniVoice-Signature"))
                    .isEqualTo("v1=" + Signature.hmac(customer.secret(), timestamp + "." + one.raw()));
        }
    }

    @Test
    void theRealRequestOfTheDocumentIsPlacedForTheKeysOwnApplicationWhateverItNames() {
        Customer customer = lab.customer("minivoice");
        Lab.Reply placed = customer.post("/v1/calls", """
                {
                "from": "+15551230001",
                "to": "+15551230002",
                "record": true,
                "application_id": "app_of_somebody_else",
                "colour": 7
                }
                """);
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(201);
        assertThat(placed.json().getString("application_id")).isEqualTo(customer.application());
        assertThat(placed.json().getString("routing_target")).isEqualTo(customer.application());
        assertThat(placed.json().getString("route_mode")).isEqualTo("webhook");
        assertThat(placed.json().getJsonObject("metadata")).isEqualTo(new JsonObject().put("record", true));
        lab.hangup(placed.json().getString("id"));
    }

    @ParameterizedTest
    @CsvSource({"+15550100004, ringing", "+15550100001, answered", "+15550100013, completed", "+15550100005, failed"})
    void aCallHasEachStatusInItsTime(String to, String status) throws InterruptedException {
        Customer customer = lab.customer("minivoice");
        String id = customer.post(
                        "/v1/calls",
                        new JsonObject().put("from", "+15551230001").put("to", to))
                .json()
                .getString("id");
        RunningServer.await(
                status,
                () -> customer.get("/v1/calls/" + id).json().getString("status").equals(status));
        lab.hangup(id);
    }

    @Test
    void aCallThatNobodyTakesIsToldAsFailed() {
        Customer customer = lab.customer("minivoice");
        customer.post("/v1/calls", new JsonObject().put("from", "+15551230001").put("to", "+15550100003"));
        customer.hooks().await(told -> told.getString("event").equals("call.failed"));
        assertThat(customer.hooks().each(event -> event.getString("event")))
                .containsExactly("call.created", "call.failed");
        assertThat(customer.hooks().each(event -> event.getJsonObject("call").getString("status")))
                .containsExactly("created", "failed");
    }
}
