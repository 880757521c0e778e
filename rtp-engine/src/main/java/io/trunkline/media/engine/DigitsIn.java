package io.trunkline.media.engine;

import io.trunkline.media.DtmfMethod;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.dtmf.TelephoneEventReceiver;
import io.trunkline.media.dtmf.ToneDetector;
import io.trunkline.media.graph.FrameListener;
import io.trunkline.media.graph.LegGraph;
import io.trunkline.media.graph.ToRate;
import io.trunkline.media.rtp.RtpPacket;
import io.trunkline.media.sdp.MediaPlan;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Digits the peer pressed: named events, or tones when it agreed to no events. */
final class DigitsIn implements FrameListener {
    private static final int TONE_RATE = 8000;
    private static final int LONGEST_PAYLOAD = 64;
    private static final int MOST_MILLIS = 60_000;

    private final LegGraph graph;
    private final Consumer<MediaEvent> events;
    private final ToRate rate = new ToRate(TONE_RATE);
    private final byte[] payload = new byte[LONGEST_PAYLOAD];
    private @Nullable TelephoneEventReceiver named;
    private @Nullable ToneDetector tones;

    DigitsIn(LegGraph graph, Consumer<MediaEvent> events) {
        this.graph = graph;
        this.events = events;
    }

    void negotiated(MediaPlan plan) {
        graph.heard().remove(this);
        tones = null;
        if (plan.receiveDigits().isEmpty()) {
            tones = new ToneDetector(TONE_RATE, (digit, millis) -> report(digit, millis, DtmfMethod.INBAND));
            graph.heard().add(this);
        } else if (named == null) {
            int clockRate = plan.receiveDigits().values().iterator().next();
            named = new TelephoneEventReceiver(clockRate, (digit, millis) -> report(digit, millis, DtmfMethod.RFC4733));
        }
    }

    private void report(char digit, int millis, DtmfMethod method) {
        events.accept(new MediaEvent.DigitReceived(digit, Math.min(millis, MOST_MILLIS), method));
    }

    void onPacket(RtpPacket packet, ByteBuffer datagram, long nowNanos) {
        TelephoneEventReceiver receiver = named;
        int length = Math.min(packet.payloadLength(), payload.length);
        if (receiver != null) {
            datagram.get(packet.payloadOffset(), payload, 0, length);
            receiver.onPacket(payload, 0, length, packet.marker(), packet.timestamp(), nowNanos / 1_000_000);
        }
    }

    void onTick(long nowNanos) {
        TelephoneEventReceiver receiver = named;
        if (receiver != null) {
            receiver.onTick(nowNanos / 1_000_000);
        }
    }

    @Override
    public void onFrame(short[] samples, int length, int sampleRate, long nowNanos) {
        ToneDetector detector = tones;
        if (detector != null) {
            int count = rate.convert(samples, length, sampleRate);
            detector.process(rate.frame(samples), count);
        }
    }
}
