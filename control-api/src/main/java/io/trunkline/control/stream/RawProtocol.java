package io.trunkline.control.stream;

import io.trunkline.media.SampleFormat;
import io.vertx.core.json.JsonObject;

/** Ours: binary audio, little-endian L16 at 16 kHz unless told otherwise, and JSON for all else. */
final class RawProtocol implements StreamProtocol {
    private static final WireFormat WIDE = new WireFormat(SampleFormat.L16_LITTLE_ENDIAN, 16_000);

    private final StreamFacts facts;
    private final WireFormat format;
    private final Interleaver channels;

    RawProtocol(StreamFacts facts) {
        this.facts = facts;
        this.format = facts.format(WIDE, SampleFormat.L16_LITTLE_ENDIAN);
        this.channels = new Interleaver(facts.spec().track());
    }

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public void open(Wire wire) {
        wire.json(message("start")
                .put("stream_id", facts.streamId())
                .put("call_id", facts.callId())
                .put("from", facts.call().from())
                .put("to", facts.call().to())
                .put("tracks", facts.tracks())
                .put("channels", channels.channels())
                .put("encoding", encoding())
                .put("sample_rate", format.sampleRate())
                .put("parameters", facts.parameters()));
    }

    private String encoding() {
        return switch (format.samples()) {
            case MULAW -> "mulaw";
            case ALAW -> "alaw";
            case L16_LITTLE_ENDIAN, L16_BIG_ENDIAN -> "l16";
        };
    }

    private static JsonObject message(String type) {
        return new JsonObject().put("type", type);
    }

    @Override
    public void audio(Wire wire, SentFrame frame) {
        channels.add(frame).ifPresent(samples -> wire.binary(format.samples().encode(samples, 0, samples.length)));
    }

    @Override
    public void digit(Wire wire, char digit, int durationMs) {
        wire.json(message("dtmf").put("digit", String.valueOf(digit)).put("duration_ms", durationMs));
    }

    @Override
    public void mark(Wire wire, String name, boolean played, long playedMs) {
        wire.json(message("mark").put("name", name).put("played", played).put("played_ms", playedMs));
    }

    @Override
    public void cleared(Wire wire, long playedMs, long droppedMs) {
        wire.json(message("cleared").put("played_ms", playedMs).put("dropped_ms", droppedMs));
    }

    @Override
    public void drained(Wire wire, long playedMs) {
        wire.json(message("drained").put("played_ms", playedMs));
    }

    @Override
    public void flow(Wire wire, boolean go) {
        wire.json(message(go ? "xon" : "xoff"));
    }

    @Override
    public void close(Wire wire, String reason) {
        wire.json(message("stop").put("reason", reason));
    }

    @Override
    public void onText(String text, StreamOrders orders) {
        JsonObject message = Messages.json(text).orElse(new JsonObject());
        switch (Messages.text(message, "type")) {
            case "mark" -> orders.mark(Messages.text(message, "name"));
            case "clear" -> orders.clear();
            case "pause" -> orders.pause(true);
            case "resume" -> orders.pause(false);
            case "dtmf" -> orders.sendDigits(Messages.text(message, "digits"));
            case "stop" -> orders.stop();
            case "hangup" -> orders.hangup();
            default -> orders.misunderstood("an unknown type");
        }
    }

    @Override
    public void onBinary(byte[] message, StreamOrders orders) {
        orders.say(format, message);
    }
}
