package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.call.StreamSpec;
import io.trunkline.control.call.Verb;
import io.trunkline.control.events.UrlGuard;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the API's {@code stream} to the stream that is meant. */
final class StreamRequests {
    private static final Set<String> SCHEMES = Set.of("ws", "wss");
    /** The handshake's own. */
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "upgrade",
            "origin",
            "content-length",
            "transfer-encoding",
            "user-agent",
            "te",
            "trailer");

    private final UrlGuard guard;

    StreamRequests(UrlGuard guard) {
        this.guard = guard;
    }

    Verb.Stream stream(Object value, String path) {
        JsonObject stream = value instanceof JsonObject object ? object : new JsonObject().put("url", value);
        return new Verb.Stream(Ids.next("stream"), spec(stream, path));
    }

    StreamSpec spec(JsonObject stream, String path) {
        return new StreamSpec(
                Optional.ofNullable(stream.getString("url")).map(url -> url(url, path + ".url")),
                stream.getString("protocol", "twilio"),
                track(stream.getString("track", "inbound")),
                stream.getBoolean("bidirectional", true),
                stream.getBoolean("speech_events", false),
                Optional.ofNullable(stream.getString("encoding")),
                Optional.ofNullable(stream.getInteger("sample_rate")),
                headers(stream.getJsonObject("headers", new JsonObject()), path + ".headers"),
                PlainJson.map(stream.getJsonObject("parameters", new JsonObject())));
    }

    static StreamSpec.Track track(String name) {
        return StreamSpec.Track.valueOf(name.toUpperCase(Locale.ROOT));
    }

    String url(String url, String path) {
        guard.objection(url, SCHEMES).ifPresent(why -> {
            throw Problem.invalid(path, why);
        });
        return url;
    }

    static Map<String, String> headers(JsonObject given, String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : given.fieldNames()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!name.matches("[A-Za-z0-9-]{1,64}")
                    || OURS.contains(lower)
                    || lower.startsWith("sec-websocket-")
                    || lower.startsWith("trunkline-")) {
                throw Problem.invalid(path + "." + name, "is not a header that can be set");
            }
            headers.put(name, given.getString(name));
        }
        return headers;
    }
}
