package io.trunkline.media;

/** Told on the media loop: implementations enqueue and return. */
public interface MediaListener {
    void onMediaEvent(String sessionId, MediaEvent event);
}
