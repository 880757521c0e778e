package io.trunkline.media.codec;

/** Samples to payload bytes, a frame at a time, in order; it may keep state between frames. */
public interface FrameEncoder extends AutoCloseable {
    /** The rate of the samples it takes. */
    int sampleRate();

    /**
     * Encodes one frame.
     *
     * @return bytes written at {@code outOffset}; 0 when the frame needs no packet (discontinuous transmission)
     */
    int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset);

    /** Frees native state; afterwards it must not be used. */
    @Override
    default void close() {}
}
