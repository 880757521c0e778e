package io.trunkline.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class WeaverTest {
    private final Weaver weaver = new Weaver();

    @Test
    void putsBothSidesOfAMomentSideBySide() {
        ByteBuffer bytes = weaver.weave(chunk(new short[] {1, -2, 300}, new short[] {-1, 2, -32768}), 2);

        assertThat(samples(bytes)).containsExactly(1, -1, -2, 2, 300, -32768);
    }

    @Test
    void addsBothSidesUpForOneChannelAndClipsThem() {
        ByteBuffer bytes = weaver.weave(chunk(new short[] {1, 30_000, -30_000}, new short[] {2, 10_000, -10_000}), 1);

        assertThat(samples(bytes)).containsExactly(3, 32_767, -32_768);
    }

    @Test
    void aShortChunkAfterALongOneBringsNothingOfIt() {
        weaver.weave(chunk(new short[1000], new short[1000]), 2);

        assertThat(weaver.weave(chunk(new short[] {7}, new short[] {8}), 2).remaining())
                .isEqualTo(4);
    }

    private static RecordChunk chunk(short[] left, short[] right) {
        RecordChunk chunk = new RecordChunk(left.length + 5);
        System.arraycopy(left, 0, chunk.left, 0, left.length);
        System.arraycopy(right, 0, chunk.right, 0, right.length);
        chunk.frames = left.length;
        return chunk;
    }

    private static int[] samples(ByteBuffer bytes) {
        int[] samples = new int[bytes.remaining() / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort();
        }
        return samples;
    }
}
