package io.trunkline.control.http;

import io.trunkline.control.speech.Voices;
import io.trunkline.media.SpeechSynthesizer.Voice;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/voices}: who can speak here, each with a sample to listen to. */
final class VoiceRoutes {
    private final Vertx vertx;
    private final Voices voices;

    VoiceRoutes(Vertx vertx, Voices voices) {
        this.vertx = vertx;
        this.voices = voices;
    }

    Map<String, Operation> operations() {
        return Map.of("listVoices", this::list, "voiceSample", this::sample);
    }

    private Future<Answer> list(Ask ask) {
        Optional<String> language = ask.text("language").map(text -> text.toLowerCase(Locale.ROOT));
        JsonArray items = new JsonArray();
        voices.all().stream()
                .filter(voice -> ask.text("engine").map(voice.engine()::equals).orElse(true))
                .filter(voice -> language.map(wanted ->
                                voice.language().toLowerCase(Locale.ROOT).startsWith(wanted))
                        .orElse(true))
                .map(VoiceRoutes::json)
                .forEach(items::add);
        return Future.succeededFuture(
                Answer.ok(new JsonObject().put("items", items).put("next_cursor", null)));
    }

    private static JsonObject json(Voice voice) {
        return new JsonObject()
                .put("id", voice.id())
                .put("engine", voice.engine())
                .put("language", voice.language())
                .put("sex", voice.sex())
                .put("sample_rate", voice.sampleRate())
                .put("sample", "/v1/voices/sample?voice=" + URLEncoder.encode(voice.id(), StandardCharsets.UTF_8));
    }

    private Future<Answer> sample(Ask ask) {
        Voices.Choice choice = voices.choose(ask.text("voice"), Optional.empty());
        return vertx.executeBlocking(() -> wav(voices.sample(choice)), false)
                .recover(failed -> Future.failedFuture(
                        Problem.of(503, "overloaded", "The voice did not speak: " + failed.getMessage())));
    }

    private static Answer wav(byte[] audio) {
        return new Answer.Direct(request -> {
            request.resume();
            request.response().putHeader("Content-Type", "audio/wav").end(Buffer.buffer(audio));
        });
    }
}
