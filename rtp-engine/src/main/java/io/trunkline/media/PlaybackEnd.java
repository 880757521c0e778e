package io.trunkline.media;

/** Why a playback ended. */
public enum PlaybackEnd {
    COMPLETED,
    STOPPED,
    INTERRUPTED,
    HANGUP,
    FAILED
}
