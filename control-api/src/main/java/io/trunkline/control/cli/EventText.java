package io.trunkline.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** One event in a few words; what a caller at a terminal need not know is empty. */
final class EventText {
    private EventText() {}

    static String of(JsonNode event) {
        JsonNode data = event.path("data");
        String type = event.path("type").asText();
        return switch (type) {
            case "call.created" -> "created " + event.path("call_id").asText();
            case "call.dialing" -> "dialing " + event.path("call").path("to").asText();
            case "call.ringing" -> "ringing";
            case "call.early_media" -> "early media";
            case "call.answered" -> "answered";
            case "call.ended" -> "ended";
            case "playback.started" -> "playing";
            case "playback.finished" -> "played " + seconds(data.path("played_ms")) + reason(data);
            case "amd.result" -> "it is " + data.path("verdict").asText() + " (after " + seconds(data.path("ms")) + ")";
            case "amd.beep" -> "beep at " + data.path("freq_hz").asInt() + " Hz";
            case "amd.greeting_ended" -> "greeting over";
            case "dtmf.received" -> "digit " + data.path("digit").asText();
            case "recording.started" -> "recording";
            case "recording.completed" -> "recorded " + seconds(data.path("duration_ms"));
            case "recording.absent" -> "nothing recorded" + reason(data);
            case "amd.hypothesis", "speech.started", "speech.stopped" -> "";
            default -> type;
        };
    }

    private static String reason(JsonNode data) {
        String reason = data.path("reason").asText("");
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private static String seconds(JsonNode millis) {
        return String.format(Locale.ROOT, "%.1f s", millis.asLong() / 1000.0);
    }
}
