package io.trunkline.media;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Everything that a leg's media reports upwards. */
public sealed interface MediaEvent {
    /** The first packet from an allowed source: media is connected both ways. */
    record MediaConnected(String remoteAddress) implements MediaEvent {}

    /** Nothing arrived for this long; said once, again after media came back. */
    record MediaTimeout(Duration silentFor) implements MediaEvent {}

    record PlaybackStarted(String playbackId) implements MediaEvent {}

    /**
     * A playback is over.
     *
     * @param playedMs how much of it was sent, all repeats together
     * @param lengthMs how long one pass is, where that is known; else 0
     */
    record PlaybackFinished(String playbackId, long playedMs, long lengthMs, PlaybackEnd reason, String detail)
            implements MediaEvent {
        /** Of something whose length is not known. */
        public PlaybackFinished(String playbackId, long playedMs, PlaybackEnd reason, String detail) {
            this(playbackId, playedMs, 0, reason, detail);
        }
    }

    record DigitReceived(char digit, int durationMs, DtmfMethod method) implements MediaEvent {}

    record RecordingStarted(String recordingId) implements MediaEvent {}

    record RecordingPaused(String recordingId) implements MediaEvent {}

    record RecordingResumed(String recordingId) implements MediaEvent {}

    /** The file is durable. */
    record RecordingCompleted(RecordingFile file) implements MediaEvent {}

    record RecordingAbsent(String recordingId, String reason) implements MediaEvent {}

    record AmdHypothesis(Map<String, Double> probabilities, long ms) implements MediaEvent {}

    record AmdResult(AmdVerdict verdict, double confidence, String reason, long ms) implements MediaEvent {}

    record AmdGreetingEnded(long ms) implements MediaEvent {}

    record AmdBeep(long onsetMs, int frequencyHz, int lengthMs) implements MediaEvent {}

    record SpeechStarted(long ms) implements MediaEvent {}

    record SpeechStopped(long ms) implements MediaEvent {}

    /**
     * The peer cannot be reached safely: no address, no keys, or not the keys that were agreed.
     *
     * @param reason stable words: {@code ice_failed}, {@code dtls_failed}, {@code dtls_fingerprint_mismatch}, {@code
     *     srtp_authentication_failed}, {@code peer_closed}
     */
    record SecurityFailed(String reason, String detail) implements MediaEvent {}

    /** The leg failed inside the engine; only this leg. */
    record MediaFailed(String reason) implements MediaEvent {}

    /** The last event: what was still playing ends here, with what was heard of it. */
    record MediaClosed(LegStats stats, List<PlaybackFinished> unfinished) implements MediaEvent {}
}
