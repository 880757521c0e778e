package io.trunkline.control.agent;

import io.trunkline.media.SampleFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the callee says in one turn, with the moment before our ear was sure of it, and a minute at most: the beginning
 * of a longer speech is what is kept. Lives on its agent's context.
 */
final class TurnRecorder {
    private static final int BEFORE_MS = 600;
    private static final int LONGEST_SECONDS = 60;
    private static final int HEADER = 44;

    private final int sampleRate;
    private final int before;
    private short[] samples;
    private int count;
    private boolean speaking;

    TurnRecorder(int sampleRate) {
        this.sampleRate = sampleRate;
        this.before = sampleRate * BEFORE_MS / 1000;
        this.samples = new short[2 * before];
    }

    void hear(short[] frame) {
        if (!speaking && count + frame.length > samples.length) {
            System.arraycopy(samples, count - before, samples, 0, before);
            count = before;
        }
        int room = Math.min(frame.length, sampleRate * LONGEST_SECONDS - count);
        if (count + room > samples.length) {
            samples = Arrays.copyOf(samples, 2 * samples.length);
        }
        System.arraycopy(frame, 0, samples, count, room);
        count += room;
    }

    void begin() {
        int from = Math.max(0, count - before);
        System.arraycopy(samples, from, samples, 0, count - from);
        count -= from;
        speaking = true;
    }

    /** The turn as a WAV. */
    byte[] end() {
        speaking = false;
        byte[] pcm = SampleFormat.L16_LITTLE_ENDIAN.encode(samples, 0, count);
        samples = new short[2 * before];
        count = 0;
        ByteBuffer wav = ByteBuffer.allocate(HEADER + pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF"))
                .putInt(HEADER - 8 + pcm.length)
                .put(ascii("WAVEfmt "))
                .putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(sampleRate).putInt(2 * sampleRate);
        wav.putShort((short) 2)
                .putShort((short) 16)
                .put(ascii("data"))
                .putInt(pcm.length)
                .put(pcm);
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
