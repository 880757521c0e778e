package io.trunkline.media.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** RFC 6716, mono, at the rate wanted; conceals and recovers by the codec's own means. */
final class OpusDecoder implements FrameDecoder {
    /** RFC 6716 section 3.2.5: the longest packet. */
    private static final int MAX_MS = 120;

    private static final int MAX_PACKET = 1500;
    private static final int LONGEST_PAUSE_PACKET = 2;
    /** Tenths of a second without a packet until silence; the first is not faded. */
    private static final int FADED_AFTER = 3;

    private final int sampleRate;
    private final int capacity;
    private final MemorySegment pcmBuffer;
    private final MemorySegment packetBuffer;
    private MemorySegment decoder;
    /** Samples made up since the last packet, capped. */
    private int missing;
    /** The last packet said that the peer pauses (RFC 7587 section 3.1.3): the noise that follows is meant. */
    private boolean pausing;

    OpusDecoder(CodecParams params) {
        sampleRate = OpusRates.nearest(params.pcmRate());
        capacity = sampleRate * MAX_MS / 1000;
        decoder = create(sampleRate);
        pcmBuffer = OpusLibrary.allocate(2L * capacity);
        packetBuffer = OpusLibrary.allocate(MAX_PACKET);
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] out) {
        if (length <= 0 || length > MAX_PACKET) {
            return 0;
        }
        MemorySegment.copy(payload, offset, packetBuffer, JAVA_BYTE, 0, length);
        missing = 0;
        pausing = length <= LONGEST_PAUSE_PACKET;
        return give(decode(packetBuffer, length, Math.min(capacity, out.length), 0), out);
    }

    @Override
    public int conceal(int samples, short[] out) {
        int wanted = Math.min(samples, capacity);
        int given = give(Math.min(wanted, decode(MemorySegment.NULL, 0, whole(wanted), 0)), out);
        Arrays.fill(out, given, samples, (short) 0);
        if (!pausing) {
            fade(samples, out);
        }
        return samples;
    }

    /** libopus goes on with the background it believes in, for ever; a peer that is gone should fall silent. */
    private void fade(int samples, short[] out) {
        int start = sampleRate / 10;
        for (int i = 0; i < samples; i++) {
            missing = Math.min(missing + 1, FADED_AFTER * start);
            if (missing > start) {
                out[i] = (short) (out[i] * (FADED_AFTER * start - missing) / ((FADED_AFTER - 1) * start));
            }
        }
    }

    @Override
    public int recover(byte[] nextPayload, int offset, int length, int samples, short[] out) {
        if (length <= 0 || length > MAX_PACKET || samples > capacity || samples != whole(samples)) {
            return conceal(samples, out);
        }
        MemorySegment.copy(nextPayload, offset, packetBuffer, JAVA_BYTE, 0, length);
        int given = give(decode(packetBuffer, length, samples, 1), out);
        return given == samples ? given : conceal(samples, out);
    }

    @Override
    public void close() {
        if (decoder.equals(MemorySegment.NULL)) {
            return;
        }
        try {
            OpusLibrary.DECODER_DESTROY.invokeExact(decoder);
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
        decoder = MemorySegment.NULL;
        OpusLibrary.free(pcmBuffer);
        OpusLibrary.free(packetBuffer);
    }

    /** Opus makes sound up in units of 2.5 ms. */
    private int whole(int samples) {
        int unit = sampleRate / 400;
        return Math.min(capacity, (samples + unit - 1) / unit * unit);
    }

    private int give(int decoded, short[] out) {
        if (decoded <= 0) {
            return 0;
        }
        MemorySegment.copy(pcmBuffer, JAVA_SHORT, 0, out, 0, decoded);
        return decoded;
    }

    private int decode(MemorySegment packet, int length, int samples, int fec) {
        if (decoder.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("closed");
        }
        try {
            return (int) OpusLibrary.DECODE.invokeExact(decoder, packet, length, pcmBuffer, samples, fec);
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
    }

    private static MemorySegment create(int sampleRate) {
        try {
            return OpusRates.created(
                    (MemorySegment) OpusLibrary.DECODER_CREATE.invokeExact(sampleRate, 1, MemorySegment.NULL));
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
    }
}
