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
 * @param trim silence at both ends is cut from the finished file
 * @param beepEvery how often both sides are reminded of the recording by a tone, while it runs
 */
public record RecordSpec(
        String id,
        boolean stereo,
        Optional<Duration> maxDuration,
        boolean silenceWhilePaused,
        boolean trim,
        Optional<Duration> beepEvery) {

    /** Whole, and without a tone. */
    public RecordSpec(String id, boolean stereo, Optional<Duration> maxDuration, boolean silenceWhilePaused) {
        this(id, stereo, maxDuration, silenceWhilePaused, false, Optional.empty());
    }

    public static RecordSpec dual(String id) {
        return new RecordSpec(id, true, Optional.empty(), true);
    }

    public RecordSpec trimmed() {
        return new RecordSpec(id, stereo, maxDuration, silenceWhilePaused, true, beepEvery);
    }

    public RecordSpec beeping(Duration every) {
        return new RecordSpec(id, stereo, maxDuration, silenceWhilePaused, trim, Optional.of(every));
    }
}
