package io.trunkline.media.rtp;

import io.trunkline.media.Codec;
import io.trunkline.media.codec.CodecParams;
import io.trunkline.media.codec.Codecs;
import io.trunkline.media.codec.FrameDecoder;
import io.trunkline.media.codec.Resampler;
import io.trunkline.media.sdp.MediaPlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The agreed codec's decoder, and those of the other payload types that the peer may switch to without asking (RFC 3264
 * section 5.1), each made when first heard and brought to the same sample rate. Types of another RTP clock are not
 * taken: a stream has one clock.
 */
public final class Decoders implements AutoCloseable {
    private static final int TYPES = 128;

    /** A decoder with what brings it to the common rate. */
    private record Entry(FrameDecoder decoder, @Nullable Resampler resampler) {}

    private final CodecParams params;
    private final Map<Integer, Codec> types;
    private final int clockRate;
    private final FrameDecoder agreed;
    private final @Nullable Entry[] byType = new Entry[TYPES];
    private Workspace shared;
    private FrameDecoder concealing;

    public Decoders(MediaPlan plan, int sampleRate, Workspace shared) {
        params = plan.receive().withPcmRate(sampleRate);
        types = plan.receiveTypes();
        clockRate = plan.codec().clockRate();
        this.shared = shared;
        agreed = Codecs.decoder(plan.codec(), params);
        concealing = agreed;
        byType[plan.receive().payloadType()] = new Entry(agreed, null);
    }

    public int sampleRate() {
        return agreed.sampleRate();
    }

    public boolean isAudio(int payloadType) {
        if (byType[payloadType] != null) {
            return true;
        }
        Codec codec = types.get(payloadType);
        return codec != null && codec.clockRate() == clockRate;
    }

    /** The one that decoded last, if of the common rate: it knows how to go on when something is missing. */
    FrameDecoder concealing() {
        return concealing;
    }

    int decode(int payloadType, byte[] payload, int offset, int length, short[] out) {
        Entry known = byType[payloadType];
        Entry entry = known == null ? make(payloadType) : known;
        Resampler resampler = entry.resampler;
        if (resampler == null) {
            concealing = entry.decoder;
            return entry.decoder.decode(payload, offset, length, out);
        }
        int decoded = entry.decoder.decode(payload, offset, length, shared.scratch);
        int fitting = (int) Math.min(decoded, (long) (out.length - 2) * entry.decoder.sampleRate() / sampleRate());
        return resampler.resample(shared.scratch, 0, fitting, out, 0);
    }

    private Entry make(int payloadType) {
        Codec codec = types.get(payloadType);
        FrameDecoder decoder = codec == null ? agreed : Codecs.decoder(codec, params);
        boolean sameRate = decoder.sampleRate() == sampleRate();
        Entry entry = new Entry(decoder, sameRate ? null : new Resampler(decoder.sampleRate(), sampleRate()));
        byType[payloadType] = entry;
        return entry;
    }

    void use(Workspace now) {
        shared = now;
    }

    @Override
    public void close() {
        for (Entry entry : byType) {
            if (entry != null) {
                entry.decoder.close();
            }
        }
    }
}
