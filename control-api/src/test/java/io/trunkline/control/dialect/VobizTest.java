package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.events.Signature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vobiz's actions, logs, webhooks and events, on the whole program. */
@ExtendWith(Lab.Door.class)
class VobizTest {
    private static final String CALLS = "/api/v1/messaging/calls/whatsapp";
    private static final List<String> LOG = List.of(
            "id",
            "account_id",
            "channel_id",
            "meta_call_id",
            "direction",
            "from_number",
            "to_number",
            "status",
            "call_type",
            "offer_sdp",
            "answer_sdp",
            "ice_candidates",
            "started_at",
            "answered_at",
            "ended_at",
            "duration_seconds",
            "hangup_cause",
            "metadata",
            "created_at",
            "updated_at");

    private static Lab lab;

    @BeforeAll
    static void open(Lab server) {
        lab = server;
    }

    private static Lab.Reply send(Customer who, String method, String path, String body) {
        return lab.send(
                method,
                path,
                body,
                "X-Auth-ID",
                VobizLog.alias(who.account()),
                "X-Auth-Token",
                who.key(),
                "Content-Type",
                "application/json");
    }

    private static String place(Customer who, String to, String line) {
        return who.post(
                        "/v1/calls",
                        new JsonObject()
                                .put("to", to)
                                .put("line", line)
                                .put("metadata", new JsonObject().put("n", 1).put("x-wa-meta-wacid", "wacid.HBgM")))
                .json()
                .getString("id");
    }

    @Test
    void aCallIsToldByWebhookAndWebSocketAlikeAndEndedByItsAction() {
        Customer customer = lab.customer("vobiz");
        JsonObject line = customer.line("channel", false);
        List<JsonObject> seen = new CopyOnWriteArrayList<>();
        WebSocket socket = listen(customer, seen);
        String id = place(customer, "+15550100001", line.getString("id"));
        customer.hooks().await(told -> status(told).equals("accepted"));
        JsonObject action = new JsonObject()
                .put("channel_id", WireId.bare(line.getString("id")))
                .put("call_id", WireId.bare(id))
                .put("action", "terminate");
        Lab.Reply ended = send(customer, "POST", CALLS + "/action", action.encode());
        assertThat(ended.status()).as(ended.raw().body()).isEqualTo(200);
        assertThat(ended.json())
                .isEqualTo(new JsonObject()
                        .put("call_id", WireId.bare(id))
                        .put("action", "terminate")
                        .put("success", true));
        List<Hooks.Told> told =
                customer.hooks().await(event -> event.getString("event_type").equals("call.terminate"));
        assertThat(told)
                .extracting(one -> one.json().getJsonObject("payload").getString("status"))
                .containsExactly("initiated", "ringing", "accepted", "terminated");
        for (Hooks.Told one : told) {
            assertThat(one.json().fieldNames())
                    .containsExactly("event_id", "event_type", "account_id", "occurred_at", "payload");
            assertThat(one.headers().getFirst("X-Webhook-Event"))
                    .isEqualTo(one.json().getString("event_type"));
            assertThat(one.headers().getFirst("X-Webhook-Signature"))
                    .isEqualTo(Signature.hmac(customer.secret(), one.raw()));
            assertThat(one.json().getJsonObject("payload").getString("call_id")).isEqualTo(WireId.bare(id));
        }
        while (seen.size() < told.size()) {
            Lab.pause();
        }
        assertThat(seen).isEqualTo(told.stream().map(Hooks.Told::json).toList());
        socket.abort();
        assertThat(send(customer, "POST", CALLS + "/action", action.encode()).status())
                .isEqualTo(409);
    }

    private static String status(JsonObject told) {
        return told.getJsonObject("payload").getString("status");
    }

    /** As a browser would offer it; nobody is behind it. */
    static final String OFFER = """
            v=0
            o=- 4611731400430051336 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=msid-semantic: WMS
            m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=candidate:1 1 udp 2122260223 127.0.0.1 40000 typ host
            a=ice-ufrag:kK7x
            a=ice-pwd:0b66f472495ef0ccac7bda653ab6be49
            a=ice-options:trickle
            a=fingerprint:sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF
            a=setup:actpass
            a=mid:0
            a=sendrecv
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            """.replace("\n", "\r\n");

    @Test
    void anInitiatedCallIsAnsweredByWebhookWithTheDescriptionAndLoggedWithBoth() {
        Customer customer = lab.customer("vobiz");
        String channel = "3f1c9b7e-2d4a-4f6b-9c8e-0a1b2c3d4e5f"; // as printed: a line's name that looks like an id
        customer.line(channel, false);
        Lab.Reply initiated = send(
                customer,
                "POST",
                CALLS,
                new JsonObject()
                        .put("channel_id", channel)
                        .put("to", "+919876543210")
                        .put("sdp_offer", OFFER)
                        .encode());
        assertThat(initiated.status()).as(initiated.raw().body()).isEqualTo(201);
        assertThat(initiated.json().fieldNames()).containsExactly("call_id", "from", "to", "status", "direction");
        assertThat(initiated.json().getString("status")).isEqualTo("initiated");
        assertThat(initiated.json().getString("to")).isEqualTo("+919876543210");
        String id = initiated.json().getString("call_id");

        List<Hooks.Told> told =
                customer.hooks().await(one -> one.getString("event_type").equals("call.connect"));
        assertThat(told)
                .extracting(one -> status(one.json()))
                .containsExactly("initiated", "ringing", "accepted", "accepted");
        JsonObject connect = told.getLast().json().getJsonObject("payload");
        assertThat(connect.getString("call_id")).isEqualTo(id);
        assertThat(connect.getString("sdp_answer")).startsWith("v=0").contains("a=fingerprint:");

        JsonObject entry =
                logs(customer, "?status=accepted").getJsonArray("items").getJsonObject(0);
        assertThat(entry.getString("call_id")).isEqualTo(id);
        assertThat(entry.getString("channel_id")).isEqualTo(channel);
        assertThat(entry.getString("offer_sdp")).isEqualTo(OFFER);
        assertThat(entry.getString("answer_sdp")).isEqualTo(connect.getString("sdp_answer"));
        assertThat(entry.getJsonObject("ice_candidates").getJsonArray("offer")).hasSize(1);
        assertThat(entry.getJsonObject("ice_candidates").getJsonArray("answer")).isNotEmpty();
        Lab.Reply accept = act(customer, channel, id, "accept", OFFER);
        assertThat(accept.status()).as("only a call in is accepted").isEqualTo(409);
        assertThat(act(customer, channel, id, "terminate", "").status()).isEqualTo(200);
        customer.hooks().await(one -> one.getString("event_type").equals("call.terminate"));
    }

    private static Lab.Reply act(Customer who, String channel, String call, String action, String sdp) {
        JsonObject body = new JsonObject()
                .put("channel_id", channel)
                .put("call_id", call)
                .put("action", action)
                .put("sdp", sdp);
        return send(who, "POST", CALLS + "/action", body.encode());
    }

    @Test
    void aDescriptionThatIsNoneIsRefusedAndNothingIsDialled() {
        Customer customer = lab.customer("vobiz");
        customer.line("channel", false);
        Lab.Reply refused = send(
                customer, "POST", CALLS, "{\"channel_id\":\"channel\",\"to\":\"+919876543210\",\"sdp_offer\":\"v=0\"}");
        assertThat(refused.status()).as(refused.raw().body()).isEqualTo(400);
        assertThat(logs(customer, "").getInteger("total")).isZero();
    }

    /** A call of ours over a trunk that leads back here is the caller. */
    @Test
    void aCallInIsOfferedAcceptedOrRejectedByItsActions() {
        Customer customer = lab.customer("vobiz");
        String number = "+15556660001";
        JsonObject line = lab.make(
                "/v1/lines",
                new JsonObject()
                        .put("account_id", customer.account())
                        .put("name", "channel")
                        .put("number", number));
        lab.make(
                "/v1/numbers",
                new JsonObject()
                        .put("account_id", customer.account())
                        .put("application_id", customer.application())
                        .put("number", number)
                        .put("webrtc", new JsonObject()));
        lab.make(
                "/v1/trunks",
                new JsonObject()
                        .put("name", lab.name("ourselves"))
                        .put(
                                "hosts",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("host", "127.0.0.1")
                                                .put("port", lab.sipPort())))
                        .put("prefixes", new JsonArray().add("+1555666"))
                        .put("allow_from", new JsonArray().add("127.0.0.1")));
        Customer caller = lab.customer("native");
        caller.post("/v1/calls", new JsonObject().put("to", number));
        List<Hooks.Told> told =
                customer.hooks().await(one -> one.getString("event_type").equals("call.connect"));
        JsonObject offered = told.getLast().json().getJsonObject("payload");
        assertThat(offered.getString("sdp_offer")).startsWith("v=0");
        assertThat(offered.getString("direction")).isEqualTo("inbound");
        String channel = WireId.bare(line.getString("id"));
        String id = offered.getString("call_id");
        assertThat(logs(customer, "?status=ringing").getInteger("total")).isEqualTo(1);
        assertThat(logs(customer, "?status=pre_accepted").getInteger("total")).isZero();
        Lab.Reply early = act(customer, channel, id, "pre_accept", ANSWER);
        assertThat(early.status()).as(early.raw().body()).isEqualTo(200);
        assertThat(logs(customer, "?status=pre_accepted")
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("status"))
                .isEqualTo("pre_accepted");
        assertThat(logs(customer, "?status=ringing").getInteger("total")).isZero();
        Lab.Reply accepted = act(customer, channel, id, "accept", ANSWER);
        assertThat(accepted.json().getString("action")).isEqualTo("accept");
        customer.hooks().await(one -> status(one).equals("accepted"));
        assertThat(act(customer, channel, id, "terminate", "").status()).isEqualTo(200);
        customer.hooks().await(one -> status(one).equals("terminated"));

        caller.post("/v1/calls", new JsonObject().put("to", number));
        customer.hooks().await(one -> isAnotherOffer(one, id));
        JsonObject second = customer.hooks().all().stream()
                .map(one -> one.json())
                .filter(one -> isAnotherOffer(one, id))
                .findFirst()
                .orElseThrow()
                .getJsonObject("payload");
        assertThat(act(customer, channel, second.getString("call_id"), "reject", "")
                        .status())
                .isEqualTo(200);
        customer.hooks().await(one -> status(one).equals("rejected"));

        String third = caller.post("/v1/calls", new JsonObject().put("to", number))
                .json()
                .getString("id");
        customer.hooks().await(one -> isAnotherOffer(one, id) && isAnotherOffer(one, second.getString("call_id")));
        lab.awaitNative(third, "call.ringing");
        lab.hangup(third);
        customer.hooks().await(one -> status(one).equals("missed"));
        assertThat(logs(customer, "?status=missed").getInteger("total")).isEqualTo(1);
    }

    private static boolean isAnotherOffer(JsonObject told, String id) {
        JsonObject payload = told.getJsonObject("payload");
        return payload.getString("sdp_offer") != null
                && !payload.getString("call_id").equals(id);
    }

    private static final String ANSWER = OFFER.replace("actpass", "active");

    private static WebSocket listen(Customer customer, List<JsonObject> seen) {
        return lab.open(
                "/api/v1/messaging/events", seen, "X-Auth-ID", customer.account(), "X-Auth-Token", customer.key());
    }

    @Test
    void logsAreCountedFilteredAndTurnedPageByPage() {
        Customer customer = lab.customer("vobiz");
        JsonObject line = customer.line("channel", false);
        for (String to : List.of("+15550100003", "+15550100005", "+15550100013")) {
            lab.awaitNative(place(customer, to, line.getString("id")), "call.ended");
        }
        JsonObject first = logs(customer, "?page=1&limit=2&direction=outbound");
        assertThat(first.fieldNames()).containsExactly("items", "total", "page", "limit", "has_more");
        assertThat(first.getJsonArray("items")).hasSize(2);
        assertThat(first.getInteger("total")).isEqualTo(3);
        assertThat(first.getBoolean("has_more")).isTrue();
        JsonObject second = logs(customer, "?page=2&limit=2");
        assertThat(second.getJsonArray("items")).hasSize(1);
        assertThat(second.getBoolean("has_more")).isFalse();
        assertThat(logs(customer, "?direction=inbound").getInteger("total")).isZero();
        assertThat(logs(customer, "?status=rejected").getInteger("total")).isEqualTo(2);
        lab.awaitNative(place(customer, "+15550100012", line.getString("id")), "call.ended");
        JsonObject failed = logs(customer, "?status=failed");
        assertThat(failed.getInteger("total")).isEqualTo(1);
        assertThat(failed.getJsonArray("items").getJsonObject(0).getString("status"))
                .isEqualTo("failed");
        String ringing = place(customer, "+15550100004", line.getString("id"));
        lab.awaitNative(ringing, "call.ringing");
        assertThat(logs(customer, "?status=ringing").getInteger("total")).isEqualTo(1);
        lab.hangup(ringing);
        lab.awaitNative(ringing, "call.ended");
        assertThat(logs(customer, "?status=terminated").getInteger("total")).isEqualTo(1);
        JsonObject plain = logs(customer, "");
        assertThat(plain.getInteger("page")).isEqualTo(1);
        assertThat(plain.getInteger("limit")).isEqualTo(25);
        assertThat(plain.getInteger("total")).isEqualTo(5);

        JsonObject whole = logs(customer, "?page=1&limit=25&direction=outbound&status=accepted");
        assertThat(whole.getInteger("limit")).isEqualTo(25);
        JsonArray items = whole.getJsonArray("items");
        assertThat(items).hasSize(1);
        JsonObject entry = items.getJsonObject(0);
        assertThat(entry.fieldNames()).containsAll(LOG);
        assertThat(entry.getString("id")).matches("[0-9a-f-]{36}").isNotEqualTo(entry.getString("call_id"));
        assertThat(entry.getString("account_id")).isEqualTo(VobizLog.alias(customer.account()));
        assertThat(entry.getString("channel_id")).isEqualTo(WireId.bare(line.getString("id")));
        assertThat(entry.getString("status")).isEqualTo("accepted");
        assertThat(entry.getString("hangup_cause")).isEqualTo("hangup_remote");
        assertThat(entry.getJsonObject("metadata").getInteger("n")).isEqualTo(1);
        assertThat(entry.getString("meta_call_id")).isEqualTo("wacid.HBgM");
        assertThat(entry.getString("answered_at")).isLessThan(entry.getString("ended_at"));
        assertThat(logs(lab.customer("vobiz"), "").getInteger("total")).isZero();
    }

    private static JsonObject logs(Customer who, String query) {
        Lab.Reply found = send(who, "GET", CALLS + "/logs" + query, "");
        assertThat(found.status()).as(found.raw().body()).isEqualTo(200);
        return found.json();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "           | {'to':'+919876543210','sdp_offer':'v=0'}                        | 400 | channel_id",
                "           | {'channel_id':'channel','sdp_offer':'v=0'}                      | 400 | to",
                "           | {'channel_id':'channel','to':'+919876543210'}                   | 400 | sdp_offer",
                "           | {'channel_id':'nobody','to':'+919876543210','sdp_offer':'v=0'}  | 404 | key",
                "/action    | {'call_id':'x','action':'terminate'}                            | 400 | channel_id",
                "/action    | {'channel_id':'channel','action':'terminate'}                   | 400 | call_id",
                "/action    | {'channel_id':'channel','call_id':'x'}                          | 400 | action",
                "/action    | {'channel_id':'channel','call_id':'x','action':'dance'}         | 400 | action",
                "/action    | {'channel_id':'channel','call_id':'x','action':'accept'}        | 400 | sdp",
                "/action    | {'channel_id':'channel','call_id':'x','action':'pre_accept'}    | 400 | sdp",
                "/action    | {'channel_id':'channel','call_id':'x','action':'reject'}        | 404 | key",
                "/action    | {'channel_id':                                                  | 400 | JSON",
            })
    void whatIsMissingIsNamed(String path, String body, int status, String named) {
        Customer customer = lab.customer("vobiz");
        customer.line("channel", false);
        Lab.Reply refused = send(customer, "POST", CALLS + (path == null ? "" : path), body.replace('\'', '"'));
        assertThat(refused.status()).as(refused.raw().body()).isEqualTo(status);
        assertThat(refused.json().getString("message")).contains(named);
    }

    @Test
    void aTokenOpensWithItsOwnAccountAloneAndABearerWithout() {
        Customer customer = lab.customer("vobiz");
        String logs = CALLS + "/logs";
        assertThat(send(customer, "GET", logs, "").status()).isEqualTo(200);
        assertThat(customer.get(logs).status()).isEqualTo(200);
        assertThat(customer.get("/compat/vobiz" + logs).status()).isEqualTo(200);
        assertThat(lab.send("GET", logs, "", "X-Auth-Token", customer.key()).status())
                .isEqualTo(401);
        assertThat(lab.send("GET", logs, "", "X-Auth-Token", customer.key(), "X-Auth-ID", "MA_XXXXXXXX")
                        .json()
                        .getString("error"))
                .isEqualTo("unauthorized");
        assertThat(lab.send("GET", logs, "").status()).isEqualTo(401);
    }
}
