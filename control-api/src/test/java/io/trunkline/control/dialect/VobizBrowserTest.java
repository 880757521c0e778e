package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.control.Chromium;
import io.trunkline.control.Recorded;
import io.trunkline.control.RunningServer;
import io.trunkline.control.events.Signature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Vobiz's calls with a real browser on their near side: descriptions, sound both ways, every action, the log filled. */
@ExtendWith(Lab.Door.class)
class VobizBrowserTest {
    private static final String CALLS = "/api/v1/messaging/calls/whatsapp";
    private static final String FAX = "+15550100009";
    private static final int MICROPHONE_HZ = 1400;
    private static final int BEEP_HZ = 1000;
    private static final double AUDIBLE_DB = -45;

    @TempDir
    static Path folder;

    private static Lab lab;
    private static Chromium browser;

    @BeforeAll
    static void open(Lab server) throws Exception {
        assumeTrue(Chromium.isInstalled(), "needs chromium");
        lab = server;
        browser = new Chromium(folder, Chromium.microphone(folder, MICROPHONE_HZ));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void freshPhone() throws Exception {
        browser.openPhone();
    }

    @Test
    void aBrowserCallsAndHearsAfterTheAnswerCameByWebSocketAndWebhook() throws Exception {
        Customer customer = lab.customer("vobiz");
        String channel = WireId.bare(customer.line("channel", false).getString("id"));
        List<JsonObject> seen = new CopyOnWriteArrayList<>();
        WebSocket socket = lab.open(
                "/api/v1/messaging/events", seen, "X-Auth-ID", customer.account(), "X-Auth-Token", customer.key());
        String offer = String.valueOf(browser.evaluate("phone.offer()"));
        Lab.Reply initiated = post(
                customer,
                CALLS,
                new JsonObject().put("channel_id", channel).put("to", FAX).put("sdp_offer", offer));
        assertThat(initiated.status()).as(initiated.raw().body()).isEqualTo(201);
        assertThat(initiated.json())
                .isEqualTo(new JsonObject()
                        .put("call_id", initiated.json().getString("call_id"))
                        .put("from", "+15550100000")
                        .put("to", FAX)
                        .put("status", "initiated")
                        .put("direction", "outbound"));
        String id = initiated.json().getString("call_id");
        lab.awaitNative(id, "call.answered");
        lab.record("call_" + id);
        RunningServer.await("the answer comes", () -> seen.stream().anyMatch(VobizBrowserTest::connects));
        String answer = seen.stream()
                .filter(VobizBrowserTest::connects)
                .findFirst()
                .orElseThrow()
                .getJsonObject("payload")
                .getString("sdp_answer");
        browser.evaluate("phone.accept(" + quoted(answer) + ")");
        assertThat(lab.awaitNative(id, "webrtc.connected")).contains("call.answered");
        lab.awaitSound("call_" + id);
        assertThat(level(MICROPHONE_HZ)).as("nobody sends it back").isLessThan(AUDIBLE_DB);

        assertThat(act(customer, channel, id, "accept", offer).status())
                .as("only a call in")
                .isEqualTo(409);
        assertThat(act(customer, channel, id, "reject", "").status()).isEqualTo(409);
        Lab.Reply ended = act(customer, channel, id, "terminate", "");
        assertThat(ended.json())
                .isEqualTo(new JsonObject()
                        .put("call_id", id)
                        .put("action", "terminate")
                        .put("success", true));
        lab.awaitNative(id, "recording.completed");
        assertThat(Recorded.millisOf(lab.recorded("call_" + id, 0, 1), MICROPHONE_HZ))
                .as("the microphone, at the phone")
                .isGreaterThan(500);
        List<Hooks.Told> told =
                customer.hooks().await(event -> event.getString("event_type").equals("call.terminate"));
        assertThat(told)
                .extracting(one -> one.json().getString("event_type") + " "
                        + one.json().getJsonObject("payload").getString("status"))
                .containsExactly(
                        "call.status_change initiated",
                        "call.status_change ringing",
                        "call.status_change accepted",
                        "call.connect accepted",
                        "call.terminate terminated");
        assertThat(told)
                .allSatisfy(one -> assertThat(one.headers().getFirst("X-Webhook-Signature"))
                        .isEqualTo(Signature.hmac(customer.secret(), one.raw())));
        RunningServer.await("both are told all", () -> seen.size() == told.size());
        assertThat(seen).isEqualTo(told.stream().map(Hooks.Told::json).toList());
        socket.abort();

        JsonObject entry = logs(customer, "?direction=outbound&status=terminated");
        assertThat(entry.getString("offer_sdp")).isEqualTo(offer);
        assertThat(entry.getString("answer_sdp")).isEqualTo(answer);
        assertThat(entry.getJsonObject("ice_candidates").getJsonArray("offer")).isNotEmpty();
        assertThat(entry.getJsonObject("ice_candidates").getJsonArray("answer")).isNotEmpty();
        assertThat(entry.getString("hangup_cause")).isEqualTo("hangup_api");
        assertThat(entry.getInteger("duration_seconds")).isPositive();
        assertThat(entry.getString("from_number")).isEqualTo("+15550100000");
        assertThat(entry.getString("to_number")).isEqualTo(FAX);
        assertThat(entry.getString("call_type")).isEqualTo("voice");
        assertThat(entry.getString("started_at")).isLessThan(entry.getString("answered_at"));
        assertThat(entry.getString("answered_at")).isLessThan(entry.getString("ended_at"));
        assertThat(entry.getString("updated_at")).isEqualTo(entry.getString("ended_at"));
        assertThat(entry.getString("created_at")).isEqualTo(entry.getString("started_at"));
    }

    @Test
    @Tag("full")
    void aCallInIsPreAcceptedAcceptedAndHeardByTheBrowser() throws Exception {
        Customer customer = lab.customer("vobiz");
        String number = "+15556670001";
        String channel = WireId.bare(lab.make(
                        "/v1/lines",
                        new JsonObject()
                                .put("account_id", customer.account())
                                .put("name", "channel")
                                .put("number", number))
                .getString("id"));
        customer.number(number, new JsonObject().put("webrtc", new JsonObject()));
        JsonObject beeps = new JsonObject()
                .put("to", number)
                .put("record", true)
                .put("play", new JsonObject().put("tone", "beep").put("loop", 60));
        String caller = lab.customer("native").post("/v1/calls", beeps).json().getString("id");
        customer.hooks().await(VobizBrowserTest::connects);
        JsonObject offered = customer.hooks().all().stream()
                .map(Hooks.Told::json)
                .filter(VobizBrowserTest::connects)
                .findFirst()
                .orElseThrow()
                .getJsonObject("payload");
        assertThat(offered.getString("status")).isEqualTo("ringing");
        assertThat(offered.getString("direction")).isEqualTo("inbound");
        String id = offered.getString("call_id");
        String answer =
                String.valueOf(browser.evaluate("phone.answer(" + quoted(offered.getString("sdp_offer")) + ")"));
        assertThat(act(customer, channel, id, "pre_accept", answer).status()).isEqualTo(200);
        assertThat(lab.awaitNative(id, "webrtc.connected"))
                .as("connected, and still ringing")
                .doesNotContain("call.answered");
        assertThat(logs(customer, "?status=pre_accepted").getString("status")).isEqualTo("pre_accepted");
        Lab.Reply accepted = act(customer, channel, id, "accept", answer);
        assertThat(accepted.json())
                .isEqualTo(new JsonObject()
                        .put("call_id", id)
                        .put("action", "accept")
                        .put("success", true));
        customer.hooks().await(one -> status(one).equals("accepted"));
        assertThat(level(BEEP_HZ)).as("the caller, in the browser").isGreaterThan(AUDIBLE_DB);
        assertThat(act(customer, channel, id, "reject", "").status())
                .as("it is answered")
                .isEqualTo(409);
        assertThat(act(customer, channel, id, "terminate", "").status()).isEqualTo(200);
        customer.hooks().await(one -> one.getString("event_type").equals("call.terminate"));
        lab.awaitNative(caller, "recording.completed");
        assertThat(Recorded.millisOf(lab.recorded(caller, 0, 0), MICROPHONE_HZ))
                .as("the browser, at the caller")
                .isGreaterThan(500);
        JsonObject entry = logs(customer, "?direction=inbound&status=terminated");
        assertThat(entry.getString("offer_sdp")).isEqualTo(offered.getString("sdp_offer"));
        assertThat(entry.getString("answer_sdp")).isEqualTo(answer);
        assertThat(entry.getJsonObject("ice_candidates").getJsonArray("answer")).isNotEmpty();
        assertThat(entry.getString("channel_id")).isEqualTo(channel);
    }

    private static boolean connects(JsonObject told) {
        return told.getString("event_type").equals("call.connect");
    }

    private static String status(JsonObject told) {
        return told.getJsonObject("payload").getString("status");
    }

    private static double level(int hz) throws Exception {
        return ((Number) browser.evaluate("phone.level(" + hz + ",2000)")).doubleValue();
    }

    private static String quoted(String sdp) {
        return new JsonArray().add(sdp).encode() + "[0]";
    }

    private static Lab.Reply post(Customer who, String path, JsonObject body) {
        return lab.send(
                "POST",
                path,
                body.encode(),
                "X-Auth-ID",
                VobizLog.alias(who.account()),
                "X-Auth-Token",
                who.key(),
                "Content-Type",
                "application/json");
    }

    private static Lab.Reply act(Customer who, String channel, String call, String action, String sdp) {
        return post(
                who,
                CALLS + "/action",
                new JsonObject()
                        .put("channel_id", channel)
                        .put("call_id", call)
                        .put("action", action)
                        .put("sdp", sdp));
    }

    /** The one entry that is found. */
    private static JsonObject logs(Customer who, String query) {
        JsonObject found = who.get(CALLS + "/logs" + query).json();
        assertThat(found.getInteger("total")).as(found.encode()).isEqualTo(1);
        return found.getJsonArray("items").getJsonObject(0);
    }
}
