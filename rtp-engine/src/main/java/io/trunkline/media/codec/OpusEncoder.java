package io.trunkline.media.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/** RFC 6716 and RFC 7587, mono, for speech: the peer's fmtp says what it likes to receive. */
final class OpusEncoder implements FrameEncoder {
    private static final int APPLICATION_VOIP = 2048;
    private static final int SET_BITRATE = 4002;
    private static final int SET_MAX_BANDWIDTH = 4004;
    private static final int SET_VBR = 4006;
    private static final int SET_COMPLEXITY = 4010;
    private static final int SET_INBAND_FEC = 4012;
    private static final int SET_PACKET_LOSS_PERC = 4014;
    private static final int NARROWBAND = 1101;

    /** Half way: 10 costs twice the time and is not told apart on a telephone. */
    private static final int COMPLEXITY = 5;
    /** Enough for FEC to be sent at all. */
    private static final int ASSUMED_LOSS_PERCENT = 10;

    private static final int MAX_PACKET = 1275;
    private static final int MAX_MS = 60;

    private final int sampleRate;
    private final MemorySegment pcmBuffer;
    private final MemorySegment packetBuffer;
    private MemorySegment encoder;

    OpusEncoder(CodecParams params) {
        int played = params.number("maxplaybackrate", 8000, 48_000, 48_000);
        sampleRate = OpusRates.nearest(params.pcmRate());
        encoder = create(sampleRate);
        pcmBuffer = OpusLibrary.allocate(2L * sampleRate * MAX_MS / 1000);
        packetBuffer = OpusLibrary.allocate(MAX_PACKET);
        int heard = Math.min(played, sampleRate);
        set(SET_BITRATE, params.number("maxaveragebitrate", 6000, 510_000, heard <= 16_000 ? 24_000 : 32_000));
        set(SET_MAX_BANDWIDTH, NARROWBAND + OpusRates.bandwidth(heard));
        set(SET_VBR, params.flag("cbr") ? 0 : 1);
        set(SET_COMPLEXITY, COMPLEXITY);
        set(SET_INBAND_FEC, params.flag("useinbandfec") ? 1 : 0);
        set(SET_PACKET_LOSS_PERC, params.flag("useinbandfec") ? ASSUMED_LOSS_PERCENT : 0);
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        if (encoder.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("closed");
        }
        MemorySegment.copy(pcm, offset, pcmBuffer, JAVA_SHORT, 0, samples);
        int most = Math.min(MAX_PACKET, out.length - outOffset);
        int written = encode(samples, most);
        if (written < 0) {
            throw new IllegalArgumentException("Opus takes no frame of " + samples + " samples at " + sampleRate);
        }
        MemorySegment.copy(packetBuffer, JAVA_BYTE, 0, out, outOffset, written);
        return written;
    }

    @Override
    public void close() {
        if (encoder.equals(MemorySegment.NULL)) {
            return;
        }
        try {
            OpusLibrary.ENCODER_DESTROY.invokeExact(encoder);
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
        encoder = MemorySegment.NULL;
        OpusLibrary.free(pcmBuffer);
        OpusLibrary.free(packetBuffer);
    }

    private int encode(int samples, int most) {
        try {
            return (int) OpusLibrary.ENCODE.invokeExact(encoder, pcmBuffer, samples, packetBuffer, most);
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
    }

    private void set(int request, int value) {
        try {
            int result = (int) OpusLibrary.ENCODER_CTL.invokeExact(encoder, request, value);
            if (result != 0) {
                throw new IllegalArgumentException("Opus refuses setting " + request + " = " + value);
            }
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
    }

    private static MemorySegment create(int sampleRate) {
        try {
            return OpusRates.created((MemorySegment)
                    OpusLibrary.ENCODER_CREATE.invokeExact(sampleRate, 1, APPLICATION_VOIP, MemorySegment.NULL));
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
    }
}
