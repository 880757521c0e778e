package io.trunkline.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.media.testing.ManualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortAllocatorTest {
    private final ManualClock clock = new ManualClock();
    private final PortAllocator ports = new PortAllocator(10_001, 10_021, Duration.ofSeconds(6), clock);

    @Test
    void givesEachEvenPortOnceAndThenNone() {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            given.add(ports.take());
        }
        assertThat(given).hasSize(10).allMatch(port -> port % 2 == 0 && port >= 10_002 && port < 10_021);
        assertThat(ports.take()).isEqualTo(-1);
        assertThat(ports.hasFree()).isFalse();
        assertThat(ports.inUse()).isEqualTo(10);
    }

    @Test
    void aPortGivenBackRestsBeforeItIsUsedAgain() {
        for (int i = 0; i < 9; i++) {
            ports.take();
        }
        int last = ports.take();
        ports.giveBack(last);
        clock.advanceMillis(5999);
        assertThat(ports.take()).isEqualTo(-1);
        clock.advanceMillis(1);
        assertThat(ports.free()).isEqualTo(1);
        assertThat(ports.take()).isEqualTo(last);
    }

    @Test
    void aRangeWithoutAPairIsRefused() {
        assertThatThrownBy(() -> new PortAllocator(10_001, 10_002, Duration.ofSeconds(1), clock))
                .hasMessageContaining("10001");
    }

    @Test
    void manyThreadsNeverGetTheSamePort() throws InterruptedException {
        PortAllocator many = new PortAllocator(10_000, 19_999, Duration.ofSeconds(6), clock);
        Set<Integer> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 1000; i++) {
                    assertThat(seen.add(many.take())).isTrue();
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).hasSize(4000);
    }
}
