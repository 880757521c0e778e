package io.trunkline.media.speech;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Processes that were started before their text is known and wait for it: loading a voice takes a program longer than
 * speaking a sentence does. As many are kept for a command as were lately wanted at once, within the bound; those that
 * nobody wants for a while go. When this program dies they read the end of their input and end as well.
 */
final class ReadyProcesses {
    private static final Duration UNWANTED = Duration.ofMinutes(5);
    private static final Duration LOOKED_AFTER = Duration.ofMinutes(1);
    /** Voices and rates that are remembered. */
    private static final int MOST_COMMANDS = 4;

    private final int most;
    private final LongSupplier nanos;
    private final Map<List<String>, Shelf> shelves = new LinkedHashMap<>(16, 0.75f, true);
    private final Semaphore asked = new Semaphore(0);
    private boolean kept;

    ReadyProcesses(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /** Those that wait for one command's next texts. */
    private static final class Shelf {
        private final Deque<Process> waiting = new ArrayDeque<>();
        private int wanted = 1;
        private long lastMissNanos;
    }

    /** One that waits, or one that is started now. */
    Process take(List<String> command) throws IOException {
        Optional<Process> ready = most == 0 ? Optional.empty() : fromShelf(command);
        return ready.isPresent() ? ready.get() : start(command);
    }

    private synchronized Optional<Process> fromShelf(List<String> command) {
        Shelf shelf = shelves.computeIfAbsent(command, _ -> new Shelf());
        Process found = shelf.waiting.pollFirst();
        while (found != null && !found.isAlive()) {
            found = shelf.waiting.pollFirst();
        }
        long now = nanos.getAsLong();
        if (found == null) {
            shelf.wanted = Math.min(most, 2 * shelf.wanted);
            shelf.lastMissNanos = now;
        }
        if (!kept) {
            kept = true;
            Thread.ofVirtual().name("speech-processes").start(this::keep);
        }
        asked.release();
        return Optional.ofNullable(found);
    }

    /** For as long as this program runs. */
    private void keep() {
        try {
            while (true) {
                if (asked.tryAcquire(LOOKED_AFTER.toSeconds(), TimeUnit.SECONDS)) {
                    asked.drainPermits();
                }
                forgetUnwanted(nanos.getAsLong());
                fill();
            }
        } catch (InterruptedException nobodyInterruptsIt) {
            Thread.currentThread().interrupt();
        }
    }

    /** Also the whole shelf of the command that was not asked for the longest, where there are too many. */
    private synchronized void forgetUnwanted(long now) {
        Iterator<Shelf> oldestFirst = shelves.values().iterator();
        while (oldestFirst.hasNext()) {
            Shelf shelf = oldestFirst.next();
            if (now - shelf.lastMissNanos > UNWANTED.toNanos()) {
                shelf.wanted = Math.max(1, shelf.wanted / 2);
                shelf.lastMissNanos = now;
            }
            boolean tooMany = shelves.size() > MOST_COMMANDS;
            while (shelf.waiting.size() > (tooMany ? 0 : shelf.wanted)) {
                shelf.waiting.removeLast().destroyForcibly();
            }
            if (tooMany) {
                oldestFirst.remove();
            }
        }
    }

    /** One after another: texts that are being spoken need the processor more. */
    private void fill() throws InterruptedException {
        try {
            for (Optional<List<String>> next = missing(); next.isPresent(); next = missing()) {
                Process fresh = start(next.get());
                if (fresh.waitFor(1, TimeUnit.MILLISECONDS)) {
                    break; // it does not wait for its text
                }
                shelve(next.get(), fresh);
            }
        } catch (IOException cannotBeStarted) {
            // whoever wants one starts it, and is told
        }
    }

    private synchronized Optional<List<String>> missing() {
        int waiting = shelves.values().stream()
                .mapToInt(shelf -> shelf.waiting.size())
                .sum();
        return shelves.entrySet().stream()
                .filter(entry -> entry.getValue().waiting.size() < entry.getValue().wanted)
                .map(Map.Entry::getKey)
                .filter(_ -> waiting < most)
                .findFirst();
    }

    private synchronized void shelve(List<String> command, Process fresh) {
        Shelf shelf = shelves.get(command);
        if (shelf == null) {
            fresh.destroyForcibly();
        } else {
            shelf.waiting.addLast(fresh);
        }
    }

    synchronized long waiting(List<String> command) {
        Shelf shelf = shelves.get(command);
        return shelf == null
                ? 0
                : shelf.waiting.stream().filter(Process::isAlive).count();
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
