package io.trunkline.control.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final Vertx vertx = Vertx.vertx();
    private final Pulse pulse = new Pulse(vertx);

    @AfterEach
    void stop() {
        vertx.close();
    }

    private Runnable start(Runnable turn, Runnable onMistake) {
        CompletableFuture<Runnable> stop = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(_ -> stop.complete(pulse.start(turn, onMistake)));
        return stop.join();
    }

    @Test
    void turnsAreOnTheThreadThatAskedForThem() throws Exception {
        CompletableFuture<Thread> asked = new CompletableFuture<>();
        CompletableFuture<Thread> turned = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(_ -> {
            asked.complete(Thread.currentThread());
            pulse.start(() -> turned.complete(Thread.currentThread()), () -> {});
        });

        assertThat(turned.get(10, TimeUnit.SECONDS)).isSameAs(asked.join());
    }

    @Test
    void oneThatThrowsIsToldAndTheOthersGoOn() throws Exception {
        AtomicInteger throwing = new AtomicInteger();
        CountDownLatch told = new CountDownLatch(1);
        start(
                () -> {
                    throwing.incrementAndGet();
                    throw new IllegalStateException("a mistake, on purpose");
                },
                told::countDown);
        CountDownLatch later = new CountDownLatch(5);
        start(later::countDown, () -> {});

        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(throwing).hasValue(1);
    }

    @Test
    void oneThatIsStoppedHasNoMoreTurns() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        Runnable stop = start(turns::incrementAndGet, () -> {});
        stop.run();
        int then = turns.get();
        CountDownLatch later = new CountDownLatch(5);
        start(later::countDown, () -> {});

        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(turns.get()).isBetween(then, then + 1);
    }
}
