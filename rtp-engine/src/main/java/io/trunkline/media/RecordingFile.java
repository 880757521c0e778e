package io.trunkline.media;

import java.nio.file.Path;
import java.util.List;

/**
 * A finished recording on disk.
 *
 * @param path a WAV file inside the recordings folder
 * @param gaps where nothing could be recorded
 */
public record RecordingFile(
        String recordingId,
        Path path,
        int channels,
        int sampleRate,
        long durationMs,
        long size,
        String sha256,
        List<Gap> gaps) {

    /** {@code [fromMs, toMs)} of the recording. */
    public record Gap(long fromMs, long toMs) {}
}
