package io.trunkline.control.http;

import static io.trunkline.control.store.TestStorage.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.http.ApiFixture.Reply;
import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordingApiTest {
    private static final int SAMPLES = 8000;
    private static ApiFixture api;
    private static String call;
    private static int recordings;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
        call = api.post("/v1/calls", "{\"to\": \"+15550100001\"}").json().getString("id");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void servesTheWholeFileAndAnyPartOfIt() throws Exception {
        String id = recorded();
        byte[] all = audio(id, "", "").body();
        assertThat(all).hasSize(44 + SAMPLES * 4);
        HttpResponse<byte[]> part = audio(id, "", "bytes=44-51");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 44-51/" + all.length);
        assertThat(part.body()).containsExactly(Arrays.copyOfRange(all, 44, 52));
        assertThat(audio(id, "", "bytes=-4").body()).hasSize(4);
        assertThat(audio(id, "", "bytes=999999999-").statusCode()).isEqualTo(416);
        String tag = audio(id, "", "").headers().firstValue("ETag").orElseThrow();
        assertThat(api.send(api.request("/v1/recordings/" + id + "/audio", API_KEY)
                                .header("If-None-Match", tag)
                                .GET())
                        .status())
                .isEqualTo(304);
    }

    @Test
    void givesOneChannelAlone() throws Exception {
        String id = recorded();
        ByteBuffer left = samples(audio(id, "?channel=left", "").body());
        ByteBuffer right = samples(audio(id, "?channel=right", "").body());
        assertThat(left.remaining()).isEqualTo(SAMPLES * 2);
        assertThat(left.getShort(200)).isEqualTo((short) 1000);
        assertThat(right.getShort(200)).isEqualTo((short) -2000);
    }

    @Test
    void drawsTheWaveformABandAChannel() throws Exception {
        HttpRequest request = api.request("/v1/recordings/" + recorded() + "/waveform?format=png&points=300", API_KEY)
                .GET()
                .build();
        HttpResponse<byte[]> png = api.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png.body()));
        assertThat(picture.getWidth()).isEqualTo(300);
        assertThat(picture.getHeight()).isEqualTo(120);
        assertThat(picture.getRGB(150, 30) >>> 24)
                .as("the line of the left channel")
                .isEqualTo(255);
        assertThat(picture.getRGB(150, 90))
                .as("the right one in its own colour")
                .isNotEqualTo(picture.getRGB(150, 30));
    }

    @Test
    void opensALinkWithoutAKeyUntilItExpires() throws Exception {
        String id = recorded();
        Reply link = api.post("/v1/recordings/" + id + "/link", "{\"expires_in\": 60}");
        assertThat(link.status()).isEqualTo(201);
        String url = link.json().getString("url");
        assertThat(open(url).statusCode()).isEqualTo(200);
        assertThat(open(url.replace(id, recorded())).statusCode()).isEqualTo(401);
        assertThat(open(url.replaceFirst("expires=\\d+", "expires=1")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void deletesWhatIsNotHeld() throws Exception {
        String id = recorded();
        api.call("PATCH", "/v1/recordings/" + id, API_KEY, new JsonObject().put("legal_hold", true));
        assertThat(api.call("DELETE", "/v1/recordings/" + id, API_KEY, new JsonObject())
                        .code())
                .isEqualTo("conflict");
        api.call("PATCH", "/v1/recordings/" + id, API_KEY, new JsonObject().put("legal_hold", false));
        assertThat(api.call("DELETE", "/v1/recordings/" + id, API_KEY, new JsonObject())
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/v1/recordings/" + id).status()).isEqualTo(404);
        assertThat(file(id)).doesNotExist();
    }

    @Test
    void listsAndDrawsThem() throws Exception {
        String id = recorded();
        assertThat(api.get("/v1/calls/" + call + "/recordings").raw().body()).contains(id);
        assertThat(api.get("/v1/recordings?call_id=" + call).raw().body()).contains(id);
        List<?> peaks = api.get("/v1/recordings/" + id + "/waveform?points=4")
                .json()
                .getJsonArray("peaks")
                .getList();
        assertThat(peaks)
                .hasSize(4)
                .allSatisfy(peak -> assertThat((Double) peak).isBetween(0.05, 0.07));
    }

    private static String recorded() throws IOException {
        String id = "rec_" + call.substring(5) + ++recordings;
        Files.createDirectories(file(id).getParent());
        Files.write(file(id), wav());
        TestStorage.await(api.calls().happen(call, "recording.started", Map.of("recording_id", id)));
        TestStorage.await(api.calls()
                .happen(
                        call,
                        "recording.completed",
                        Map.of("recording_id", id, "channels", 2, "duration_ms", 1000, "sha256", "abc" + recordings)));
        return id;
    }

    /** One second, 1000 on the left, −2000 on the right. */
    private static byte[] wav() {
        ByteBuffer wav = ByteBuffer.allocate(44 + SAMPLES * 4).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + SAMPLES * 4);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 2);
        wav.putInt(8000).putInt(32000).putShort((short) 4).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(SAMPLES * 4);
        while (wav.hasRemaining()) {
            wav.putShort((short) 1000).putShort((short) -2000);
        }
        return wav.array();
    }

    private static Path file(String id) {
        return api.storage().folder().resolve("recordings").resolve(id + ".wav");
    }

    private static ByteBuffer samples(byte[] wav) {
        ByteBuffer all = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(all.getShort(22)).isEqualTo((short) 1);
        return all.position(44).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static HttpResponse<byte[]> audio(String id, String query, String range) throws Exception {
        HttpRequest.Builder request =
                api.request("/v1/recordings/" + id + "/audio" + query, API_KEY).GET();
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        return api.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> open(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + api.port() + path);
        return api.client().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
