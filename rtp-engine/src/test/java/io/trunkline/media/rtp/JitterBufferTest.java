package io.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.testing.Packets;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JitterBufferTest {
    private final JitterBuffer buffer = new JitterBuffer();
    private final RtpPacket packet = new RtpPacket();

    @BeforeEach
    void expect100() {
        buffer.reset(100);
    }

    private boolean insert(long sequence) {
        return insert(sequence, new byte[] {(byte) sequence});
    }

    private boolean insert(long sequence, byte[] payload) {
        ByteBuffer datagram = Packets.rtp(false, 8, (int) sequence, (int) sequence * 160, 1, payload);
        packet.parse(datagram);
        return buffer.insert(sequence, packet, datagram);
    }

    private int take() {
        int slot = buffer.oldest();
        int value = slot < 0 ? -1 : buffer.payloads()[buffer.offset(slot)];
        if (slot >= 0) {
            buffer.remove(slot);
        }
        return value;
    }

    @Test
    void reorderedPacketsComeOutInOrder() {
        insert(102);
        insert(100);
        insert(101);
        assertThat(new int[] {take(), take(), take(), take()}).containsExactly(100, 101, 102, -1);
    }

    @Test
    void aDuplicateIsTakenOnce() {
        assertThat(insert(100)).isTrue();
        assertThat(insert(100)).isFalse();
        assertThat(buffer.duplicates()).isEqualTo(1);
        assertThat(buffer.waiting()).isEqualTo(1);
    }

    @Test
    void whatComesAfterItsTurnIsRefused() {
        insert(101);
        assertThat(buffer.hasHoleBefore(buffer.oldest())).isTrue();
        take();
        assertThat(insert(100)).isFalse();
    }

    @Test
    void aPeerFarAheadPushesTheOldestOut() {
        for (int i = 0; i < JitterBuffer.SLOTS + 5; i++) {
            insert(100 + i);
        }
        assertThat(buffer.waiting()).isEqualTo(JitterBuffer.SLOTS);
        assertThat(buffer.givenUp()).isEqualTo(5);
        assertThat(take()).isEqualTo(105);
    }

    @Test
    void aHugeJumpDoesNotTakeLong() {
        insert(100);
        assertThat(insert(100 + (1L << 40))).isTrue();
        assertThat(buffer.waiting()).isEqualTo(1);
    }

    @Test
    void aLargerPayloadFitsBesideSmallOnes() {
        insert(100);
        byte[] large = new byte[1200];
        large[0] = 77;
        large[1199] = 78;
        insert(101, large);
        assertThat(take()).isEqualTo(100);
        int slot = buffer.oldest();
        assertThat(buffer.length(slot)).isEqualTo(1200);
        assertThat(buffer.payloads()[buffer.offset(slot) + 1199]).isEqualTo((byte) 78);
    }
}
