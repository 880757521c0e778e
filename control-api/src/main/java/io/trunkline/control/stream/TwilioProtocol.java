package io.trunkline.control.stream;

import io.vertx.core.json.JsonObject;

/** Twilio Media Streams: JSON, µ-law at 8 kHz; counters and times are strings, rates are numbers. */
final class TwilioProtocol implements StreamProtocol {
    private final StreamFacts facts;
    private final FrameText media = new FrameText();
    private final String inside;
    private long sequence;

    TwilioProtocol(StreamFacts facts) {
        this.facts = facts;
        this.inside = "\",\"streamSid\":\"" + facts.streamId() + "\",\"media\":{\"track\":\"";
    }

    @Override
    public WireFormat format() {
        return WireFormat.PHONE;
    }

    @Override
    public void open(Wire wire) {
        wire.json(new JsonObject()
                .put("event", "connected")
                .put("protocol", "Call")
                .put("version", "1.0.0"));
        JsonObject format = new JsonObject()
                .put("encoding", "audio/x-mulaw")
                .put("sampleRate", 8000)
                .put("channels", 1);
        wire.json(event("start")
                .put(
                        "start",
                        new JsonObject()
                                .put("accountSid", facts.accountId())
                                .put("streamSid", facts.streamId())
                                .put("callSid", facts.callId())
                                .put("tracks", facts.tracks())
                                .put("mediaFormat", format)
                                .put("customParameters", facts.parameters())));
    }

    private JsonObject event(String name) {
        sequence++;
        return new JsonObject()
                .put("event", name)
                .put("sequenceNumber", String.valueOf(sequence))
                .put("streamSid", facts.streamId());
    }

    @Override
    public void audio(Wire wire, SentFrame frame) {
        sequence++;
        wire.text(media.begin("{\"event\":\"media\",\"sequenceNumber\":\"")
                .put(sequence)
                .put(inside)
                .put(frame.track())
                .put("\",\"chunk\":\"")
                .put(frame.chunk())
                .put("\",\"timestamp\":\"")
                .put(frame.timestampMs())
                .put("\",\"payload\":\"")
                .payload(frame, format())
                .end("\"}}"));
    }

    @Override
    public void digit(Wire wire, char digit, int durationMs) {
        JsonObject dtmf = new JsonObject().put("track", "inbound_track").put("digit", String.valueOf(digit));
        wire.json(event("dtmf").put("dtmf", dtmf));
    }

    /** Also those that a clear overtook, as Twilio does; {@code playedMs} is ours to add. */
    @Override
    public void mark(Wire wire, String name, boolean played, long playedMs) {
        wire.json(event("mark").put("mark", new JsonObject().put("name", name).put("playedMs", playedMs)));
    }

    @Override
    public void close(Wire wire, String reason) {
        JsonObject stop = new JsonObject().put("accountSid", facts.accountId()).put("callSid", facts.callId());
        wire.json(event("stop").put("stop", stop));
    }

    @Override
    public void onText(String text, StreamOrders orders) {
        MediaOrders.read(text, format(), orders);
    }
}
