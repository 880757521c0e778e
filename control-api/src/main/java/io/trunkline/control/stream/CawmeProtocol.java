package io.trunkline.control.stream;

import io.trunkline.media.AudioSources;
import io.trunkline.media.SampleFormat;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** cawme's live stream: binary PCM or MP3 comes in, told apart by its first bytes, what happens on the call goes out as JSON; the callee is not sent. */
final class CawmeProtocol implements StreamProtocol {
    private static final WireFormat WIDE = new WireFormat(SampleFormat.L16_LITTLE_ENDIAN, 16_000);

    private final WireFormat format;
    private boolean begun;
    private boolean mp3;

    CawmeProtocol(StreamFacts facts) {
        this.format = facts.format(WIDE, SampleFormat.L16_LITTLE_ENDIAN);
    }

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public void open(Wire wire) {
        wire.json(happened("answered"));
    }

    private static JsonObject happened(String event) {
        return new JsonObject()
                .put("type", "call_event")
                .put("event", event)
                .put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    @Override
    public void audio(Wire wire, SentFrame frame) {
        // this wire carries no sound out
    }

    @Override
    public void digit(Wire wire, char digit, int durationMs) {
        wire.json(happened("dtmf").put("digit", String.valueOf(digit)));
    }

    @Override
    public void mark(Wire wire, String name, boolean played, long playedMs) {
        // this wire has no marks
    }

    @Override
    public void close(Wire wire, String reason) {
        wire.json(happened("ended"));
    }

    @Override
    public void onText(String message, StreamOrders orders) {
        orders.misunderstood("a text");
    }

    @Override
    public void onBinary(byte[] message, StreamOrders orders) {
        if (!begun) {
            begun = true;
            mp3 = AudioSources.isMp3(message);
        }
        if (mp3) {
            orders.sayMp3(message);
        } else {
            orders.say(format, message);
        }
    }
}
