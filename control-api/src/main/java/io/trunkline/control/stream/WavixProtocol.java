package io.trunkline.control.stream;

import io.trunkline.media.SampleFormat;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Wavix call streaming: JSON in snake_case, counters are numbers, little-endian PCM at 24 kHz. */
final class WavixProtocol implements StreamProtocol {
    private static final WireFormat WIDE = new WireFormat(SampleFormat.L16_LITTLE_ENDIAN, 24_000);

    private final StreamFacts facts;
    private final WireFormat format;
    private final FrameText media = new FrameText();
    private final String ids;
    private long sequence;

    WavixProtocol(StreamFacts facts) {
        this.facts = facts;
        this.ids = "\",\"call_id\":\"" + facts.callId() + "\",\"stream_id\":\"" + facts.streamId()
                + "\",\"sequence_number\":";
        this.format = facts.format(WIDE, SampleFormat.L16_LITTLE_ENDIAN);
    }

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public void open(Wire wire) {
        wire.json(new JsonObject().put("event", "connected").put("event_time", now()));
        wire.json(event("start")
                .put("stream_type", facts.spec().twoWay() ? "twoway" : "oneway")
                .put("channel", facts.spec().track().name().toLowerCase(Locale.ROOT)));
    }

    private JsonObject event(String name) {
        sequence++;
        return new JsonObject()
                .put("event", name)
                .put("event_time", now())
                .put("call_id", facts.callId())
                .put("stream_id", facts.streamId())
                .put("sequence_number", sequence);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void audio(Wire wire, SentFrame frame) {
        sequence++;
        wire.text(media.begin("{\"event\":\"media\",\"event_time\":\"")
                .put(now())
                .put(ids)
                .put(sequence)
                .put(",\"media\":{\"payload\":\"")
                .payload(frame, format)
                .put("\",\"track\":\"")
                .put(frame.track())
                .put("\",\"timestamp\":")
                .put(frame.timestampMs())
                .put(",\"chunk\":")
                .put(frame.chunk())
                .end("}}"));
    }

    /** Not among Wavix's own messages; harmless to a program that does not know it. */
    @Override
    public void digit(Wire wire, char digit, int durationMs) {
        wire.json(event("dtmf").put("dtmf", new JsonObject().put("digit", String.valueOf(digit))));
    }

    @Override
    public void mark(Wire wire, String name, boolean played, long playedMs) {
        wire.json(event("mark").put("mark", new JsonObject().put("name", name).put("played_ms", playedMs)));
    }

    @Override
    public void close(Wire wire, String reason) {
        wire.json(event("stop"));
    }

    @Override
    public void onText(String text, StreamOrders orders) {
        MediaOrders.read(text, format, orders);
    }
}
