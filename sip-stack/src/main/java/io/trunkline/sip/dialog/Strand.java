package io.trunkline.sip.dialog;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker of one call: runs its tasks one after another, in the order in which they were given. The queue is
 * bounded; when it is full a task is dropped, which for a message of the network means that the peer repeats it.
 */
public final class Strand implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Strand.class);
    private static final int MOST_TASKS = 1024;

    private final Executor threads;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    public Strand(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            if (tasks.size() >= MOST_TASKS) {
                return;
            }
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        threads.execute(this::drain);
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a step of a call failed", e);
            }
        }
    }
}
