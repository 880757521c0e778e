package io.trunkline.media;

/**
 * Hears frames on the media loop: must copy and return at once (a bounded queue that drops and counts).
 */
public interface AudioTap {
    /** One frame of mono PCM; {@code samples} is reused after the call. */
    void onFrame(boolean inbound, short[] samples, int length, long timestampMs);
}
