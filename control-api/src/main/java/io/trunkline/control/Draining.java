package io.trunkline.control;

import io.trunkline.control.call.CallService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The end of a node's calls at a stop: new ones are refused at once, running ones may finish until the limit. */
final class Draining {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(50);

    private Draining() {}

    static void drain(CallService calls, Duration limit, CompletableFuture<Void> hurry) throws InterruptedException {
        calls.drain();
        waitUntilIdle(calls, limit, hurry);
        calls.hangUpAll();
        waitUntilIdle(calls, LAST_WORDS, new CompletableFuture<>());
    }

    private static void waitUntilIdle(CallService calls, Duration limit, CompletableFuture<Void> hurry)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (calls.active() > 0 && !hurry.isDone() && System.nanoTime() < end) {
            Thread.sleep(POLL);
        }
    }
}
