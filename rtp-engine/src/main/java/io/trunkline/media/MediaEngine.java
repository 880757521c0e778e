package io.trunkline.media;

import io.trunkline.media.engine.RtpEngine;
import io.trunkline.media.record.Recorder;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The door to the RTP engine: owns the media loops, the port range, the prompt cache and the recording writer. */
public interface MediaEngine extends AutoCloseable {
    /** Starts the loops and the recording writer; ports are taken as legs are opened. */
    static MediaEngine start(MediaConfig config) {
        return RtpEngine.start(config);
    }

    /**
     * Finishes the recordings that a crash of an earlier run left in {@code folder}. Blocks; called once, before {@link
     * #start}.
     */
    static List<RecordingFile> recoverRecordings(Path folder) {
        return Recorder.recover(folder);
    }

    /** A recording that was finished in this folder; empty when there is none of this id. */
    static Optional<RecordingFile> finishedRecording(Path folder, String recordingId) {
        return Recorder.finished(folder, recordingId);
    }

    /**
     * Opens a leg: takes a port pair and a place on the least loaded phase of a loop. Returns at once; nothing is sent
     * or heard before the session has negotiated.
     *
     * @throws NoMediaPortsException when the port range or the descriptors are used up
     */
    MediaSession open(LegSpec spec, MediaListener listener);

    /**
     * Renders a finite source ahead of time, so that playing it later starts within one frame. Sources with a cache key
     * are rendered once and shared by every call that plays them.
     */
    CompletableFuture<Void> prepare(AudioSource source);

    /** An empty room for three and more sessions. */
    MediaRoom openRoom();

    /** Encrypted legs will bind here: STUN servers, if there are any, are asked before the first of them comes. */
    default void expectLegsAt(InetAddress local) {
        // Whoever asks nobody has nothing to prepare.
    }

    /** True while a new leg can get a port pair: asked before a call is accepted. */
    boolean hasFreePorts();

    MediaStats stats();

    @Override
    void close();
}
