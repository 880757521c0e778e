package io.trunkline.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops what was started, last first, so that the database goes down after everything that still writes to it.
 *
 * <p>Steps are added by the thread that starts the program, and run by the one that stops it. A step that fails is
 * logged; the others still run.
 */
public final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    /** One thing to stop. Blocks until it is stopped; whoever waits for something gives up once {@code hurry} is done. */
    @FunctionalInterface
    public interface Step {
        void stop(CompletableFuture<Void> hurry) throws Exception;
    }

    /** The program was told to stop while it was starting. */
    static final class CancelledStart extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record NamedStep(String name, Step step) {}

    private final Deque<NamedStep> steps = new ArrayDeque<>();
    private final CompletableFuture<Void> hurry = new CompletableFuture<>();
    private boolean begun;

    public void add(String name, AutoCloseable closeable) {
        addWaiting(name, ignored -> closeable.close());
    }

    /** @throws CancelledStart when the stop has already begun; the step has been run then */
    public void addWaiting(String name, Step step) {
        NamedStep named = new NamedStep(name, step);
        if (!accept(named)) {
            stop(named);
            throw new CancelledStart();
        }
    }

    private synchronized boolean accept(NamedStep step) {
        if (!begun) {
            steps.push(step);
        }
        return !begun;
    }

    /** Someone is impatient: steps that wait for calls to end stop waiting. */
    public void hurry() {
        hurry.complete(null);
    }

    /** Runs every step once; a second caller returns at once. */
    public void run() {
        begin().forEach(this::stop);
    }

    private void stop(NamedStep step) {
        try {
            LOG.debug("Stopping {}", step.name());
            step.step().stop(hurry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.error("Stopping {} failed", step.name(), e);
        }
    }

    synchronized boolean hasBegun() {
        return begun;
    }

    private synchronized Deque<NamedStep> begin() {
        Deque<NamedStep> left = begun ? new ArrayDeque<>() : new ArrayDeque<>(steps);
        begun = true;
        return left;
    }
}
