package io.trunkline.media.graph;

import io.trunkline.media.codec.FrameEncoder;
import io.trunkline.media.play.EncodedFrame;
import io.trunkline.media.rtp.RtpSender;
import io.trunkline.media.rtp.Workspace;
import io.trunkline.media.sdp.MediaPlan;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Gathers ticks into packets of the length that the peer asked for, encodes what is not encoded yet, and sends. */
final class Packetizer {
    private final FrameEncoder encoder;
    private final RtpSender sender;
    private final int payloadType;
    private final int packetSamples;
    private final short[] gathered;
    private byte[] payload;
    private int gatheredSamples;
    private int gatheredTimestamp;

    Packetizer(MediaPlan plan, FrameEncoder encoder, RtpSender sender, Workspace shared) {
        this.encoder = encoder;
        this.sender = sender;
        this.payload = shared.payload;
        this.payloadType = plan.send().payloadType();
        this.packetSamples = encoder.sampleRate() * plan.send().ptimeMs() / 1000;
        this.gathered = new short[packetSamples];
    }

    void say(short[] pcm, int samples, @Nullable EncodedFrame shared, InetSocketAddress to, long nowNanos) {
        if (samples == packetSamples && shared != null) {
            sender.send(to, payloadType, shared.payload(), 0, shared.length(), nowNanos);
        } else if (samples == packetSamples) {
            encode(pcm, to, sender.timestamp(), nowNanos);
        } else {
            gather(pcm, samples, to, nowNanos);
        }
    }

    private void gather(short[] pcm, int samples, InetSocketAddress to, long nowNanos) {
        if (gatheredSamples == 0) {
            gatheredTimestamp = sender.timestamp();
        }
        System.arraycopy(pcm, 0, gathered, gatheredSamples, samples);
        gatheredSamples += samples;
        if (gatheredSamples == packetSamples) {
            gatheredSamples = 0;
            encode(gathered, to, gatheredTimestamp, nowNanos);
        }
    }

    private void encode(short[] pcm, InetSocketAddress to, int timestamp, long nowNanos) {
        int length = encoder.encode(pcm, 0, packetSamples, payload, 0);
        if (length > 0) {
            sender.send(to, payloadType, timestamp, payload, 0, length, nowNanos);
        } else {
            // Discontinuous transmission: what comes after it begins a talkspurt.
            sender.markNext();
        }
    }

    /** A gap: what was gathered before it does not belong to what follows. */
    void forget() {
        gatheredSamples = 0;
    }

    void use(Workspace now) {
        payload = now.payload;
    }

    void close() {
        encoder.close();
    }
}
