package io.trunkline.media.graph;

/** Hears one direction of a leg, a tick at a time. */
public interface FrameListener {
    /** {@code samples} is reused after the call. */
    void onFrame(short[] samples, int length, int sampleRate, long nowNanos);
}
