package io.trunkline.media.engine;

import io.trunkline.media.DtmfMode;
import io.trunkline.media.dtmf.TelephoneEventSender;
import io.trunkline.media.dtmf.ToneSender;
import io.trunkline.media.graph.LegGraph;
import io.trunkline.media.rtp.RtpSender;
import io.trunkline.media.sdp.MediaPlan;
import io.trunkline.media.sdp.MediaPlan.TelephoneEvent;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Digits on their way out: as named events where the peer takes them, else as tones in the sound. */
final class DigitsOut {
    private static final int TONE_MILLIS = 100;
    private static final int GAP_MILLIS = 80;

    private final DtmfMode mode;
    private final RtpSender sender;
    private final byte[] payload = new byte[TelephoneEventSender.PAYLOAD];
    private @Nullable TelephoneEventSender events;
    private Optional<TelephoneEvent> format = Optional.empty();
    private int eventMillis;
    private int eventType;
    private @Nullable ToneSender tones;
    private int toneRate;

    DigitsOut(DtmfMode mode, RtpSender sender) {
        this.mode = mode;
        this.sender = sender;
    }

    /** A negotiation; digits still waiting in another form than the new one are given up. */
    void negotiated(MediaPlan plan, int tickMillis) {
        Optional<TelephoneEvent> wanted = mode == DtmfMode.INBAND ? Optional.empty() : plan.sendDigits();
        if (!wanted.equals(format) || tickMillis != eventMillis) {
            format = wanted;
            eventMillis = tickMillis;
            events = wanted.map(it -> new TelephoneEventSender(it.clockRate(), tickMillis, TONE_MILLIS, GAP_MILLIS))
                    .orElse(null);
            eventType = wanted.map(TelephoneEvent::payloadType).orElse(-1);
        }
    }

    /** Queues digits; what does not fit or is no digit is dropped whole. */
    void enqueue(String digits, int sampleRate) {
        TelephoneEventSender named = events;
        if (named != null) {
            named.enqueue(digits);
            return;
        }
        ToneSender sound = tones;
        if (sound == null || toneRate != sampleRate) {
            sound = new ToneSender(sampleRate, TONE_MILLIS, GAP_MILLIS);
            tones = sound;
            toneRate = sampleRate;
        }
        sound.enqueue(digits);
    }

    LegGraph.DigitTurn next(short[] said, int samples, @Nullable InetSocketAddress to) {
        TelephoneEventSender named = events;
        if (named != null && to != null && named.next(sender.timestamp(), payload, 0)) {
            sender.sendAt(to, eventType, named.marker(), named.timestamp(), payload, 0, payload.length);
            Arrays.fill(said, 0, samples, (short) 0);
            return LegGraph.DigitTurn.SENT;
        }
        ToneSender sound = tones;
        boolean sounds = sound != null && sound.next(said, samples);
        return sounds ? LegGraph.DigitTurn.SOUND : LegGraph.DigitTurn.NONE;
    }
}
