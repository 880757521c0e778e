package io.trunkline.control.stream;

/** Twenty milliseconds of one side of the call. */
final class SentFrame {
    private final boolean inbound;
    private final short[] samples;
    private final long chunk;
    private final long timestampMs;

    /**
     * @param samples until whoever got the frame returns: they are used again
     * @param chunk its number on this track, from 1
     * @param timestampMs since the stream began
     */
    SentFrame(boolean inbound, short[] samples, long chunk, long timestampMs) {
        this.inbound = inbound;
        this.samples = samples;
        this.chunk = chunk;
        this.timestampMs = timestampMs;
    }

    boolean inbound() {
        return inbound;
    }

    short[] samples() {
        return samples;
    }

    long chunk() {
        return chunk;
    }

    long timestampMs() {
        return timestampMs;
    }

    String track() {
        return inbound ? "inbound" : "outbound";
    }
}
