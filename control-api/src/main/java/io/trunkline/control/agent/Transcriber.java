package io.trunkline.control.agent;

import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.events.GuardedHttp;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Any server that speaks OpenAI's {@code POST /v1/audio/transcriptions}: a turn's sound in, its words out. */
final class Transcriber {
    private static final int LONGEST_ANSWER = 256 * 1024;
    private static final String OTHERWISE = "whisper-1";

    private final GuardedHttp http;
    private final AgentSpec.Transcription server;
    private final Optional<String> language;

    Transcriber(GuardedHttp http, AgentSpec.Transcription server, Optional<String> language) {
        this.http = http;
        this.server = server;
        this.language = language;
    }

    Future<String> words(byte[] wav) {
        String boundary = "trunkline-" + UUID.randomUUID();
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "multipart/form-data; boundary=" + boundary);
        server.apiKey().ifPresent(key -> headers.put("Authorization", "Bearer " + key));
        return http.post(server.url(), headers, form(boundary, wav), LONGEST_ANSWER)
                .map(answer -> Read.text(Read.json(answer.toString(StandardCharsets.UTF_8)), "text")
                        .strip());
    }

    /** RFC 7578. */
    private Buffer form(String boundary, byte[] wav) {
        Buffer form = Buffer.buffer(wav.length + 1024);
        field(form, boundary, "model", server.model().orElse(OTHERWISE));
        field(form, boundary, "response_format", "json");
        // ISO 639-1, without a country
        language.ifPresent(whole -> field(form, boundary, "language", whole.split("[-_]", 2)[0]));
        form.appendString(
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"turn.wav\"\r\n"
                        + "Content-Type: audio/wav\r\n\r\n");
        return form.appendBytes(wav).appendString("\r\n--" + boundary + "--\r\n");
    }

    private static void field(Buffer form, String boundary, String name, String value) {
        form.appendString(
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
    }
}
