package io.trunkline.control.stream;

import io.trunkline.media.SampleFormat;
import java.util.Locale;

/** Asterisk's chan_websocket: words and binary audio, with flow control. */
final class AsteriskProtocol implements StreamProtocol {
    private static final int PTIME_MS = 20;

    private final StreamFacts facts;
    private final WireFormat format;
    private final Interleaver channels;
    private boolean tellDrained;
    private boolean buffering;

    AsteriskProtocol(StreamFacts facts) {
        this.facts = facts;
        this.format = facts.format(WireFormat.PHONE, SampleFormat.L16_LITTLE_ENDIAN);
        this.channels = new Interleaver(facts.spec().track());
    }

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public void open(Wire wire) {
        int frame = format.sampleRate() * PTIME_MS / 1000 * format.samples().bytesPerSample() * channels.channels();
        wire.text("MEDIA_START connection_id:" + facts.streamId() + " channel:WebSocket/" + facts.callId()
                + " channel_id:" + facts.callId() + " format:" + name() + " optimal_frame_size:" + frame + " ptime:"
                + PTIME_MS);
    }

    private String name() {
        return switch (format.samples()) {
            case MULAW -> "ulaw";
            case ALAW -> "alaw";
            case L16_LITTLE_ENDIAN, L16_BIG_ENDIAN ->
                format.sampleRate() == 8000 ? "slin" : "slin" + format.sampleRate() / 1000;
        };
    }

    @Override
    public void audio(Wire wire, SentFrame frame) {
        channels.add(frame).ifPresent(samples -> wire.binary(format.samples().encode(samples, 0, samples.length)));
    }

    @Override
    public void digit(Wire wire, char digit, int durationMs) {
        wire.text("DTMF_END digit:" + digit + " duration_ms:" + durationMs);
    }

    @Override
    public void mark(Wire wire, String name, boolean played, long playedMs) {
        wire.text((name.startsWith(BUFFERED)
                        ? "MEDIA_BUFFERING_COMPLETED correlation_id:" + name.substring(BUFFERED.length())
                        : "MEDIA_MARK_PROCESSED correlation_id:" + name)
                + " played_ms:" + playedMs);
    }

    private static final String BUFFERED = "\u0000";

    @Override
    public void drained(Wire wire, long playedMs) {
        if (tellDrained) {
            tellDrained = false;
            wire.text("QUEUE_DRAINED");
        }
    }

    @Override
    public void flow(Wire wire, boolean go) {
        wire.text(go ? "MEDIA_XON" : "MEDIA_XOFF");
    }

    @Override
    public void close(Wire wire, String reason) {
        // the socket's end says it
    }

    @Override
    public void onText(String text, StreamOrders orders) {
        String[] words = text.strip().split("\\s+", 2);
        String argument = words.length > 1 ? words[1] : "";
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "START_MEDIA_BUFFERING" -> buffering = true;
            case "STOP_MEDIA_BUFFERING" -> {
                if (buffering) {
                    buffering = false;
                    orders.mark(BUFFERED + argument);
                }
            }
            case "MARK_MEDIA" -> orders.mark(argument);
            case "FLUSH_MEDIA" -> orders.clear();
            case "PAUSE_MEDIA" -> orders.pause(true);
            case "CONTINUE_MEDIA" -> orders.pause(false);
            case "REPORT_QUEUE_DRAINED" -> tellDrained = true;
            case "ANSWER", "GET_STATUS" -> {
                // answered long since; there is no status to give
            }
            case "HANGUP" -> orders.hangup();
            default -> orders.misunderstood("an unknown command");
        }
    }

    @Override
    public void onBinary(byte[] message, StreamOrders orders) {
        orders.say(format, message);
    }
}
