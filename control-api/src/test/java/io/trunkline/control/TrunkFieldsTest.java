package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipConfig;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TestPki;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trunk's fields from the POST to what the carrier sees, by the whole program. */
class TrunkFieldsTest {
    @TempDir
    private static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject trunk(String name, int port, String transport) {
        JsonObject host =
                new JsonObject().put("host", "127.0.0.1").put("port", port).put("transport", transport);
        return new JsonObject().put("name", name).put("hosts", new JsonArray().add(host));
    }

    private static void make(JsonObject trunk) throws Exception {
        assertThat(server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY)
                        .statusCode())
                .isEqualTo(201);
    }

    private static JsonObject callBy(String trunk) {
        return new JsonObject().put("to", "+4930123456").put("trunk", trunk);
    }

    private static String answer() {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio " + FreePorts.next() + " RTP/AVP 8 101",
                "a=rtpmap:8 PCMA/8000",
                "a=rtpmap:101 telephone-event/8000",
                "");
    }

    @Test
    void offersTheCodecsOfTheTrunkInItsNumberFormatAndSendsDigitsByInfo() throws Exception {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            make(trunk("by-info", phone.port(), "udp")
                    .put("codecs", new JsonArray().add("G722").add("PCMA"))
                    .put("dtmf", "info")
                    .put("session_timer", new JsonObject().put("enabled", false))
                    .put("headers", new JsonObject().put("X-Tariff", "gold"))
                    .put("identity", new JsonObject().put("from_user", "me"))
                    .put(
                            "number_format",
                            new JsonObject().put("plus", false).put("strip", 2).put("prefix", "0")));
            String id = server.call(callBy("by-info").put("send_digits", "5w7"));
            RawMessage invite = phone.expect("INVITE");
            assertThat(invite.uri()).startsWith("sip:030123456@");
            assertThat(invite.body()).contains("RTP/AVP 9 8 ").doesNotContain("opus");
            assertThat(invite.header("Session-Expires")).isEmpty();
            assertThat(invite.header("X-Tariff")).isEqualTo("gold");
            assertThat(invite.header("From")).contains("<sip:me@");
            phone.respond(invite, 200, "OK", "a", answer());
            phone.expect("ACK");
            assertThat(digit(phone)).isEqualTo("5");
            assertThat(digit(phone)).isEqualTo("7");
            server.delete("/v1/calls/" + id);
            phone.respond(phone.expect("BYE"), 200, "OK", "");
            JsonObject ended = server.awaitCall(id, call -> call.getValue("ended_at") != null);
            assertThat(ended.getString("status")).isEqualTo("completed");
        }
    }

    private static String digit(ScriptedPhone phone) {
        RawMessage info = phone.expect("INFO");
        phone.respond(info, 200, "OK", "");
        Matcher signal = Pattern.compile("Signal=\\s*(.)").matcher(info.body());
        assertThat(signal.find()).isTrue();
        return signal.group(1);
    }

    @Test
    void refusesACallPastTheChannelsOfTheTrunk() throws Exception {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            make(trunk("narrow", phone.port(), "udp").put("channels", 1));
            String id = server.call(callBy("narrow"));
            RawMessage invite = phone.expect("INVITE");
            var second = server.post("/v1/calls", callBy("narrow").encode());
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValue("Retry-After")).isPresent();
            phone.respond(invite, 486, "Busy Here", "a");
            phone.expect("ACK");
            assertThat(server.awaitCall(id, call -> call.getValue("ended_at") != null)
                            .getString("status"))
                    .isEqualTo("busy");
        }
    }

    @Test
    void saysInTheCallWhyATlsTrunkIsRefused() throws Exception {
        int port = FreePorts.next();
        SipConfig.Certificate shown =
                new TestPki("Someone else").issue("127.0.0.1").in(folder, "stranger");
        try (Switchboard carrier = new Switchboard(
                "tls-carrier", c -> c.listeningOn(c.port(), port).withCertificate(shown))) {
            carrier.trunks(io.trunkline.sip.Trunk.peer("us", Switchboard.udp(9)));
            make(trunk("unknown-ca", port, "tls"));
            String id = server.call(callBy("unknown-ca"));
            JsonObject cause = server.awaitCall(id, call -> call.getValue("ended_at") != null)
                    .getJsonObject("cause");
            assertThat(cause.getString("code")).as("%s", cause).isEqualTo("tls_failed");
            assertThat(cause.encode()).containsIgnoringCase("certif");
        }
    }
}
