package io.trunkline.control.agent;

import io.trunkline.control.call.AgentSpec;
import io.trunkline.media.SampleFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What we say to a Realtime server, in the words of its general release or of the beta before it. */
final class RealtimeWords {
    private static final int WIDE = 24_000;
    private static final int PHONE = 8000;

    private final AgentSpec spec;
    private final SampleFormat format;

    RealtimeWords(AgentSpec spec) {
        this.spec = spec;
        this.format = switch (spec.encoding().orElse("mulaw")) {
            case "alaw" -> SampleFormat.ALAW;
            case "l16" -> SampleFormat.L16_LITTLE_ENDIAN;
            default -> SampleFormat.MULAW;
        };
    }

    SampleFormat format() {
        return format;
    }

    int sampleRate() {
        return format.bytesPerSample() == 1 ? PHONE : WIDE;
    }

    Map<String, String> headers() {
        return spec.beta() ? Map.of("OpenAI-Beta", "realtime=v1") : Map.of();
    }

    JsonObject sessionUpdate() {
        JsonObject session = spec.beta() ? betaSession() : session();
        session.put("instructions", spec.instructions()).put("tools", AgentTools.describe(spec));
        session.mergeIn(new JsonObject(spec.session()), true);
        return new JsonObject().put("type", "session.update").put("session", session);
    }

    private JsonObject session() {
        JsonObject input = new JsonObject().put("format", formatObject()).put("transcription", transcription());
        input.put("turn_detection", turnDetection());
        JsonObject output = new JsonObject().put("format", formatObject());
        spec.voice().ifPresent(voice -> output.put("voice", voice));
        JsonObject session = new JsonObject()
                .put("type", "realtime")
                .put("output_modalities", new JsonArray().add("audio"))
                .put("audio", new JsonObject().put("input", input).put("output", output));
        spec.model().ifPresent(model -> session.put("model", model));
        return session;
    }

    private JsonObject betaSession() {
        JsonObject session = new JsonObject()
                .put("modalities", new JsonArray().add("audio").add("text"))
                .put("input_audio_format", betaFormat())
                .put("output_audio_format", betaFormat())
                .put("input_audio_transcription", transcription())
                .put("turn_detection", turnDetection());
        spec.voice().ifPresent(voice -> session.put("voice", voice));
        return session;
    }

    private JsonObject formatObject() {
        return switch (format) {
            case MULAW -> new JsonObject().put("type", "audio/pcmu");
            case ALAW -> new JsonObject().put("type", "audio/pcma");
            case L16_LITTLE_ENDIAN, L16_BIG_ENDIAN ->
                new JsonObject().put("type", "audio/pcm").put("rate", WIDE);
        };
    }

    private String betaFormat() {
        return switch (format) {
            case MULAW -> "g711_ulaw";
            case ALAW -> "g711_alaw";
            case L16_LITTLE_ENDIAN, L16_BIG_ENDIAN -> "pcm16";
        };
    }

    private JsonObject transcription() {
        JsonObject transcription = new JsonObject().put("model", spec.beta() ? "whisper-1" : "gpt-4o-mini-transcribe");
        spec.language().ifPresent(language -> transcription.put("language", language));
        return transcription;
    }

    /** Null, which is a value here, while we judge ourselves when the callee has finished. */
    private @Nullable JsonObject turnDetection() {
        return spec.localTurns()
                ? null
                : new JsonObject()
                        .put("type", "server_vad")
                        .put("create_response", true)
                        .put("interrupt_response", spec.bargeIn());
    }

    JsonObject append(byte[] audio) {
        return new JsonObject()
                .put("type", "input_audio_buffer.append")
                .put("audio", Base64.getEncoder().encodeToString(audio));
    }

    static JsonObject plain(String type) {
        return new JsonObject().put("type", type);
    }

    static JsonObject greet(String greeting) {
        return plain("response.create")
                .put(
                        "response",
                        new JsonObject().put("instructions", "Greet the other side with these words: " + greeting));
    }

    static JsonObject truncate(String itemId, int contentIndex, long heardMs) {
        return plain("conversation.item.truncate")
                .put("item_id", itemId)
                .put("content_index", contentIndex)
                .put("audio_end_ms", heardMs);
    }

    /** Words of an earlier session. */
    JsonObject remembered(Conversation.Line line) {
        boolean agent = line.role().equals("agent");
        String type = agent ? (spec.beta() ? "text" : "output_text") : "input_text";
        String text = line.text() + (line.heardMs().isPresent() ? " [interrupted]" : "");
        return item(new JsonObject()
                .put("type", "message")
                .put("role", agent ? "assistant" : "user")
                .put(
                        "content",
                        new JsonArray().add(new JsonObject().put("type", type).put("text", text))));
    }

    /** A wish of an earlier session, so that this one can place its outcome. */
    static JsonObject wished(AgentTools.Wish wish) {
        return item(new JsonObject()
                .put("type", "function_call")
                .put("call_id", wish.callId())
                .put("name", wish.name())
                .put("arguments", wish.arguments()));
    }

    private static JsonObject item(JsonObject item) {
        return plain("conversation.item.create").put("item", item);
    }

    /** A key that the callee pressed: tones are not in the sound that the server hears. */
    static JsonObject pressed(char digit) {
        JsonObject content =
                new JsonObject().put("type", "input_text").put("text", "[The other side pressed " + digit + "]");
        return item(new JsonObject()
                .put("type", "message")
                .put("role", "user")
                .put("content", new JsonArray().add(content)));
    }

    static JsonObject toolOutput(String callId, String output) {
        return item(new JsonObject()
                .put("type", "function_call_output")
                .put("call_id", callId)
                .put("output", output));
    }
}
