package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wavix's documented requests, answers and callbacks, on the whole program. */
@ExtendWith(Lab.Door.class)
class WavixTest {
    private static final List<String> FIELDS = List.of(
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
            "tag");

    private static Lab lab;

    @BeforeAll
    static void open(Lab server) {
        lab = server;
    }

    /** As printed, but for a callback address that is ours to listen at. */
    private static JsonObject documented(Customer customer) {
        return new JsonObject("""
                {
                  "from": "+1234567890",
                  "to": "+1987654321",
                  "callback_url": "https://examples.com/callback",
                  "recording": false,
                  "voicemail_detection": false,
                  "tag": "marketing-campaign",
                  "timeout": 60
                }
                """).put("callback_url", customer.hooks().url());
    }

    @Test
    void theDocumentedRequestIsAnsweredSpokenToHungUpAndToldInOrder() {
        Customer customer = lab.customer("wavix");
        Lab.Reply placed = customer.post("/v1/calls", documented(customer));
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(201);
        assertThat(placed.json().fieldNames()).containsExactlyElementsOf(FIELDS);
        String uuid = placed.json().getString("uuid");
        assertThat(uuid).matches("[0-9a-f-]{36}");
        assertThat(placed.json().getString("event_type")).isEqualTo("call_setup");
        assertThat(placed.json().getString("direction")).isEqualTo("outbound");
        assertThat(placed.json().getString("tag")).isEqualTo("marketing-campaign");
        assertThat(placed.json().getBoolean("machine_detected")).isFalse();
        assertThat(placed.json().getValue("call_answered")).isNull();

        customer.hooks().await(told -> told.getString("event_type").equals("answered"));
        assertThat(customer.get("/v1/calls")
                        .json()
                        .getJsonArray("calls")
                        .getJsonObject(0)
                        .getString("uuid"))
                .isEqualTo(uuid);
        Lab.Reply played = customer.post(
                "/v1/calls/" + uuid + "/play",
                new JsonObject().put("audio_file", customer.hooks().audio()));
        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        assertThat(played.json().getBoolean("success")).isTrue();
        String playback = played.json().getString("playback_id");
        customer.hooks().await(told -> payload(told).equals("completed " + playback));
        assertThat(customer.get("/v1/calls/call_" + uuid).json().getString("event_type"))
                .isEqualTo("answered");
        assertThat(customer.delete("/v1/calls/" + uuid).json()).isEqualTo(new JsonObject().put("success", true));
        List<Hooks.Told> told =
                customer.hooks().await(event -> event.getString("event_type").equals("completed"));
        assertThat(told).allSatisfy(one -> {
            assertThat(one.json().fieldNames()).containsExactlyElementsOf(FIELDS);
            assertThat(one.json().getString("uuid")).isEqualTo(uuid);
        });
        assertThat(customer.hooks().each(one -> one.getString("event_type")))
                .containsExactly("call_setup", "ringing", "answered", "on_call_event", "on_call_event", "completed");
        assertThat(customer.hooks().each(WavixTest::payload)).contains("started " + playback);
        assertThat(customer.get("/v1/calls").json()).isEqualTo(new JsonObject("{\"calls\": [], \"success\": true}"));
    }

    private static String payload(JsonObject told) {
        JsonObject payload = told.getJsonObject("event_payload").getJsonObject("payload", new JsonObject());
        return payload.getString("status") + " " + payload.getString("playback_id");
    }

    @ParameterizedTest
    @CsvSource({
        "+15550100003, call_setup, busy",
        "+15550100005, ringing, rejected",
        "+15550100010, early_media, answered",
        "+15550100012, call_setup, rejected",
    })
    void everyOtherCourseOfACallHasItsEvent(String to, String before, String last) {
        Customer customer = lab.customer("wavix");
        String uuid = customer.post("/v1/calls", documented(customer).put("to", to))
                .json()
                .getString("uuid");
        customer.hooks().await(told -> told.getString("event_type").equals(last));
        List<String> types = customer.hooks().each(told -> told.getString("event_type"));
        assertThat(types.get(types.size() - 2)).isEqualTo(before);
        customer.delete("/v1/calls/" + uuid);
    }

    @Test
    void aPhoneThatRingsForEverIsCancelledAfterItsTimeout() {
        Customer customer = lab.customer("wavix");
        customer.post(
                "/v1/calls", documented(customer).put("to", "+15550100004").put("timeout", 1));
        customer.hooks().await(told -> told.getString("event_type").equals("cancelled"));
        assertThat(customer.hooks().each(told -> told.getString("event_type")))
                .containsExactly("call_setup", "ringing", "cancelled");
    }

    @Test
    void aCallThatIsEndedWhileItRingsIsCancelled() {
        Customer customer = lab.customer("wavix");
        String uuid = customer.post("/v1/calls", documented(customer).put("to", "+15550100004"))
                .json()
                .getString("uuid");
        customer.hooks().await(told -> told.getString("event_type").equals("ringing"));
        customer.delete("/v1/calls/" + uuid);
        customer.hooks().await(told -> told.getString("event_type").equals("cancelled"));
    }

    @Test
    void aMachineThatAnswersIsDetectedAndTheCallIsRecordedWhereThatIsAsked() {
        Customer customer = lab.customer("wavix");
        JsonObject call = documented(customer)
                .put("to", "15550100002")
                .put("voicemail_detection", true)
                .put("recording", true);
        String uuid = customer.post("/v1/calls", call).json().getString("uuid");
        JsonObject detected = customer.hooks().await(one -> one.getBoolean("machine_detected")).stream()
                .map(Hooks.Told::json)
                .filter(one -> one.getBoolean("machine_detected"))
                .findFirst()
                .orElseThrow();
        assertThat(detected.getString("event_type")).isEqualTo("on_call_event");
        assertThat(detected.getJsonObject("event_payload").getString("type")).isEqualTo("voicemail_detection");
        assertThat(customer.get("/v1/calls/" + uuid).json().getBoolean("machine_detected"))
                .isTrue();
        customer.delete("/v1/calls/" + uuid);
        lab.awaitNative(uuid, "recording.completed");
        customer.hooks().await(one -> one.getString("event_type").equals("completed"));
        assertThat(customer.hooks().all().getLast().json().getBoolean("machine_detected"))
                .isTrue();
    }

    @Test
    void digitsAreCollectedAndTold() {
        Customer customer = lab.customer("wavix");
        String uuid = customer.post("/v1/calls", documented(customer).put("to", "+15550100001"))
                .json()
                .getString("uuid");
        customer.hooks().await(told -> told.getString("event_type").equals("answered"));
        Lab.Reply collecting = customer.post("/v1/calls/" + uuid + "/collect", """
                {"max_digits": 5, "timeout": 1, "termination_character": "#", "max_attempts": 1,
                 "prompt": {"say": {"text": "Your PIN", "voice": "Ivy", "language": "ru"}}}
                """);
        assertThat(collecting.status()).as(collecting.raw().body()).isEqualTo(200);
        assertThat(collecting.json()).isEqualTo(new JsonObject().put("success", true));
        List<Hooks.Told> told = customer.hooks()
                .await(event ->
                        "collect".equals(event.getJsonObject("event_payload").getString("type")));
        assertThat(told.getLast()
                        .json()
                        .getJsonObject("event_payload")
                        .getJsonObject("payload")
                        .getString("digits"))
                .isEmpty();
        customer.delete("/v1/calls/" + uuid);
    }

    @Test
    void aStreamIsDialledInTheirProtocolUnderTheIdThatTheAnswerNames() throws Exception {
        Customer customer = lab.customer("wavix");
        List<JsonObject> heard = new CopyOnWriteArrayList<>();
        Vertx vertx = Vertx.vertx();
        try {
            int port = vertx.createHttpServer()
                    .webSocketHandler(socket -> socket.textMessageHandler(text -> heard.add(new JsonObject(text))))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get()
                    .actualPort();
            String uuid = customer.post("/v1/calls", documented(customer).put("to", "+15550100001"))
                    .json()
                    .getString("uuid");
            customer.hooks().await(told -> told.getString("event_type").equals("answered"));
            Lab.Reply started = customer.post(
                    "/v1/calls/" + uuid + "/streams",
                    new JsonObject()
                            .put("stream_url", "ws://127.0.0.1:" + port + "/stream")
                            .put("stream_type", "twoway")
                            .put("stream_channel", "inbound"));
            assertThat(started.status()).as(started.raw().body()).isEqualTo(200);
            assertThat(started.json().getBoolean("success")).isTrue();
            while (heard.size() < 3) {
                Lab.pause();
            }
            assertThat(heard.get(0).getString("event")).isEqualTo("connected");
            assertThat(heard.get(1).getString("event")).isEqualTo("start");
            assertThat(heard.get(1).encode()).contains(started.json().getString("stream_id"));
            customer.delete("/v1/calls/" + uuid);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    @Test
    void aWrongKeyIsRefusedInTheirShape() {
        Lab.Reply refused = lab.send("GET", "/compat/wavix/v1/calls", "", "Authorization", "Bearer nobody's");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().fieldNames()).containsExactly("success", "code", "message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /v1/calls              | {'to':'+1987654321'}   | 400 | from",
                "POST | /v1/calls              | {'from':'+1234567890'} | 400 | to",
                "POST | /v1/calls              | {'from':'+1234567890','to':7} | 400 | to",
                "POST | /v1/calls              | {'from':               | 400 | JSON",
                "POST | /v1/calls/none/play    | {'audio_file':'http://127.0.0.1/a'} | 404 | key",
                "POST | /v1/calls/none/play    | {}                     | 400 | audio_file",
                "GET  | /v1/calls/none         | {}                     | 404 | key",
                "DELETE | /v1/calls/none       | {}                     | 404 | key",
            })
    void whatIsWrongIsSaid(String method, String path, String body, int status, String named) {
        Customer customer = lab.customer("wavix");
        Lab.Reply refused =
                lab.send(method, path, body.replace('\'', '"'), "Authorization", "Bearer " + customer.key());
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().getBoolean("success")).isFalse();
        assertThat(refused.json().getString("message")).contains(named);
    }
}
