package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client of each dialect at once on one server: each hears of its own calls alone, in its own words. */
@ExtendWith(Lab.Door.class)
class TogetherTest {
    private static final Map<String, List<String>> ENVELOPES = Map.of(
            "minivoice", List.of("event", "created_at", "call", "variables", "data"),
            "cawme", List.of("id", "seq", "type", "call_id", "account_id", "occurred_at", "data", "call"),
            "wavix",
                    List.of(
                            "uuid",
                            "direction",
                            "event_type",
                            "event_time",
                            "event_payload",
                            "from",
                            "to",
                            "call_started",
                            "call_answered",
                            "call_completed",
                            "machine_detected",
                            "tag"),
            "ryze", List.of("event", "data", "instanceData"),
            "vobiz", List.of("event_id", "event_type", "account_id", "occurred_at", "payload"),
            "native", List.of("id", "seq", "type", "call_id", "account_id", "occurred_at", "data", "call"));

    @Test
    void eachHearsOfItsOwnCallsAloneInItsOwnWords(Lab lab) throws Exception {
        List<Customer> customers = new ArrayList<>();
        List<Future<String>> calls = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String dialect : ENVELOPES.keySet()) {
                Customer customer = lab.customer(dialect);
                customer.line("shared-name", false);
                customers.add(customer);
                calls.add(clients.submit(() -> place(customer)));
            }
        }
        for (int i = 0; i < customers.size(); i++) {
            lab.awaitNative(calls.get(i).get(), "call.ended");
        }
        for (int i = 0; i < customers.size(); i++) {
            Customer customer = customers.get(i);
            String own = trace(calls.get(i).get());
            List<Hooks.Told> told = customer.hooks().await(one -> ended(one));
            assertThat(told).allSatisfy(one -> {
                assertThat(one.json().fieldNames()).containsExactlyElementsOf(ENVELOPES.get(customer.dialect()));
                assertThat(one.raw().toLowerCase(Locale.ROOT).replace("-", "")).contains(own);
            });
        }
        for (Customer customer : customers) {
            for (int i = 0; i < calls.size(); i++) {
                String id = "call_" + WireId.bare(calls.get(i).get());
                boolean own = i == customers.indexOf(customer);
                String path = customer.dialect().equals("native")
                                || customer.dialect().equals("vobiz")
                                || customer.dialect().equals("ryze")
                        ? "/v1/calls/"
                        : "/compat/" + customer.dialect() + "/v1/calls/";
                assertThat(customer.get(path + id).status()).isEqualTo(own ? 200 : 404);
                if (!own) {
                    assertThat(customer.delete(path + id).status()).isIn(404, 405);
                }
            }
        }
    }

    /** The same busy number, from a line of the same name. */
    private static String place(Customer customer) {
        String busy = "+15550100003";
        JsonObject call = new JsonObject().put("from", "+15550100000").put("to", busy);
        Lab.Reply placed =
                switch (customer.dialect()) {
                    case "cawme" ->
                        customer.post(
                                "/api/v1/calls",
                                new JsonObject()
                                        .put("instanceId", "shared-name")
                                        .put("type", "FIXED_TTS")
                                        .put("target", new JsonObject().put("phoneNumber", busy))
                                        .put("tts", new JsonObject().put("text", "Hello")));
                    case "vobiz" ->
                        customer.post(
                                "/api/v1/messaging/calls/whatsapp",
                                new JsonObject()
                                        .put("channel_id", "shared-name")
                                        .put("to", busy)
                                        .put("sdp_offer", VobizTest.OFFER));
                    case "ryze" ->
                        customer.post(
                                "/api/call/fake/shared-name",
                                new JsonObject()
                                        .put("number", busy.substring(1))
                                        .put("duration", 1));
                    default -> customer.post("/v1/calls", call);
                };
        assertThat(placed.status()).as(placed.raw().body()).isIn(200, 201);
        JsonObject shown = placed.json();
        String callId = shown.getString("callId", "");
        return callId.isEmpty()
                ? shown.getString("id", shown.getString("uuid", shown.getString("call_id")))
                : callId.toLowerCase(Locale.ROOT).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private static String trace(String id) {
        return WireId.bare(id).replace("-", "");
    }

    private static boolean ended(JsonObject told) {
        String text = told.encode();
        return text.contains("\"call.failed\"")
                || text.contains("\"call.ended\"")
                || text.contains("\"call.terminate\"")
                || text.contains("\"event_type\":\"busy\"")
                || text.contains("\"rejected\"");
    }
}
