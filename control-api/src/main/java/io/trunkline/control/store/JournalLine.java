package io.trunkline.control.store;

import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallSnapshot;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** An event as a line of the journal: a checksum, then JSON. A line cut by a crash fails its checksum. */
final class JournalLine {
    private static final int CHECKSUM_CHARS = 8;

    private JournalLine() {}

    static Buffer write(CallEvent event) {
        String json = new JsonObject()
                .put("event", CallJson.event(event))
                .put("callback", CallJson.callback(event.call().callback()))
                .encode();
        return Buffer.buffer(checksum(json) + ' ' + json + '\n');
    }

    /** Empty when it was cut or damaged. */
    static Optional<CallEvent> read(String line) {
        if (line.length() < CHECKSUM_CHARS + 2) {
            return Optional.empty();
        }
        String json = line.substring(CHECKSUM_CHARS + 1);
        return line.startsWith(checksum(json)) ? Optional.of(event(new JsonObject(json))) : Optional.empty();
    }

    private static CallEvent event(JsonObject line) {
        JsonObject event = line.getJsonObject("event");
        CallSnapshot call = CallJsonReader.call(event.getJsonObject("call"), line.getJsonObject("callback"));
        Map<String, Object> data = new HashMap<>(event.getJsonObject("data").getMap());
        return new CallEvent(
                event.getString("id"),
                event.getLong("seq"),
                event.getString("type"),
                Instant.parse(event.getString("occurred_at")),
                data,
                call);
    }

    private static String checksum(String json) {
        CRC32 crc = new CRC32();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
