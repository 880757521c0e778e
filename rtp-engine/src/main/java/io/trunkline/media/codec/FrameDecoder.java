package io.trunkline.media.codec;

/** Payload bytes to samples, a packet at a time, in order; what is lost is filled by {@link #conceal}. */
public interface FrameDecoder extends AutoCloseable {
    /** The rate of the samples it gives. */
    int sampleRate();

    /**
     * Decodes one payload, whatever its duration, up to the length of {@code out}. The bytes are a stranger's: a broken
     * payload never throws.
     *
     * @return samples written, 0 when the payload could not be decoded
     */
    int decode(byte[] payload, int offset, int length, short[] out);

    /**
     * Fills {@code samples} that never arrived.
     *
     * @return samples written, always {@code samples}
     */
    int conceal(int samples, short[] out);

    /**
     * Fills {@code samples} that never arrived from the redundancy in the packet after the gap (Opus in-band FEC, RFC
     * 6716 section 2.1.7); codecs without any conceal. The packet itself is decoded afterwards as usual.
     */
    default int recover(byte[] nextPayload, int offset, int length, int samples, short[] out) {
        return conceal(samples, out);
    }

    /** Frees native state; afterwards it must not be used. */
    @Override
    default void close() {}
}
