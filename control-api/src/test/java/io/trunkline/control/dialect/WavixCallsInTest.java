package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.Recorded;
import io.trunkline.control.RunningServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A call comes in to a number of Wavix's customer: it rings until it is answered, then streams, is asked for digits. */
@ExtendWith(Lab.Door.class)
class WavixCallsInTest {
    private static final int BEEP_HZ = 1000;
    private static final int PROGRAM_HZ = 700;

    private static Lab lab;

    @BeforeAll
    static void open(Lab server) {
        lab = server;
    }

    /** A call of somebody else's to a number that rings until it is answered; returns the caller's own call. */
    private static String callIn(Customer customer, String number) {
        customer.number(
                number, new JsonObject().put("script", new JsonArray().add(new JsonObject().put("pause", 3600))));
        JsonObject call = new JsonObject()
                .put("to", number)
                .put("record", true)
                .put("play", new JsonObject().put("tone", "beep").put("loop", 100));
        return lab.customer("native").post("/v1/calls", call).json().getString("id");
    }

    private static String ringing(Customer customer) {
        List<Hooks.Told> told =
                customer.hooks().await(one -> one.getString("event_type").equals("call_setup"));
        assertThat(told.getFirst().json().getString("direction")).isEqualTo("inbound");
        return told.getFirst().json().getString("uuid");
    }

    @Test
    void theDocumentedAnswerAnswersRecordsAndStreamsBothWays() throws Exception {
        Customer customer = lab.customer("wavix");
        try (WavixApp app = new WavixApp()) {
            String caller = callIn(customer, "+15559990001");
            String uuid = ringing(customer);
            Lab.Reply answered =
                    customer.post("/v1/calls/" + uuid + "/answer", new JsonObject("""
                            {
                              "call_recording": true,
                              "call_transcription": false,
                              "stream_url": "wss://examples.com/stream",
                              "stream_type": "twoway",
                              "stream_channel": "inbound"
                            }
                            """).put("stream_url", app.url()));
            assertThat(answered.status()).as(answered.raw().body()).isEqualTo(200);
            assertThat(answered.json().getBoolean("success")).isTrue();
            assertThat(app.await("connected").getString("event_time")).endsWith("Z");
            JsonObject start = app.await("start");
            assertThat(start.getString("stream_id")).contains(answered.json().getString("stream_id"));
            assertThat(start.getString("call_id")).contains(uuid);
            assertThat(start.getString("stream_type")).isEqualTo("twoway");
            assertThat(start.getString("channel")).isEqualTo("inbound");
            assertThat(start.getInteger("sequence_number")).isEqualTo(1);
            RunningServer.await("the caller is heard", () -> app.heard(BEEP_HZ) > -30);
            app.say(PROGRAM_HZ, 1500);
            app.send(new JsonObject().put("event", "mark").put("mark", new JsonObject().put("name", "said")));
            assertThat(app.await("mark").getJsonObject("mark").getString("name"))
                    .isEqualTo("said");
            app.send(new JsonObject().put("event", "clear"));
            customer.delete("/v1/calls/" + uuid);
            app.await("stop");
            lab.awaitNative(caller, "recording.completed");
            assertThat(Recorded.millisOf(lab.recorded(caller, 0, 0), PROGRAM_HZ))
                    .as("the program, at the caller")
                    .isGreaterThan(1000);
            lab.awaitNative(uuid, "recording.completed");
            customer.hooks().await(one -> one.getString("event_type").equals("completed"));
            assertThat(customer.hooks().each(one -> one.getString("event_type")))
                    .containsSubsequence("call_setup", "answered", "completed");
        }
    }

    @Test
    void digitsThatTheCallerPressesAreCollectedAndTold() {
        Customer customer = lab.customer("wavix");
        String caller = callIn(customer, "+15559990002");
        String uuid = ringing(customer);
        assertThat(customer.post("/v1/calls/" + uuid + "/collect", "{\"max_digits\": 5}")
                        .status())
                .as("it is not answered yet")
                .isEqualTo(409);
        assertThat(customer.post("/v1/calls/" + uuid + "/answer", "{}").json())
                .isEqualTo(new JsonObject().put("success", true));
        customer.hooks().await(one -> one.getString("event_type").equals("answered"));
        Lab.Reply collecting = customer.post(
                "/v1/calls/" + uuid + "/collect", """
                {
                  "max_digits": 5,
                  "timeout": 10,
                  "termination_character": "#",
                  "max_attempts": 3,
                  "prompt": {
                    "play": "%s",
                    "say": {
                      "text": "Please enter your PIN",
                      "voice": "Ivy",
                      "language": "ru"
                    }
                  }
                }
                """.formatted(customer.hooks().audio()));
        assertThat(collecting.status()).as(collecting.raw().body()).isEqualTo(200);
        assertThat(collecting.json()).isEqualTo(new JsonObject().put("success", true));
        lab.press(caller, "12#");
        List<Hooks.Told> told = customer.hooks()
                .await(one ->
                        "collect".equals(one.getJsonObject("event_payload").getString("type")));
        JsonObject payload =
                told.getLast().json().getJsonObject("event_payload").getJsonObject("payload");
        assertThat(payload.getString("status")).isEqualTo("completed");
        assertThat(payload.getString("digits")).isEqualTo("12");
        assertThat(payload.getString("reason")).isEqualTo("terminator");
        customer.delete("/v1/calls/" + uuid);
    }
}
