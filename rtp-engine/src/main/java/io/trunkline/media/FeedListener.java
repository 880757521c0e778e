package io.trunkline.media;

/** Told of a feed's progress, on the media loop: implementations enqueue and return. */
public interface FeedListener {
    /**
     * A mark was reached.
     *
     * @param played false when what stood before it was cleared
     * @param playedMs what has been heard of the feed so far
     */
    void onMark(String name, boolean played, long playedMs);

    /**
     * A clear was done.
     *
     * @param reachedMs how far into everything ever offered playing had come, earlier clears counted as reached
     * @param droppedMs what was not heard because of it
     */
    void onCleared(long reachedMs, long playedMs, long droppedMs);

    /** Nothing is queued any more. */
    void onDrained(long playedMs);
}
