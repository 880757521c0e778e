package io.trunkline.media.play;

/** A playback's samples as the media loop takes them: never waits. */
interface FrameReader {
    /** Writes up to {@code samples}; fewer when that is all there is for now, or the end. */
    int read(short[] out, int samples);

    /** Enough is there to begin, or all there will ever be. */
    boolean isReady();

    /** Nothing more will come. */
    boolean isDrained();

    /** Why it ended early; empty when it did not. */
    String failure();

    /** From the beginning once more. */
    void rewind();

    /** It is not wanted any more. */
    void abandon();

    /**
     * The frame that the last {@link #read} gave, already encoded; null when it has to be encoded now.
     *
     * @param frameSamples only a frame of exactly this length will do
     */
    default @org.jspecify.annotations.Nullable EncodedFrame encoded(int frameSamples) {
        return null;
    }
}
