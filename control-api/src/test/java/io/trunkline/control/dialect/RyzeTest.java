package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.Recorded;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ryze's documented requests, envelopes and messages, on the whole program. */
@ExtendWith(Lab.Door.class)
class RyzeTest {
    private static Lab lab;
    private static Customer customer;

    @BeforeAll
    static void open(Lab server) {
        lab = server;
        customer = lab.customer("ryze");
        customer.line("sales", false);
    }

    private static Lab.Reply post(Customer who, String path, String body) {
        return lab.send("POST", path, body, "token", who.key(), "Content-Type", "application/json");
    }

    @Test
    void anAudioCallIsRungAnsweredPlayedToAndTold() {
        Customer own = lab.customer("ryze");
        own.line("sales", false);
        Lab.Reply placed = post(
                own,
                "/api/call/audio/sales",
                new JsonObject()
                        .put("number", "5511999999999@s.whatsapp.net")
                        .put(
                                "mediaUrl",
                                "data:audio/wav;base64," + Base64.getEncoder().encodeToString(CawmeTest.wav(1)))
                        .encode());
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(200);
        assertThat(placed.json().fieldNames()).containsExactly("success", "message", "callId", "number");
        assertThat(placed.json().getBoolean("success")).isTrue();
        assertThat(placed.json().getString("message")).isEqualTo("Audio call placed");
        assertThat(placed.json().getString("callId")).matches("[0-9A-F]{32}");
        assertThat(placed.json().getString("number")).isEqualTo("5511999999999");
        List<Hooks.Told> told = own.hooks()
                .await(event -> event.getJsonObject("data").getString("status").equals("terminated"));
        assertThat(own.hooks().each(event -> event.getJsonObject("data").getString("status")))
                .containsExactly("offer", "accepted", "terminated");
        for (Hooks.Told one : told) {
            assertThat(one.json().fieldNames()).containsExactly("event", "data", "instanceData");
            assertThat(one.json().getString("event")).isEqualTo("call.update");
            assertThat(one.json().getJsonObject("data").getString("callId"))
                    .isEqualTo(placed.json().getString("callId"));
            assertThat(one.raw()).contains("\"instance\":\"sales\"").doesNotContain(own.key());
        }
    }

    @ParameterizedTest
    @CsvSource({"mediaUrl, URL", "mediaUrl, BASE64", "mediaUrl, DATA", "mediaBase64, BASE64", "mediaBase64, DATA"})
    void audioIsTakenByAddressOrByItself(String field, String form) {
        Customer own = lab.customer("ryze");
        own.line("sales", false);
        String base64 = Base64.getEncoder().encodeToString(CawmeTest.wav(1));
        String media =
                switch (form) {
                    case "URL" -> own.hooks().audio();
                    case "DATA" -> "data:audio/wav;base64," + base64;
                    default -> base64;
                };
        JsonObject request = new JsonObject().put("number", "5511999999999").put(field, media);
        Lab.Reply placed = post(own, "/api/call/audio/sales", request.encode());
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(200);
        String id = placedId(placed);
        assertThat(lab.awaitNative(id, "call.ended")).containsSubsequence("call.answered", "playback.finished");
        assertThat(lab.nativeEvents(id, "playback.finished").getFirst().getInteger("played_ms"))
                .isBetween(900, 1200);
    }

    @Test
    void whoAnswersHearsTheFile() {
        Customer own = lab.customer("ryze");
        own.line("sales", false);
        String tone = Base64.getEncoder().encodeToString(CawmeTest.wav(8));
        JsonObject request = new JsonObject().put("number", "15550100001").put("mediaBase64", tone);
        String id = placedId(post(own, "/api/call/audio/sales", request.encode()));
        lab.awaitNative(id, "playback.started");
        lab.record(id);
        lab.awaitNative(id, "recording.completed");
        assertThat(Recorded.millisOf(lab.recorded(id, 0, 1), 440)).isGreaterThan(3000);
    }

    /** Our id of the call that was placed. */
    private static String placedId(Lab.Reply placed) {
        String hex = placed.json().getString("callId").toLowerCase(Locale.ROOT);
        return "call_" + hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    @ParameterizedTest
    @CsvSource({"15550100003", "15550100005"})
    void aCallThatIsTurnedAwayIsToldAsRejected(String number) {
        Customer own = lab.customer("ryze");
        own.line("sales", false);
        post(own, "/api/call/fake/sales", new JsonObject().put("number", number).encode());
        own.hooks()
                .await(event -> event.getJsonObject("data").getString("status").equals("rejected"));
        assertThat(own.hooks().each(event -> event.getJsonObject("data").getString("status")))
                .containsExactly("offer", "rejected");
    }

    @Test
    void aFakeCallRingsForAsLongAsAskedAndHangsUp() {
        Customer own = lab.customer("ryze");
        own.line("sales", false);
        Lab.Reply placed =
                post(own, "/api/call/fake/sales", "{\"number\": \"15550100004\", \"duration\": 2, \"colour\": 7}");
        assertThat(placed.json().fieldNames()).containsExactly("success", "message", "callId", "number", "duration");
        assertThat(placed.json().getInteger("duration")).isEqualTo(2);
        own.hooks()
                .await(event -> event.getJsonObject("data").getString("status").equals("terminated"));
        assertThat(own.hooks().each(event -> event.getJsonObject("data").getString("status")))
                .containsExactly("offer", "terminated");
        assertThat(own.hooks().all().getLast().json().getJsonObject("data").getString("reason"))
                .isEqualTo("ring_finished");
    }

    @Test
    void aFakeCallRingsEightSecondsUnlessToldOtherwise() {
        Lab.Reply placed = post(customer, "/compat/ryze/api/call/fake/sales", "{\"number\": \"5511999999999\"}");
        assertThat(placed.status()).isEqualTo(200);
        assertThat(placed.json().getInteger("duration")).isEqualTo(8);
        Lab.Reply zero = post(customer, "/api/call/fake/sales", "{\"number\": \"5511999999999\", \"duration\": 0}");
        assertThat(zero.json().getInteger("duration")).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fake  |       | {'number':'5511999999999'}                | 400 | Instance name is required",
                "fake  | %20   | {'number':'5511999999999'}                | 400 | Instance name is required",
                "fake  | sales | {'number':                                | 400 | Invalid request body: *",
                "fake  | sales | {}                                        | 400 | Number is required",
                "fake  | sales | {'number':5511999999999}                  | 400 | Number is required",
                "fake  | sales | {'number':'12036@g.us'}                   | 400 | Invalid request body: *",
                "fake  | sales | {'number':'5511999999999','duration':61}  | 400 | Duration must be between 1 and 60 seconds",
                "fake  | sales |                                           | 400 | Invalid request body: *",
                "fake  | sales | [1]                                       | 400 | Invalid request body: *",
                "fake  | nobody | {'number':'5511999999999'}               | 404 | instance not found",
                "audio |       | {'number':'5511999999999','mediaBase64':'AAAA'} | 400 | Instance name is required",
                "audio | sales | {'mediaBase64':'AAAA'}                    | 400 | Number is required",
                "fake  | sales | {'number':'5511999999999','duration':-1}  | 400 | Duration must be between 1 and 60 seconds",
                "audio | sales | {'number':'5511999999999'}                | 400 | Provide exactly one of mediaUrl or mediaBase64",
                "audio | sales | {'number':'5511999999999','mediaUrl':'http://127.0.0.1/a','mediaBase64':'AAAA'} | 400 | Provide exactly one of mediaUrl or mediaBase64",
                "audio | sales | {'number':'5511999999999','mediaBase64':'!'} | 400 | Invalid request body: *",
                "audio | nobody | {'number':'5511999999999','mediaUrl':'http://127.0.0.1/a'} | 404 | instance not found",
            })
    void everyDocumentedErrorHasItsWords(String what, String instance, String body, int status, String message) {
        Lab.Reply refused = post(
                customer,
                "/api/call/" + what + "/" + (instance == null ? "" : instance),
                body == null ? "" : body.replace('\'', '"'));
        assertThat(refused.status()).as(refused.raw().body()).isEqualTo(status);
        assertThat(refused.json().getBoolean("success")).isFalse();
        assertThat(refused.json().fieldNames()).containsExactly("success", "error");
        if (message.endsWith("*")) {
            assertThat(refused.error().getString("message")).startsWith(message.replace("*", ""));
        } else {
            assertThat(refused.error().getString("message")).isEqualTo(message);
        }
    }

    @Test
    void anInstancesTokenOpensThatInstanceAlone() {
        Customer bound = customer.boundTo("sales");
        customer.line("support", false);
        String body = "{\"number\": \"15550100003\"}";
        assertThat(post(bound, "/api/call/fake/sales", body).status()).isEqualTo(200);
        assertThat(post(bound, "/api/call/fake/support", body).error().getString("message"))
                .isEqualTo("instance not found");
        assertThat(lab.send("POST", "/api/call/fake/sales", body, "token", "nobody's")
                        .status())
                .isEqualTo(401);
        assertThat(lab.send("POST", "/api/call/fake/sales", body).json().getBoolean("success"))
                .isFalse();
    }

    @Test
    void aCallThatCannotBePlacedIsAFailureWithItsReason() {
        Customer blocked = lab.customer(
                "ryze",
                new JsonObject().put("caller_ids", "any").put("blocked_destinations", new JsonArray().add("+55")));
        blocked.line("sales", false);
        Lab.Reply refused = post(blocked, "/api/call/fake/sales", "{\"number\": \"5511999999999\"}");
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.error().getString("message")).isNotBlank();
    }

    @Test
    void theHundredAndFirstRequestOfAMinuteIsTooMany() {
        Customer busy = lab.customer("ryze");
        Lab.Reply last = post(busy, "/api/call/fake/none", "{}");
        for (int i = 1; i < 100; i++) {
            assertThat(last.status()).isNotEqualTo(429);
            last = post(busy, "/api/call/fake/none", "{}");
        }
        Lab.Reply tooMany = post(busy, "/api/call/fake/none", "{}");
        assertThat(last.status()).isEqualTo(400);
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.json())
                .isEqualTo(new JsonObject()
                        .put("success", false)
                        .put("error", new JsonObject().put("message", "Rate limit exceeded")));
        assertThat(tooMany.raw().headers().firstValue("Retry-After")).isPresent();
    }
}
