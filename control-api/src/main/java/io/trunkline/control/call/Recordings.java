package io.trunkline.control.call;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.RecordingFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a call knows of its recordings: begun, paused, completed or absent, each told once. */
final class Recordings {
    private Recordings() {}

    static void start(Turn turn, Verb.StartRecording spec) {
        turn.recordings().add(spec.recordingId());
        List<String> all = new ArrayList<>(turn.call().recordings());
        all.add(spec.recordingId());
        turn.update(turn.call().withRecordings(List.copyOf(all)));
        turn.act(new CallAction.StartRecording(spec));
    }

    /** The one that is meant: named, or the latest that runs. */
    static Optional<String> running(Turn turn, Optional<String> named) {
        return named.filter(turn.recordings()::contains)
                .or(() -> named.isPresent()
                        ? Optional.empty()
                        : turn.call().recordings().reversed().stream()
                                .filter(turn.recordings()::contains)
                                .findFirst());
    }

    static void onMedia(Turn turn, MediaEvent event) {
        switch (event) {
            case MediaEvent.RecordingStarted(String id) ->
                turn.emit("recording.started", Turn.data("recording_id", id));
            case MediaEvent.RecordingPaused(String id) -> turn.emit("recording.paused", Turn.data("recording_id", id));
            case MediaEvent.RecordingResumed(String id) ->
                turn.emit("recording.resumed", Turn.data("recording_id", id));
            case MediaEvent.RecordingCompleted(RecordingFile file) -> {
                turn.recordings().remove(file.recordingId());
                turn.emit("recording.completed", describe(file));
            }
            case MediaEvent.RecordingAbsent(String id, String reason) -> {
                turn.recordings().remove(id);
                turn.emit("recording.absent", Turn.data("recording_id", id, "reason", reason));
            }
            default -> throw new IllegalArgumentException("not of a recording: " + event);
        }
    }

    static Map<String, Object> describe(RecordingFile file) {
        return Turn.data(
                "recording_id", file.recordingId(),
                "duration_ms", file.durationMs(),
                "channels", file.channels(),
                "sample_rate", file.sampleRate(),
                "size", file.size(),
                "sha256", file.sha256(),
                "gaps",
                        file.gaps().stream()
                                .map(gap -> List.of(gap.fromMs(), gap.toMs()))
                                .toList());
    }
}
