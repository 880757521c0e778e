package io.trunkline.media;

import java.io.IOException;
import java.util.Optional;

/** Where a playback's samples come from. Run on a virtual thread, never on a media loop. */
public interface AudioSource {
    /** Writes all of it into {@code sink}, which makes the writer wait when enough is queued. */
    void writeTo(AudioSink sink) throws IOException, InterruptedException;

    /** Equal keys are equal audio: rendered and encoded once, shared by all calls. Empty means never cached. */
    default Optional<String> cacheKey() {
        return Optional.empty();
    }
}
