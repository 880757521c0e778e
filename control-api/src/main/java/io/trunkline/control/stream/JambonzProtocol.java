package io.trunkline.control.stream;

import io.trunkline.media.SampleFormat;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/** jambonz {@code listen}: the call as JSON first, then binary L16, little-endian; commands are texts with a type. */
final class JambonzProtocol implements StreamProtocol {
    private static final WireFormat NARROW = new WireFormat(SampleFormat.L16_LITTLE_ENDIAN, 8000);
    private static final int WAV_HEADER = 44;

    private final StreamFacts facts;
    private final WireFormat format;
    private final Interleaver channels;
    /** Marks that have not been reached, and how many of them the program has cleared: they come in order. */
    private int marks;

    private int forgotten;

    JambonzProtocol(StreamFacts facts) {
        this.facts = facts;
        this.format = facts.format(NARROW, SampleFormat.L16_LITTLE_ENDIAN);
        this.channels = new Interleaver(facts.spec().track());
    }

    @Override
    public WireFormat format() {
        return format;
    }

    /** As documented, and as jambonz's own SDK expects it. */
    @Override
    public List<String> subprotocols() {
        return List.of("audio.jambonz.org", "audio.drachtio.org");
    }

    @Override
    public void open(Wire wire) {
        wire.json(new JsonObject()
                .put("callSid", facts.callId())
                .put("accountSid", facts.accountId())
                .put("applicationSid", facts.call().owner().applicationId())
                .put("direction", facts.call().direction().wire())
                .put("from", facts.call().from())
                .put("to", facts.call().to())
                .put("sampleRate", format.sampleRate())
                .put("mixType", channels.channels() == 2 ? "stereo" : "mono")
                .mergeIn(facts.parameters()));
    }

    @Override
    public void audio(Wire wire, SentFrame frame) {
        channels.add(frame).ifPresent(samples -> wire.binary(format.samples().encode(samples, 0, samples.length)));
    }

    @Override
    public void digit(Wire wire, char digit, int durationMs) {
        wire.json(new JsonObject()
                .put("event", "dtmf")
                .put("dtmf", String.valueOf(digit))
                .put("duration", String.valueOf(durationMs)));
    }

    /** An id of played audio, or a mark: the prefix is ours and tells them apart. */
    @Override
    public void mark(Wire wire, String name, boolean played, long playedMs) {
        if (name.startsWith(PLAYED)) {
            String id = name.substring(PLAYED.length());
            wire.json(new JsonObject().put("type", "playDone").put("data", new JsonObject().put("id", id)));
        } else {
            boolean wanted = forgotten == 0;
            marks = Math.max(0, marks - 1);
            forgotten = Math.max(0, forgotten - 1);
            JsonObject data = new JsonObject()
                    .put("name", name)
                    .put("event", played && wanted ? "playout" : "cleared")
                    .put("playedMs", playedMs);
            wire.json(new JsonObject().put("type", "mark").put("data", data));
        }
    }

    private static final String PLAYED = "\u0000played:";

    @Override
    public void close(Wire wire, String reason) {
        // the socket's end says it
    }

    @Override
    public void onText(String text, StreamOrders orders) {
        JsonObject message = Messages.json(text).orElse(new JsonObject());
        JsonObject data = Messages.object(message, "data");
        switch (Messages.text(message, "type")) {
            case "playAudio" -> play(data, orders);
            case "killAudio" -> orders.clear();
            case "mark" -> {
                marks++;
                orders.mark(Messages.text(data, "name"));
            }
            case "clearMarks" -> forgotten = marks;
            case "disconnect" -> orders.stop();
            default -> orders.misunderstood("an unknown type");
        }
    }

    private void play(JsonObject data, StreamOrders orders) {
        int rate = data.getValue("sampleRate") instanceof Number number ? number.intValue() : format.sampleRate();
        boolean wav = Messages.text(data, "audioContentType").contains("wav");
        byte[] audio = Messages.base64(Messages.text(data, "audioContent")).orElse(new byte[0]);
        if (!Boolean.TRUE.equals(data.getValue("queuePlay"))) {
            orders.clear();
        }
        orders.say(
                new WireFormat(SampleFormat.L16_LITTLE_ENDIAN, rate),
                wav && audio.length > WAV_HEADER ? Arrays.copyOfRange(audio, WAV_HEADER, audio.length) : audio);
        String id = Messages.text(data, "id");
        if (!id.isEmpty()) {
            orders.mark(PLAYED + id);
        }
    }

    @Override
    public void onBinary(byte[] message, StreamOrders orders) {
        orders.say(format, message);
    }
}
