package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.AmdPolicy;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.Verb;
import io.trunkline.control.http.ApiFixture.Reply;
import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallApiTest {
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void forget() {
        api.calls().refuseWith(null);
        api.calls().placed.clear();
        api.calls().commands.clear();
    }

    @Test
    void placesACallAndShowsItAsTheContractSays() {
        Reply created =
                api.post("/v1/calls", "{\"to\": \"+15550100001\", \"say\": {\"text\": \"Hello\"}, \"tag\": \"t1\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().getString("id")).matches("call_[0-9a-f-]{36}");
        assertThat(created.json().getString("status")).isEqualTo("queued");
        assertThat(created.json().getString("created_at"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(created.json().fieldNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "account_id",
                        "application_id",
                        "line",
                        "trunk",
                        "direction",
                        "from",
                        "to",
                        "status",
                        "created_at",
                        "dialing_at",
                        "ringing_at",
                        "answered_at",
                        "ended_at",
                        "duration_ms",
                        "billed_seconds",
                        "cost",
                        "currency",
                        "amd",
                        "cause",
                        "quality",
                        "recordings",
                        "tag",
                        "metadata",
                        "node");
        assertThat(api.get("/v1/calls/" + created.json().getString("id")).json())
                .isEqualTo(created.json());
    }

    @Test
    void understandsEveryFieldOfACall() {
        Reply reply = api.post("/v1/calls", """
                {"to": "+442071838750", "from": "+15550100000", "line": "sales", "trunk": "sandbox",
                 "script": [{"pause": 0.5},
                            {"say": {"text": "Hi", "voice": "alice", "language": "en-GB", "rate": 1.5, "loop": 2}},
                            {"play": {"tone": "ringback:gb", "loop": 0}},
                            {"gather": {"digits": 4, "timeout": 3, "terminator": "*", "attempts": 2,
                                        "prompt": [{"say": "PIN"}], "on_result": [{"hangup": {}}]}},
                            {"record": true}, {"send_digits": "1w2#"}, {"mute": {}}, {"unmute": {}}, {"hold": {}},
                            {"resume": {}}, {"set": {"a": 1}}, {"redirect": "http://127.0.0.1:1/next"}],
                 "keep": true, "record": {"channels": "mono", "format": "mp3", "start": "ringing", "max_seconds": 30,
                            "trim": true, "beep_every": 15},
                 "amd": {"mode": "wait", "on_human": "continue", "on_machine": "hangup", "wait_for_beep": true,
                         "decide_within_ms": 3000, "threshold": 0.9, "hypotheses": true},
                 "timeout": 20, "max_duration": 600, "wait": 5, "wait_for": "dialing",
                 "callback_url": "http://127.0.0.1:1/hook", "callback_events": ["call.ended"], "send_digits": "9",
                 "headers": {"X-Case": "7"}, "caller_name": "Ann", "privacy": true, "tag": null,
                 "metadata": {"order": {"id": 7}}}
                """);
        assertThat(reply.status()).as(reply.raw().body()).isEqualTo(201);
        NewCall plan = api.calls().placed.getFirst();
        assertThat(plan.line()).contains("sales");
        assertThat(plan.program().keep()).isTrue();
        assertThat(plan.program().verbs()).hasSize(12);
        assertThat(plan.program().verbs().getFirst()).isEqualTo(new Verb.Pause(Duration.ofMillis(500)));
        assertThat(plan.program().verbs().get(1)).isInstanceOfSatisfying(Verb.Say.class, say -> {
            assertThat(say.rate()).isEqualTo(1.5);
            assertThat(say.loop()).isEqualTo(2);
        });
        assertThat(plan.program().verbs().get(3)).isInstanceOfSatisfying(Verb.Gather.class, gather -> {
            assertThat(gather.minDigits()).isEqualTo(4);
            assertThat(gather.maxDigits()).isEqualTo(4);
            assertThat(gather.onResult()).containsExactly(new Verb.Hangup());
        });
        assertThat(plan.record().orElseThrow().fromRinging()).isTrue();
        assertThat(plan.record().orElseThrow().maxLength()).contains(Duration.ofSeconds(30));
        assertThat(plan.record().orElseThrow().trim()).isTrue();
        assertThat(plan.record().orElseThrow().beepEvery()).contains(Duration.ofSeconds(15));
        AmdPolicy amd = plan.amd().orElseThrow();
        assertThat(amd.hold()).isTrue();
        assertThat(amd.onHuman()).isEmpty();
        assertThat(amd.onMachine()).contains(List.of(new Verb.Hangup()));
        assertThat(amd.spec().threshold()).isEqualTo(0.9);
        assertThat(plan.ringTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(plan.mayQueue()).isEqualTo(Duration.ofSeconds(5));
        assertThat(plan.waitForDialing()).isTrue();
        assertThat(plan.headers()).isEqualTo(Map.of("X-Case", "7"));
        assertThat(plan.tag()).isEqualTo(Optional.empty());
        assertThat(plan.metadata()).containsKey("order");
    }

    @Test
    void refusesWhatIsWrongByTheNameOfItsField() {
        assertRefused("{\"to\": \"+15550100001\", \"color\": 1}", "invalid_request", "color");
        assertRefused("{\"to\": \"+15550100001\", \"play\": {\"tone\": \"moo\"}}", "invalid_request", "play.tone");
        assertRefused("{}", "invalid_request", "to");
        assertRefused("{\"to\": null}", "invalid_request", "to");
        assertRefused("{\"to\": \"12\"}", "invalid_request", "to");
        assertRefused("{\"to\": \"+0123\"}", "invalid_request", "to");
        assertRefused("{\"to\": \"+15550100001\\n\"}", "invalid_request", "to");
        assertRefused("{\"to\": \"+15550100001\\r\\nX: y\"}", "invalid_request", "to");
        assertRefused("{\"to\": \"sip:a@example.com\"}", "invalid_request", "to");
        assertRefused("{\"to\": \"+15550100001\", \"timeout\": 0}", "invalid_request", "timeout");
        assertRefused("{\"to\": \"+15550100001\", \"timeout\": \"5\"}", "invalid_request", "timeout");
        assertRefused("{\"to\": \"+15550100001\", \"say\": {\"text\": \"\"}}", "invalid_request", "say.text");
        assertRefused("{\"to\": \"+15550100001\", \"say\": {\"txt\": \"a\"}}", "invalid_request", "say.txt");
        assertRefused(
                "{\"to\": \"+15550100001\", \"script\": [{\"dance\": {}}]}", "invalid_request", "script[0].dance");
        assertRefused("{\"to\": \"+15550100001\", \"script\": [{}]}", "invalid_request", "script[0]");
        assertRefused("{\"to\": \"+15550100001\", \"say\": \"a\", \"play\": \"http://x/\"}", "invalid_request", "play");
        assertRefused("{\"to\": \"+15550100001\", \"play\": {\"url\": \"ftp://x/\"}}", "invalid_request", "play.url");
        assertRefused(
                "{\"to\": \"+15550100001\", \"callback_url\": \"http://10.0.0.1/\"}",
                "invalid_request",
                "callback_url");
        assertRefused(
                "{\"to\": \"+15550100001\", \"answer_url\": \"http://0xa9fe.0xa9fe/\"}",
                "invalid_request",
                "answer_url");
        assertRefused("{\"to\": \"+15550100001\", \"headers\": {\"Via\": \"x\"}}", "invalid_request", "headers.Via");
        assertRefused(
                "{\"to\": \"+15550100001\", \"headers\": {\"X-A\": \"b\\r\\nc\"}}", "invalid_request", "headers.X-A");
        assertRefused("{\"to\": \"+15550100001\", \"caller_name\": \"a\\\"b\"}", "invalid_request", "caller_name");
        assertRefused(
                "{\"to\": \"+15550100001\", \"metadata\": {\"a\": \"" + "x".repeat(5000) + "\"}}",
                "invalid_request",
                "metadata");
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String body : List.of(
                "",
                "{",
                "[]",
                "\"x\"",
                "{\"to\": \"+1\"} x",
                "{\"to\": 1e400}",
                "{\"to\": NaN}",
                "{\"to\": \"+1555\", \"to\": \"+1666\"}",
                "{\"to\": \"a\\u0000b\"}",
                "{\"to\": \"\\ud800\"}",
                "{\"a\":".repeat(150) + "1" + "}".repeat(150),
                "{\"to\": 'x'}")) {
            Reply reply = api.post("/v1/calls", body);
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.code()).as(body).isEqualTo("invalid_json");
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(api.calls().placed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'<html>no sound</html>', error page",
        "'RIFF', cut off",
        "'RIFF....WAVEfmt ', cut off",
    })
    void audioThatCannotBePlayedSaysWhatIsWrongWithIt(String bytes, String words) {
        String encoded = Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1));
        JsonObject call =
                new JsonObject().put("to", "+15550100001").put("play", new JsonObject().put("audio_base64", encoded));
        Reply reply = api.post("/v1/calls", call.encode());
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("unplayable_audio");
        assertThat(reply.json().getString("detail")).contains(words);
    }

    @Test
    void audioIsBroughtToTheLoudnessThatIsAskedFor() {
        assertThat(api.post("/v1/calls", played(-20)).status()).isEqualTo(201);
        assertThat(api.calls().placed.getLast().program().verbs().getFirst())
                .isInstanceOfSatisfying(
                        Verb.Play.class,
                        play -> assertThat(play.audio())
                                .isEqualTo(new Verb.AudioRef.AsLoudAs(new Verb.AudioRef.Tone("beep"), -20)));
        assertThat(api.post("/v1/calls", played(3)).status()).isEqualTo(400);
    }

    private static String played(int loudness) {
        JsonObject play = new JsonObject().put("tone", "beep").put("loudness", loudness);
        return new JsonObject().put("to", "+15550100001").put("play", play).encode();
    }

    @Test
    void tellsARefusalOfCallControlAsItIs() {
        api.calls()
                .refuseWith(new CallRefused(
                        429, "cps_limit_reached", "Too fast.", Optional.empty(), Optional.of(Duration.ofSeconds(3))));
        Reply reply = api.post("/v1/calls", "{\"to\": \"+15550100001\"}");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.code()).isEqualTo("cps_limit_reached");
        assertThat(reply.header("Retry-After")).isEqualTo("3");
    }

    @Test
    void answersEveryWrongTurnWithAProblemAndARequestId() {
        assertThat(api.get("/v1/nowhere").code()).isEqualTo("not_found");
        assertThat(api.get("/v1/calls/call_none").code()).isEqualTo("not_found");
        assertThat(api.call("PUT", "/v1/calls", TestStorage.API_KEY, new JsonObject())
                        .code())
                .isEqualTo("method_not_allowed");
        assertThat(api.get("/v1/calls?limit=0").code()).isEqualTo("invalid_request");
        assertThat(api.get("/v1/calls?colour=red").code()).isEqualTo("invalid_request");
        assertThat(api.get("/v1/calls?cursor=%25%25").status()).isEqualTo(200);
        Reply odd = api.send(api.request("/v1/calls", TestStorage.API_KEY)
                .header("X-Request-Id", "mine-1")
                .GET());
        assertThat(odd.header("X-Request-Id")).isEqualTo("mine-1");
    }

    @Test
    void wantsAKeyThatHolds() {
        assertThat(api.send(api.request("/v1/calls", "tk_wrong").GET()).code()).isEqualTo("unauthorized");
        assertThat(api.send(api.request("/v1/calls", "").GET()).status()).isEqualTo(401);
        assertThat(api.get("/health/live").status()).isEqualTo(200);
        assertThat(api.post("/v1/calls", new JsonObject().put("to", "+15550100001"), "tk_wrong")
                        .status())
                .isEqualTo(401);
        assertThat(api.calls().placed).isEmpty();
    }

    @Test
    void refusesBodiesThatAreTooLargeOrOfAnotherKind() {
        String large = "{\"to\": \"" + "x".repeat(15_000_000) + "\"}";
        assertThat(api.post("/v1/calls", large).code()).isEqualTo("too_large");
        Reply form = api.send(api.request("/v1/calls", TestStorage.API_KEY)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("to=1")));
        assertThat(form.code()).isEqualTo("unsupported_media_type");
        Reply zipped = api.send(api.request("/v1/calls", TestStorage.API_KEY)
                .header("Content-Encoding", "gzip")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(zipped.code()).isEqualTo("unsupported_media_type");
    }

    @Test
    void keepsAudioThatComesWithTheRequest() {
        byte[] wav = silentWav(200_000);
        JsonObject body = new JsonObject()
                .put("to", "+15550100001")
                .put(
                        "play",
                        new JsonObject().put("audio_base64", Base64.getEncoder().encodeToString(wav)));
        assertThat(api.post("/v1/calls", body.encode()).status()).isEqualTo(201);
        assertThat(api.calls().placed.getFirst().program().verbs().getFirst())
                .isInstanceOfSatisfying(
                        Verb.Play.class,
                        play -> assertThat(((Verb.AudioRef.Stored) play.audio()).file())
                                .hasSize(200_000));
        body.put("play", new JsonObject().put("audio_base64", "aGVsbG8="));
        assertThat(api.post("/v1/calls", body.encode()).code()).isEqualTo("unplayable_audio");
    }

    @Test
    void commandsALiveCallAndTellsTheIdThatItsEventsWillCarry() {
        String id = place();
        Reply said = api.post("/v1/calls/" + id + "/say", "{\"text\": \"More\"}");
        assertThat(said.status()).isEqualTo(202);
        assertThat(api.calls().commands.getFirst())
                .isInstanceOfSatisfying(
                        Verb.Say.class,
                        say -> assertThat(say.playId()).isEqualTo(said.json().getString("id")));
        for (String command : List.of(
                "play {\"tone\": \"busy\"}",
                "stop {}",
                "gather {\"digits\": 1}",
                "dtmf {\"digits\": \"12\"}",
                "record {}",
                "record/pause {}",
                "record/resume {}",
                "record/stop {}",
                "mute {}",
                "mute {\"on\": false}",
                "hold {}",
                "amd {}",
                "transfer {\"to\": \"+15550100002\"}",
                "script {\"script\": [{\"hangup\": {}}]}",
                "answer {}",
                "reject {}")) {
            String[] parts = command.split(" ", 2);
            Reply reply = api.post("/v1/calls/" + id + "/" + parts[0], parts[1]);
            assertThat(reply.status()).as(command + reply.raw().body()).isEqualTo(202);
            assertThat(reply.json().getString("call_id")).isEqualTo(id);
        }
        assertThat(api.calls().commands).hasSize(17);
        assertThat(api.post("/v1/calls/call_none/say", "{\"text\": \"x\"}").status())
                .isEqualTo(404);
    }

    @Test
    void hangsUpOnceAndThenSaysThatTheCallIsOver() {
        String id = place();
        Reply ended = api.call("DELETE", "/v1/calls/" + id, TestStorage.API_KEY, new JsonObject());
        assertThat(ended.status()).isEqualTo(202);
        assertThat(ended.json().getString("status")).isEqualTo("completed");
        assertThat(api.call("DELETE", "/v1/calls/" + id, TestStorage.API_KEY, new JsonObject())
                        .code())
                .isEqualTo("call_not_active");
        Reply patched = api.call(
                "PATCH",
                "/v1/calls/" + id,
                TestStorage.API_KEY,
                new JsonObject().put("tag", "late").put("metadata", new JsonObject().put("a", 1)));
        assertThat(patched.json().getString("tag")).isEqualTo("late");
        assertThat(api.get("/v1/calls/" + id).json().getJsonObject("metadata").getInteger("a"))
                .isEqualTo(1);
    }

    @Test
    void pagesThroughCallsWhileOthersArrive() {
        List<String> first = List.of(place("page"), place("page"), place("page"));
        Reply page = api.get("/v1/calls?tag=page&limit=2");
        assertThat(ids(page)).containsExactly(first.get(2), first.get(1));
        place("page");
        Reply rest = api.get("/v1/calls?tag=page&limit=2&cursor=" + page.json().getString("next_cursor"));
        assertThat(ids(rest)).containsExactly(first.get(0));
        assertThat(rest.json().getString("next_cursor")).isNull();
    }

    @Test
    void filtersCallsByEverythingTheContractNames() {
        Reply created =
                api.post("/v1/calls", "{\"to\": \"+15550100007\", \"tag\": \"f\", \"metadata\": {\"order\": \"77\"}}");
        String id = created.json().getString("id");
        for (String query : List.of(
                "tag=f",
                "to=%2B15550100007",
                "metadata.order=77",
                "tag=f&status=active",
                "tag=f&direction=outbound",
                "tag=f&since=2020-01-01T00:00:00Z&until=2100-01-01T00:00:00Z")) {
            assertThat(ids(api.get("/v1/calls?" + query))).as(query).containsExactly(id);
        }
        assertThat(ids(api.get("/v1/calls?tag=f&status=completed"))).isEmpty();
        assertThat(ids(api.get("/v1/calls?metadata.order=78"))).isEmpty();
    }

    @Test
    void exportsCallsAsTables() {
        String id = place("=1+1");
        Reply csv = api.send(api.request("/v1/calls?tag=%3D1%2B1", TestStorage.API_KEY)
                .header("Accept", "text/csv")
                .GET());
        assertThat(csv.raw().body())
                .startsWith("id,direction,from,to,status")
                .contains(id)
                .contains("'=1+1");
        Reply lines = api.send(api.request("/v1/calls?tag=%3D1%2B1", TestStorage.API_KEY)
                .header("Accept", "application/x-ndjson")
                .GET());
        assertThat(new JsonObject(lines.raw().body().strip()).getString("id")).isEqualTo(id);
    }

    @Test
    void listsACallsEventsInOrder() {
        String id = place();
        TestStorage.await(api.calls().happen(id, "call.dialing", Map.of()));
        TestStorage.await(api.calls().happen(id, "dtmf.received", Map.of("digit", "5")));
        JsonArray events = api.get("/v1/calls/" + id + "/events?after=1").json().getJsonArray("items");
        assertThat(events.stream().map(event -> ((JsonObject) event).getInteger("seq")))
                .containsExactly(2, 3);
        assertThat(events.getJsonObject(1).getJsonObject("data").getString("digit"))
                .isEqualTo("5");
    }

    @Test
    void servesItsOwnDescription() {
        Reply document = api.get("/openapi.json");
        assertThat(document.json().getString("openapi")).isEqualTo("3.1.0");
        Reply docs = api.get("/docs");
        assertThat(docs.raw().body())
                .contains("/v1/calls")
                .doesNotContainPattern("(src|href)=.http")
                .doesNotContain("@import", "url(");
        assertThat(api.get("/metrics").raw().body()).contains("trunkline_http_requests_seconds_count");
        assertThat(api.get("/health/ready").json().getString("status")).isEqualTo("up");
    }

    private static String place() {
        return place("any");
    }

    private static String place(String tag) {
        Reply created = api.post(
                "/v1/calls",
                new JsonObject().put("to", "+15550100001").put("tag", tag).encode());
        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        return created.json().getString("id");
    }

    private static List<String> ids(Reply page) {
        return page.json().getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("id"))
                .toList();
    }

    private static void assertRefused(String body, String code, String field) {
        Reply reply = api.post("/v1/calls", body);
        assertThat(reply.status()).as(body + " -> " + reply.raw().body()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .as(body)
                .isEqualTo(field);
        assertThat(reply.json().getString("request_id")).isEqualTo(reply.header("X-Request-Id"));
        assertThat(api.calls().placed).isEmpty();
    }

    /** 8 kHz mono PCM, {@code size} bytes with its header. */
    private static byte[] silentWav(int size) {
        ByteBuffer wav = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(size - 8);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size - 44);
        return wav.array();
    }
}
