package io.trunkline.control.stream;

import io.trunkline.media.SampleFormat;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Plivo audio streams, and Vobiz, which copies them but for three habits: L16 goes out big-endian, there is no stop
 * message, and its format is L16 unless µ-law is asked for.
 */
final class PlivoProtocol implements StreamProtocol {
    private static final WireFormat LINEAR = new WireFormat(SampleFormat.L16_LITTLE_ENDIAN, 8000);

    private final StreamFacts facts;
    private final WireFormat format;
    private final boolean saysStop;
    private final String streamId;
    private final FrameText media = new FrameText();
    private final String tail;
    private long sequence = -1;
    private long reachedMs;

    private PlivoProtocol(StreamFacts facts, WireFormat format, boolean saysStop) {
        this.facts = facts;
        this.format = format;
        this.saysStop = saysStop;
        this.streamId = plain(facts.streamId());
        this.tail = "\"},\"extra_headers\":" + Json.encode(extraHeaders()) + "}";
    }

    /** Plivo's own SDK takes nothing but a UUID: what stands behind our prefix. */
    private static String plain(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    static PlivoProtocol plivo(StreamFacts facts) {
        return new PlivoProtocol(facts, facts.format(LINEAR, SampleFormat.L16_LITTLE_ENDIAN), true);
    }

    static PlivoProtocol vobiz(StreamFacts facts) {
        WireFormat otherwise = new WireFormat(SampleFormat.L16_BIG_ENDIAN, 8000);
        return new PlivoProtocol(facts, facts.format(otherwise, SampleFormat.L16_BIG_ENDIAN), false);
    }

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public void open(Wire wire) {
        JsonObject written = new JsonObject()
                .put("encoding", format.samples() == SampleFormat.MULAW ? "audio/x-mulaw" : "audio/x-l16")
                .put("sampleRate", format.sampleRate());
        wire.json(event("start")
                .put(
                        "start",
                        new JsonObject()
                                .put("callId", plain(facts.callId()))
                                .put("streamId", streamId)
                                .put("accountId", facts.accountId())
                                .put("tracks", facts.tracks())
                                .put("mediaFormat", written))
                .put("extra_headers", extraHeaders()));
    }

    private JsonObject event(String name) {
        sequence++;
        return new JsonObject().put("sequenceNumber", sequence).put("event", name);
    }

    /** A JSON object inside a string. */
    private String extraHeaders() {
        return facts.parameters().encode();
    }

    @Override
    public void audio(Wire wire, SentFrame frame) {
        reachedMs = frame.timestampMs();
        sequence++;
        wire.text(media.begin("{\"sequenceNumber\":")
                .put(sequence)
                .put(",\"event\":\"media\",\"streamId\":\"")
                .put(streamId)
                .put("\",\"media\":{\"track\":\"")
                .put(frame.track())
                .put("\",\"timestamp\":\"")
                .put(reachedMs)
                .put("\",\"chunk\":")
                .put(frame.chunk())
                .put(",\"payload\":\"")
                .payload(frame, format)
                .end(tail));
    }

    @Override
    public void digit(Wire wire, char digit, int durationMs) {
        JsonObject dtmf = new JsonObject()
                .put("track", "inbound")
                .put("digit", String.valueOf(digit))
                .put("timestamp", String.valueOf(reachedMs));
        wire.json(event("dtmf").put("streamId", streamId).put("dtmf", dtmf).put("extra_headers", extraHeaders()));
    }

    /** What was cleared was not played: no word of it. */
    @Override
    public void mark(Wire wire, String name, boolean played, long playedMs) {
        if (played) {
            wire.json(event("playedStream")
                    .put("streamId", streamId)
                    .put("name", name)
                    .put("playedMs", playedMs));
        }
    }

    @Override
    public void cleared(Wire wire, long playedMs, long droppedMs) {
        wire.json(event("clearedAudio").put("streamId", streamId).put("playedMs", playedMs));
    }

    @Override
    public void close(Wire wire, String reason) {
        if (saysStop) {
            wire.json(event("stop").put("streamId", streamId));
        }
    }

    @Override
    public void onText(String text, StreamOrders orders) {
        JsonObject message = Messages.json(text).orElse(new JsonObject());
        switch (Messages.text(message, "event")) {
            case "playAudio" -> play(Messages.object(message, "media"), orders);
            case "checkpoint" -> orders.mark(Messages.text(message, "name"));
            case "clearAudio" -> orders.clear();
            case "sendDTMF" -> orders.sendDigits(Messages.text(message, "dtmf"));
            case "stop" -> orders.stop();
            default -> orders.misunderstood("an unknown event");
        }
    }

    /** Each message says how its sound is written; L16 comes little-endian from both vendors' clients. */
    private void play(JsonObject media, StreamOrders orders) {
        String type = Messages.text(media, "contentType").toLowerCase(Locale.ROOT);
        boolean linear = type.isEmpty() ? format.samples() != SampleFormat.MULAW : type.contains("l16");
        Object said = media.getValue("sampleRate");
        int rate = said instanceof Number number ? number.intValue() : number(said, format.sampleRate());
        WireFormat written = linear ? new WireFormat(SampleFormat.L16_LITTLE_ENDIAN, rate) : WireFormat.PHONE;
        Messages.say(Messages.text(media, "payload"), written, orders);
    }

    private static int number(@Nullable Object said, int otherwise) {
        return said instanceof String digits && digits.matches("\\d{4,6}") ? Integer.parseInt(digits) : otherwise;
    }
}
