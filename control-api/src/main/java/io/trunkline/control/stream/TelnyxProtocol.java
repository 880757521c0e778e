package io.trunkline.control.stream;

import io.trunkline.media.SampleFormat;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Telnyx media streaming: JSON in snake_case, counters and times are strings; PCMU, PCMA or big-endian L16. */
final class TelnyxProtocol implements StreamProtocol {
    private final StreamFacts facts;
    private final WireFormat format;
    private final FrameText media = new FrameText();
    private final String inside;
    private long sequence;

    TelnyxProtocol(StreamFacts facts) {
        this.facts = facts;
        this.inside = "\",\"stream_id\":\"" + facts.streamId() + "\",\"media\":{\"track\":\"";
        this.format = facts.format(WireFormat.PHONE, SampleFormat.L16_BIG_ENDIAN);
    }

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public void open(Wire wire) {
        wire.json(new JsonObject().put("event", "connected").put("version", "1.0.0"));
        JsonObject written = new JsonObject()
                .put("encoding", encoding())
                .put("sample_rate", format.sampleRate())
                .put("channels", 1);
        wire.json(event("start")
                .put(
                        "start",
                        new JsonObject()
                                .put("user_id", facts.accountId())
                                .put("call_control_id", facts.callId())
                                .put("call_session_id", facts.callId())
                                .put("from", facts.call().from())
                                .put("to", facts.call().to())
                                .put("client_state", facts.parameters().getValue("client_state"))
                                .put("custom_parameters", facts.parameters())
                                .put("media_format", written)));
    }

    private String encoding() {
        return switch (format.samples()) {
            case MULAW -> "PCMU";
            case ALAW -> "PCMA";
            case L16_BIG_ENDIAN, L16_LITTLE_ENDIAN -> "L16";
        };
    }

    private JsonObject event(String name) {
        sequence++;
        return new JsonObject()
                .put("event", name)
                .put("sequence_number", String.valueOf(sequence))
                .put("stream_id", facts.streamId());
    }

    @Override
    public void audio(Wire wire, SentFrame frame) {
        sequence++;
        wire.text(media.begin("{\"event\":\"media\",\"sequence_number\":\"")
                .put(sequence)
                .put(inside)
                .put(frame.track())
                .put("\",\"chunk\":\"")
                .put(frame.chunk())
                .put("\",\"timestamp\":\"")
                .put(frame.timestampMs())
                .put("\",\"payload\":\"")
                .payload(frame, format)
                .end("\"}}"));
    }

    @Override
    public void digit(Wire wire, char digit, int durationMs) {
        wire.json(event("dtmf")
                .put("occurred_at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("dtmf", new JsonObject().put("digit", String.valueOf(digit))));
    }

    @Override
    public void mark(Wire wire, String name, boolean played, long playedMs) {
        wire.json(event("mark").put("mark", new JsonObject().put("name", name).put("played_ms", playedMs)));
    }

    /** Telnyx's code for a frame that is not as it should be. */
    @Override
    public void misunderstood(Wire wire, String why) {
        JsonObject payload = new JsonObject()
                .put("code", 100003)
                .put("title", "malformed_frame")
                .put("detail", why);
        wire.json(new JsonObject()
                .put("event", "error")
                .put("stream_id", facts.streamId())
                .put("payload", payload));
    }

    @Override
    public void close(Wire wire, String reason) {
        JsonObject stop = new JsonObject().put("user_id", facts.accountId()).put("call_control_id", facts.callId());
        wire.json(event("stop").put("stop", stop));
    }

    @Override
    public void onText(String text, StreamOrders orders) {
        MediaOrders.read(text, format, orders);
    }
}
