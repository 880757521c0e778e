package io.trunkline.control.speech;

import io.trunkline.media.AudioSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Keeps what is spoken as a WAV of mono 16-bit PCM in memory: for short samples, bounded. */
final class WavSink implements AudioSink {
    private static final int HEADER = 44;
    private static final int MOST_BYTES = 2 << 20;

    private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
    private int sampleRate = 8000;

    @Override
    public void start(int rate) {
        sampleRate = rate;
    }

    @Override
    public void write(short[] samples, int offset, int length) {
        for (int i = offset; i < offset + length && pcm.size() < MOST_BYTES; i++) {
            pcm.write(samples[i]);
            pcm.write(samples[i] >> 8);
        }
    }

    byte[] bytes() throws IOException {
        if (pcm.size() == 0) {
            throw new IOException("it made no sound");
        }
        ByteBuffer wav = ByteBuffer.allocate(HEADER + pcm.size()).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + pcm.size());
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(sampleRate).putInt(2 * sampleRate);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(pcm.size());
        return wav.put(pcm.toByteArray()).array();
    }
}
