package io.trunkline.control;

import io.trunkline.media.SampleFormat;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One program for each protocol, in its vendor's words. */
final class StreamApps {
    private StreamApps() {}

    static final List<String> PROTOCOLS =
            List.of("twilio", "telnyx", "plivo", "vobiz", "wavix", "jambonz", "asterisk", "raw");

    static StreamApp of(String protocol) throws Exception {
        return switch (protocol) {
            case "twilio" -> new Twilio();
            case "telnyx" -> new Telnyx();
            case "plivo" -> new Plivo(SampleFormat.L16_LITTLE_ENDIAN);
            case "vobiz" -> new Plivo(SampleFormat.L16_BIG_ENDIAN);
            case "wavix" -> new Wavix();
            case "jambonz" -> new Jambonz();
            case "asterisk" -> new Asterisk();
            default -> raw(16_000);
        };
    }

    static StreamApp raw(int sampleRate) {
        return new Raw(sampleRate);
    }

    private static String base64(SampleFormat format, short[] samples) {
        return Base64.getEncoder().encodeToString(format.encode(samples, 0, samples.length));
    }

    private static JsonObject event(String name) {
        return new JsonObject().put("event", name);
    }

    private static String inside(JsonObject message, String event, String object, String field) {
        return event.equals(message.getString("event"))
                ? message.getJsonObject(object).getString(field)
                : null;
    }

    /** Those that say {@code media}, {@code mark} and {@code clear}. */
    private abstract static class MediaApp extends StreamApp {
        private final String idField;

        MediaApp(String idField, int rate, SampleFormat format) throws Exception {
            super(rate, format);
            this.idField = idField;
        }

        private JsonObject ours(String name) {
            String id = messages().stream()
                    .filter(message -> message.containsKey(idField))
                    .map(message -> message.getString(idField))
                    .findFirst()
                    .orElseThrow();
            return event(name).put(idField, id);
        }

        @Override
        void say(short[] samples) {
            send(ours("media").put("media", Map.of("payload", base64(heardFormat, samples))));
        }

        @Override
        void mark(String name) {
            send(ours("mark").put("mark", Map.of("name", name)));
        }

        @Override
        void clear() {
            send(ours("clear"));
        }

        @Override
        String payload(JsonObject message) {
            return inside(message, "media", "media", "payload");
        }

        @Override
        String reached(JsonObject message) {
            return inside(message, "mark", "mark", "name");
        }
    }

    private static final class Twilio extends MediaApp {
        Twilio() throws Exception {
            super("streamSid", 8000, SampleFormat.MULAW);
        }
    }

    private static final class Telnyx extends MediaApp {
        Telnyx() throws Exception {
            super("stream_id", 8000, SampleFormat.MULAW);
        }
    }

    private static final class Wavix extends MediaApp {
        Wavix() throws Exception {
            super("stream_id", 24_000, SampleFormat.L16_LITTLE_ENDIAN);
        }
    }

    private static final class Plivo extends StreamApp {
        Plivo(SampleFormat heard) throws Exception {
            super(8000, heard);
        }

        private String streamId() {
            return messages().getFirst().getJsonObject("start").getString("streamId");
        }

        @Override
        void say(short[] samples) {
            JsonObject media = new JsonObject()
                    .put("contentType", "audio/x-l16")
                    .put("sampleRate", 8000)
                    .put("payload", base64(SampleFormat.L16_LITTLE_ENDIAN, samples));
            send(event("playAudio").put("media", media));
        }

        @Override
        void mark(String name) {
            send(event("checkpoint").put("streamId", streamId()).put("name", name));
        }

        @Override
        void clear() {
            send(event("clearAudio").put("streamId", streamId()));
        }

        @Override
        String payload(JsonObject message) {
            return inside(message, "media", "media", "payload");
        }

        @Override
        String reached(JsonObject message) {
            return "playedStream".equals(message.getString("event")) ? message.getString("name") : null;
        }
    }

    /** Those whose sound is binary. */
    private abstract static class BinaryApp extends StreamApp {
        BinaryApp(int rate, SampleFormat format) {
            super(rate, format);
        }

        @Override
        void say(short[] samples) {
            send(heardFormat.encode(samples, 0, samples.length));
        }

        @Override
        String payload(JsonObject message) {
            return null;
        }
    }

    private static final class Jambonz extends BinaryApp {
        Jambonz() throws Exception {
            super(8000, SampleFormat.L16_LITTLE_ENDIAN);
        }

        @Override
        void mark(String name) {
            send(new JsonObject().put("type", "mark").put("data", Map.of("name", name)));
        }

        @Override
        void clear() {
            send(new JsonObject().put("type", "killAudio"));
        }

        @Override
        String reached(JsonObject message) {
            boolean played = "mark".equals(message.getString("type"))
                    && "playout".equals(message.getJsonObject("data").getString("event"));
            return played ? message.getJsonObject("data").getString("name") : null;
        }
    }

    private static final class Asterisk extends BinaryApp {
        private static final Pattern PROCESSED = Pattern.compile("MEDIA_MARK_PROCESSED correlation_id:(\\S+).*");

        Asterisk() throws Exception {
            super(8000, SampleFormat.MULAW);
        }

        @Override
        void mark(String name) {
            send("MARK_MEDIA " + name);
        }

        @Override
        void clear() {
            send("FLUSH_MEDIA");
        }

        @Override
        List<String> marks() {
            synchronized (texts) {
                return texts.stream()
                        .map(PROCESSED::matcher)
                        .filter(Matcher::matches)
                        .map(found -> found.group(1))
                        .toList();
            }
        }

        @Override
        String reached(JsonObject message) {
            return null;
        }
    }

    private static final class Raw extends BinaryApp {
        Raw(int sampleRate) {
            super(sampleRate, SampleFormat.L16_LITTLE_ENDIAN);
        }

        @Override
        void mark(String name) {
            send(new JsonObject().put("type", "mark").put("name", name));
        }

        @Override
        void clear() {
            send(new JsonObject().put("type", "clear"));
        }

        @Override
        String reached(JsonObject message) {
            return "mark".equals(message.getString("type")) && message.getBoolean("played")
                    ? message.getString("name")
                    : null;
        }
    }
}
