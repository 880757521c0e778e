package io.trunkline.control.recording;

import io.trunkline.control.store.RecordingArchive;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings complete recordings to their last place, deletes those kept long enough, and removes every copy of the deleted.
 * Owns one virtual thread; what fails is tried again in the next round, for ever, since the rows say what is left to do.
 */
public final class Archivist implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Archivist.class);
    private static final int BATCH = 100;
    private static final long ANSWER_SECONDS = 30;

    private final Vault vault;
    private final RecordingArchive archive;
    private final Duration pause;
    private final AtomicLong failures = new AtomicLong();
    private final Thread thread;
    private volatile boolean running = true;
    private boolean failing;

    public Archivist(Vault vault, RecordingArchive archive, Duration pause) {
        this.vault = vault;
        this.archive = archive;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("archivist").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Times something could not be stored or purged; it was tried again. */
    public long failures() {
        return failures.get();
    }

    private void run() {
        while (running) {
            try {
                round();
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    private void round() throws InterruptedException {
        long before = failures.get();
        attempt("retention", () -> await(archive.expire()));
        if (vault.hasWork()) {
            each(archive::toStore, this::store);
        }
        each(archive::toPurge, this::purge);
        attempt("opened copies", vault::closeUnused);
        failing = failures.get() > before;
    }

    /** Something that is done to one recording. */
    private interface Step {
        void run(String id) throws IOException, InterruptedException;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void each(BiFunction<String, Integer, Future<List<String>>> next, Step step) throws InterruptedException {
        String after = "";
        List<String> ids = ask(next, after);
        while (!ids.isEmpty()) {
            for (String id : ids) {
                attempt(id, () -> step.run(id));
                after = id;
            }
            ids = ask(next, after);
        }
    }

    private List<String> ask(BiFunction<String, Integer, Future<List<String>>> next, String after)
            throws InterruptedException {
        try {
            return await(next.apply(after, BATCH));
        } catch (IOException away) {
            failed("the list of recordings", away);
            return List.of();
        }
    }

    private void store(String id) throws IOException, InterruptedException {
        if (vault.store(id)) {
            await(archive.stored(id));
        }
    }

    private void purge(String id) throws IOException, InterruptedException {
        vault.delete(id);
        await(archive.purged(id));
    }

    private void attempt(String what, Work work) throws InterruptedException {
        try {
            work.run();
        } catch (IOException e) {
            failed(what, e);
        }
    }

    /** Said once when it begins to fail, not in every round. */
    private void failed(String what, IOException e) {
        if (!failing) {
            LOG.warn("{} could not be stored or purged, and will be tried again: {}", what, e.toString());
        }
        failing = true;
        failures.incrementAndGet();
    }

    private static <T> T await(Future<T> answer) throws IOException, InterruptedException {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new IOException("the database does not answer", away);
        }
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
