package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.testing.Goertzel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real browser on one side, the sandbox's phones on the other, the whole program in between. */
class BrowserCallTest {
    private static final int WAV_HEADER = 44;
    /** A tone that nothing else here makes. */
    private static final int MICROPHONE_HZ = 1400;

    private static final int FAX_HZ = 2100;
    private static final int BEEP_HZ = 1000;
    private static final double AUDIBLE_DB = -45;
    private static final String NUMBER = "+15557770001";

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chromium.isInstalled(), "needs chromium");
        server = new RunningServer(folder);
        browser = new Chromium(folder, Chromium.microphone(folder, MICROPHONE_HZ));
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void freshPhone() throws Exception {
        browser.openPhone();
    }

    private static String evaluate(String expression) throws Exception {
        return String.valueOf(browser.evaluate(expression));
    }

    private static double level(int hz, int millis) throws Exception {
        return ((Number) browser.evaluate("phone.level(" + hz + "," + millis + ")")).doubleValue();
    }

    private static String quoted(String sdp) {
        return new JsonArray().add(sdp).encode() + "[0]";
    }

    /** Places a call with the browser's offer and gives the browser our answer. */
    private static String call(String to) throws Exception {
        String offer = evaluate("phone.offer()");
        HttpResponse<String> created = server.post(
                "/v1/calls",
                new JsonObject()
                        .put("to", to)
                        .put("record", true)
                        .put("webrtc", new JsonObject().put("sdp_offer", offer))
                        .encode());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonObject call = new JsonObject(created.body());
        browser.evaluate("phone.accept(" + quoted(call.getJsonObject("webrtc").getString("sdp_answer")) + ")");
        return call.getString("id");
    }

    @Test
    void browserAndPhoneHearEachOther() throws Exception {
        String id = call("+15550100009");
        server.awaitEvent(id, "webrtc.connected");
        server.awaitEvent(id, "call.answered");
        assertThat(level(FAX_HZ, 3000)).as("what the fax sends, in the browser").isGreaterThan(AUDIBLE_DB);
        assertThat(Double.parseDouble(evaluate("phone.received()"))).isGreaterThan(50);
        server.delete("/v1/calls/" + id);
        server.awaitEvent(id, "recording.completed");
        short[] phone = channel(id, 0);
        short[] spoken = channel(id, 1);

        assertThat(best(phone, FAX_HZ)).as("the fax, on the recording's left").isGreaterThan(-30);
        assertThat(best(spoken, MICROPHONE_HZ))
                .as("the microphone, on its right")
                .isGreaterThan(-30);
        assertThat(best(spoken, FAX_HZ)).isLessThan(-50);
        RunningServer.await("the browser is told", () -> state("closed", "failed", "disconnected"));
    }

    @Test
    @Tag("full")
    void theBrowserHearsItselfFromAnEchoAndHangsUp() throws Exception {
        String id = call("+15550100006");
        server.awaitEvent(id, "webrtc.connected");
        server.awaitEvent(id, "call.answered");

        assertThat(level(MICROPHONE_HZ, 3000)).isGreaterThan(AUDIBLE_DB);
        browser.evaluate("phone.hangUp()");
        server.awaitEvent(id, "call.ended");
        assertThat(server.show(id).getJsonObject("cause").getString("code")).isEqualTo("browser_gone");
    }

    /** The first call of a fresh process warms it up; of the others the quickest counts, whatever else the machine does. */
    @Test
    @Tag("full")
    void aBrowserIsConnectedWithinTwoSeconds() throws Exception {
        long quickest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 4; attempt++) {
            browser.openPhone();
            long begun = System.nanoTime();
            String id = call("+15550100006");
            server.awaitEvent(id, "webrtc.connected");
            quickest = Math.min(quickest, (System.nanoTime() - begun) / 1_000_000);
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "call.ended");
        }
        assertThat(quickest)
                .as("microphone, offer, call, checks, handshake, first packet")
                .isLessThan(2000);
    }

    /** It says goodbye to nobody: its consent runs out (RFC 7675). */
    @Test
    @Tag("full")
    void aBrowserThatDiesEndsTheCallWithItsCause() throws Exception {
        Path other = Files.createDirectories(folder.resolve("dies"));
        Chromium lasting = browser;
        String id;
        try (Chromium dying = new Chromium(other, Chromium.microphone(other, MICROPHONE_HZ))) {
            browser = dying;
            dying.openPhone();
            id = call("+15550100006");
            server.awaitEvent(id, "webrtc.connected");
            dying.kill();
        } finally {
            browser = lasting;
        }
        server.awaitEvent(id, "call.ended");
        JsonObject call = server.show(id);
        assertThat(call.getJsonObject("cause").getString("code")).isEqualTo("browser_gone");
        JsonObject left = server.events(id).stream()
                .filter(event -> event.getString("type").equals("webrtc.left"))
                .findFirst()
                .orElseThrow();
        assertThat(left.getJsonObject("data").getString("reason")).isEqualTo("peer_gone");
    }

    @Test
    @Tag("full")
    void aPhoneThatHangsUpLetsTheBrowserGo() throws Exception {
        String id = call("+15550100013");
        server.awaitEvent(id, "call.ended");
        assertThat(server.show(id).getJsonObject("cause").getString("code")).isEqualTo("hangup_remote");
        RunningServer.await("the browser is told", () -> state("closed", "failed", "disconnected"));
    }

    @Test
    @Tag("full")
    void candidatesMayFollowTheOffer() throws Exception {
        String candidate = "candidate:1 1 udp 2130706431 127.0.0.1 40000 typ host";
        String plain = server.call(new JsonObject().put("to", "+15550100001").put("keep", true));
        assertThat(candidate(plain, candidate).statusCode()).as("no browser").isEqualTo(400);
        String id = call("+15550100006");
        for (String line : List.of(candidate, "candidate:garbage", "")) {
            HttpResponse<String> taken = candidate(id, line);
            assertThat(taken.statusCode()).as(line + taken.body()).isEqualTo(202);
        }
        List<String> types = server.awaitEvent(id, "webrtc.connected");
        assertThat(types).as("nobody joins again").doesNotContain("webrtc.left");
        server.delete("/v1/calls/" + id);
        server.delete("/v1/calls/" + plain);
    }

    private static HttpResponse<String> candidate(String id, String line) throws Exception {
        return server.post(
                "/v1/calls/" + id + "/webrtc",
                new JsonObject().put("candidate", line).encode());
    }

    @Test
    @Tag("full")
    void digitsOfTheBrowserReachThePhonesMenu() throws Exception {
        String id = call("+15550100007");
        server.awaitEvent(id, "call.answered");
        RunningServer.await("the menu has spoken and waits", () -> quiet());
        browser.evaluate("phone.press('1')");

        RunningServer.await("the menu answers the digit", () -> loud());
        server.delete("/v1/calls/" + id);
    }

    /** A second call of ours, over a trunk that leads back here, is the caller. */
    @Test
    @Tag("full")
    void aCallInIsOfferedToABrowserThatAnswersIt() throws Exception {
        String caller = dialOurselves();
        String id = awaitInbound();
        server.awaitEvent(id, "webrtc.offered");
        JsonObject offered = server.events(id).stream()
                .filter(event -> event.getString("type").equals("webrtc.offered"))
                .findFirst()
                .orElseThrow();
        String answer =
                evaluate("phone.answer(" + quoted(offered.getJsonObject("data").getString("sdp_offer")) + ")");
        post(id, "webrtc", new JsonObject().put("sdp_answer", answer).put("answer", false));
        assertThat(server.awaitEvent(id, "webrtc.connected"))
                .as("connected before it is answered: the first word is not lost")
                .doesNotContain("call.answered");
        post(id, "answer", new JsonObject());
        server.awaitEvent(id, "call.answered");

        assertThat(level(BEEP_HZ, 3000)).isGreaterThan(AUDIBLE_DB);
        server.delete("/v1/calls/" + id);
        server.awaitEvent(caller, "recording.completed");
        assertThat(best(channel(caller, 0), MICROPHONE_HZ)).isGreaterThan(-30);
    }

    private static String dialOurselves() throws Exception {
        JsonObject host = new JsonObject().put("host", "127.0.0.1").put("port", server.sipPort());
        HttpResponse<String> trunk = server.post(
                "/v1/trunks",
                new JsonObject()
                        .put("name", "ourselves")
                        .put("hosts", new JsonArray().add(host))
                        .put("prefixes", new JsonArray().add("+1555777"))
                        .put("allow_from", new JsonArray().add("127.0.0.1"))
                        .encode(),
                RunningServer.ADMIN_KEY);
        assertThat(trunk.statusCode()).as(trunk.body()).isEqualTo(201);
        HttpResponse<String> number = server.post(
                "/v1/numbers",
                new JsonObject()
                        .put("number", NUMBER)
                        .put("webrtc", new JsonObject())
                        .encode(),
                RunningServer.ADMIN_KEY);
        assertThat(number.statusCode()).as(number.body()).isEqualTo(201);
        return server.call(new JsonObject()
                .put("to", NUMBER)
                .put("trunk", "ourselves")
                .put("record", true)
                .put("play", new JsonObject().put("tone", "beep").put("loop", 60)));
    }

    private static String awaitInbound() throws Exception {
        List<String> found = new ArrayList<>();
        RunningServer.await("the call comes in", () -> {
            try {
                new JsonObject(server.get("/v1/calls?direction=inbound").body())
                        .getJsonArray("items").stream()
                                .map(JsonObject.class::cast)
                                .forEach(call -> found.add(call.getString("id")));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    private static void post(String id, String command, JsonObject body) throws Exception {
        HttpResponse<String> taken = server.post("/v1/calls/" + id + "/" + command, body.encode());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    }

    @Test
    void anOfferThatIsNoneIsRefusedAndNothingIsDialled() throws Exception {
        HttpResponse<String> refused = server.post(
                "/v1/calls",
                new JsonObject()
                        .put("to", "+15550100001")
                        .put("webrtc", new JsonObject().put("sdp_offer", "v=0\r\nm=audio 9 RTP/AVP 0\r\n"))
                        .encode());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("encryption_required").contains("sdp_offer");
    }

    private static boolean quiet() {
        return peak(1500) < 0.005;
    }

    private static boolean loud() {
        return peak(500) > 0.02;
    }

    private static double peak(int millis) {
        try {
            return ((Number) browser.evaluate("phone.peak(" + millis + ")")).doubleValue();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean state(String... wanted) {
        try {
            return List.of(wanted).contains(evaluate("phone.state()"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static short[] channel(String callId, int channel) throws Exception {
        String recording = server.show(callId).getJsonArray("recordings").getString(0);
        byte[] wav = server.bytes("/v1/recordings/" + recording + "/audio").body();
        Files.write(folder.resolve(callId + ".wav"), wav);
        ByteBuffer samples = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        short[] one = new short[(wav.length - WAV_HEADER) / 4];
        for (int i = 0; i < one.length; i++) {
            one[i] = samples.getShort(WAV_HEADER + 4 * i + 2 * channel);
        }
        return one;
    }

    /** The loudest half second at a frequency. */
    private static double best(short[] samples, int hz) {
        double best = -120;
        for (int at = 0; at + 4000 <= samples.length; at += 1000) {
            best = Math.max(best, Goertzel.levelDb(samples, at, 4000, hz, 8000));
        }
        return best;
    }
}
