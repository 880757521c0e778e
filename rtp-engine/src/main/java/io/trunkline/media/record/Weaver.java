package io.trunkline.media.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes a WAV file's bytes of a chunk, in memory that the kernel takes as it is. The writer's thread alone. */
final class Weaver {
    private int[] frames = {};
    private short[] sums = {};
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

    /** The chunk's sound, good until the next call. */
    ByteBuffer weave(RecordChunk chunk, int channels) {
        int count = chunk.frames;
        ByteBuffer out = room(count * 2 * channels);
        if (channels == 2) {
            interleave(chunk.left, chunk.right, frames, count);
            out.asIntBuffer().put(frames, 0, count);
        } else {
            mix(chunk.left, chunk.right, sums, count);
            out.asShortBuffer().put(sums, 0, count);
        }
        return out;
    }

    private ByteBuffer room(int wanted) {
        if (bytes.capacity() < wanted) {
            bytes = ByteBuffer.allocateDirect(wanted).order(ByteOrder.LITTLE_ENDIAN);
            frames = new int[wanted / 2];
            sums = new short[wanted / 2];
        }
        return bytes.clear().limit(wanted);
    }

    /** Left and right of one moment in one number, little-endian. Plain loops, which become vector instructions. */
    private static void interleave(short[] left, short[] right, int[] frames, int count) {
        for (int i = 0; i < count; i++) {
            frames[i] = (left[i] & 0xffff) | (right[i] << 16);
        }
    }

    private static void mix(short[] one, short[] other, short[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] = (short) Math.min(Math.max(one[i] + other[i], Short.MIN_VALUE), Short.MAX_VALUE);
        }
    }
}
