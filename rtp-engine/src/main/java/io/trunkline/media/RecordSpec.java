package io.trunkline.media;

import java.time.Duration;
import java.util.Optional;

/**
 * One recording of a leg.
 *
 * @param id ours: names the files
 * @param stereo callee left, us right; else both mixed
 * @param maxDuration after which it completes by itself
 * @param silenceWhilePaused a pause is silence in the file (true) or a cut (false)
 */
public record RecordSpec(String id, boolean stereo, Optional<Duration> maxDuration, boolean silenceWhilePaused) {
    public static RecordSpec dual(String id) {
        return new RecordSpec(id, true, Optional.empty(), true);
    }
}
