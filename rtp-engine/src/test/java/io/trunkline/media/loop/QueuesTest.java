package io.trunkline.media.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QueuesTest {
    @Test
    void aFullFrameQueueTakesWhatFits() {
        FrameQueue queue = new FrameQueue(100);
        assertThat(queue.offer(new short[80], 0, 80)).isEqualTo(80);
        assertThat(queue.offer(new short[80], 0, 80)).isEqualTo(20);
        assertThat(queue.offer(new short[80], 0, 80)).isZero();
        assertThat(queue.poll(new short[200], 0, 200)).isEqualTo(100);
        assertThat(queue.poll(new short[200], 0, 200)).isZero();
    }

    @Test
    void itIsDrainedWhenTheWriterEndedAndAllIsRead() {
        FrameQueue queue = new FrameQueue(10);
        queue.offer(new short[3], 0, 3);
        queue.end();
        assertThat(queue.isDrained()).isFalse();
        queue.poll(new short[3], 0, 3);
        assertThat(queue.isDrained()).isTrue();
    }

    @Test
    void samplesCrossThreadsInOrderAndNoneIsLost() throws InterruptedException {
        FrameQueue queue = new FrameQueue(37);
        int total = 200_000;
        Thread writer = Thread.ofPlatform().start(() -> {
            short[] block = new short[13];
            int sent = 0;
            while (sent < total) {
                int count = Math.min(block.length, total - sent);
                for (int i = 0; i < count; i++) {
                    block[i] = (short) (sent + i);
                }
                int taken = queue.offer(block, 0, count);
                sent += taken;
                if (taken == 0) {
                    Thread.onSpinWait();
                }
            }
            queue.end();
        });
        short[] block = new short[11];
        int seen = 0;
        while (!queue.isDrained()) {
            int count = queue.poll(block, 0, block.length);
            for (int i = 0; i < count; i++) {
                assertThat(block[i]).isEqualTo((short) seen++);
            }
            if (count == 0) {
                Thread.onSpinWait();
            }
        }
        writer.join();
        assertThat(seen).isEqualTo(total);
    }

    @Test
    void aFullHandoffLeavesTheItemWithItsSenderAndKeepsSparePlaces() {
        Handoff<Integer> handoff = new Handoff<>(4);
        assertThat(handoff.offer(1, 2)).isTrue();
        assertThat(handoff.offer(2, 2)).isTrue();
        assertThat(handoff.offer(3, 2)).isFalse();
        assertThat(handoff.offer(4)).isTrue();
        assertThat(handoff.offer(5)).isTrue();
        assertThat(handoff.offer(6)).isFalse();
        assertThat(handoff.poll()).isEqualTo(1);
        assertThat(handoff.poll()).isEqualTo(2);
        assertThat(handoff.poll()).isEqualTo(4);
    }

    @Test
    void itemsCrossThreadsInOrder() throws InterruptedException {
        Handoff<Integer> handoff = new Handoff<>(16);
        AtomicLong sum = new AtomicLong();
        Thread reader = Thread.ofPlatform().start(() -> {
            int expected = 0;
            while (expected < 100_000) {
                Integer item = handoff.poll();
                if (item == null) {
                    Thread.onSpinWait();
                } else {
                    assertThat(item).isEqualTo(expected++);
                    sum.addAndGet(item);
                }
            }
        });
        for (int i = 0; i < 100_000; i++) {
            while (!handoff.offer(i)) {
                Thread.onSpinWait();
            }
        }
        reader.join();
        assertThat(sum.get()).isEqualTo(4_999_950_000L);
    }
}
