package io.trunkline.media.record;

import io.trunkline.media.RecordingFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the writer thread, which takes full chunks from every loop, writes them and gives them back; and the thread that
 * makes every file durable again and again.
 */
public final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final long PAUSE_NANOS = 10_000_000;
    private static final long SYNC_NANOS = 10_000_000_000L;

    private final Path folder;
    private final List<RecordLane> lanes = new CopyOnWriteArrayList<>();
    private final Set<SegmentFile> open = ConcurrentHashMap.newKeySet();
    private final Weaver weaver = new Weaver();
    private final Thread thread;
    private final Thread syncer;
    private volatile boolean running = true;
    private final AtomicLong failedSyncs = new AtomicLong();
    private final AtomicLong droppedChunks = new AtomicLong();

    public Recorder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().name("record").daemon(true).unstarted(this::run);
        syncer = Thread.ofPlatform().name("record-sync").daemon(true).unstarted(this::syncAgainAndAgain);
    }

    public void start() {
        thread.start();
        syncer.start();
    }

    /** Finishes what a crash left behind; to be called before anything records into this folder. */
    public static List<RecordingFile> recover(Path folder) {
        List<RecordingFile> recovered = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return recovered;
        }
        Trimming.forget(folder);
        try (DirectoryStream<Path> indexes = Files.newDirectoryStream(folder, "*.wav.index")) {
            for (Path index : indexes) {
                recoverOne(index, recovered);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recovered;
    }

    private static void recoverOne(Path index, List<RecordingFile> recovered) {
        try {
            Finisher.finish(index, 0, false).ifPresent(recovered::add);
        } catch (IOException e) {
            LOG.warn("recording beside {} cannot be finished: {}", index, e.toString());
        }
    }

    /** One that was finished, when whoever was to be told is gone. */
    public static Optional<RecordingFile> finished(Path folder, String id) {
        Path wav = folder.resolve(id + ".wav");
        try {
            return Files.isRegularFile(wav) ? Optional.of(Finisher.describe(id, wav)) : Optional.empty();
        } catch (IOException e) {
            LOG.warn("recording {} cannot be read: {}", id, e.toString());
            return Optional.empty();
        }
    }

    /** A loop's own way to the writer. */
    public RecordLane lane() {
        RecordLane lane = new RecordLane();
        lanes.add(lane);
        return lane;
    }

    private void run() {
        while (running) {
            if (!drain()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        drain();
    }

    private boolean drain() {
        boolean any = false;
        for (RecordLane lane : lanes) {
            RecordChunk chunk = lane.full().poll();
            while (chunk != null) {
                any = true;
                handle(chunk);
                lane.giveBack(chunk);
                chunk = lane.full().poll();
            }
        }
        return any;
    }

    private void handle(RecordChunk chunk) {
        RecordTarget target = chunk.target;
        if (target == null) {
            return;
        }
        try {
            switch (chunk.kind) {
                case OPEN -> open(target);
                case SOUND, SILENCE, GAP -> write(target, chunk);
                case CLOSE -> close(target, chunk);
            }
        } catch (IOException e) {
            target.failure = "disk: " + e.getMessage();
            droppedChunks.incrementAndGet();
            if (chunk.kind == RecordChunk.Kind.CLOSE) {
                target.result().absent(target.failure);
            }
        }
    }

    private void open(RecordTarget target) throws IOException {
        SegmentFile file = SegmentFile.create(folder, target);
        target.file = file;
        open.add(file);
    }

    private void write(RecordTarget target, RecordChunk chunk) throws IOException {
        if (target.file != null) {
            target.file.write(chunk, weaver);
        } else {
            droppedChunks.incrementAndGet();
        }
    }

    private void close(RecordTarget target, RecordChunk chunk) throws IOException {
        SegmentFile file = target.file;
        if (file == null) {
            target.result().absent(target.failure);
            return;
        }
        open.remove(file);
        file.close();
        long frames = chunk.position;
        Thread.ofVirtual().name("finish").start(() -> finish(target, file.index(), frames));
    }

    private static void finish(RecordTarget target, Path index, long frames) {
        try {
            Finisher.finish(index, frames, target.trim)
                    .ifPresentOrElse(
                            target.result()::completed,
                            () -> target.result()
                                    .absent(target.failure.isEmpty() ? "nothing_recorded" : target.failure));
        } catch (IOException | RuntimeException e) {
            target.result().absent("disk: " + e.getMessage());
        }
    }

    /** One file after another, evenly over the interval; what the disk takes for it keeps nobody else waiting. */
    private void syncAgainAndAgain() {
        while (running) {
            long pause = SYNC_NANOS / Math.max(1, open.size());
            for (SegmentFile file : open) {
                LockSupport.parkNanos(pause);
                sync(file);
            }
            if (open.isEmpty()) {
                LockSupport.parkNanos(SYNC_NANOS);
            }
        }
    }

    private void sync(SegmentFile file) {
        try {
            file.sync();
        } catch (IOException e) {
            // A file that has just been closed is made durable by its end.
            failedSyncs.addAndGet(e instanceof ClosedChannelException ? 0 : 1);
        }
    }

    /** Times the disk refused to make something durable. */
    public long failedSyncs() {
        return failedSyncs.get();
    }

    /** Chunks that could not be written. */
    public long dropped() {
        long dropped = droppedChunks.get();
        for (RecordLane lane : lanes) {
            dropped += lane.dropped();
        }
        return dropped;
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
            LockSupport.unpark(syncer);
            syncer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
