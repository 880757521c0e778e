package io.trunkline.control.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What every call plays: a sweep through the voice band, over and over, as a WAV of 8 kHz. */
final class Chime {
    private static final int RATE = 8000;
    private static final int SWEEP_SECONDS = 2;
    private static final int HEADER_BYTES = 44;

    private Chime() {}

    static byte[] wav(int millis) {
        int samples = RATE * millis / 1000;
        ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        tag(wav, "RIFF").putInt(HEADER_BYTES - 8 + 2 * samples);
        tag(wav, "WAVE");
        tag(wav, "fmt ").putInt(16).putShort((short) 1).putShort((short) 1);
        wav.putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16);
        tag(wav, "data").putInt(2 * samples);
        double phase = 0;
        for (int i = 0; i < samples; i++) {
            phase += 2 * Math.PI * (300 + 1200.0 * (i % (SWEEP_SECONDS * RATE)) / RATE) / RATE;
            wav.putShort((short) (8000 * Math.sin(phase)));
        }
        return wav.array();
    }

    private static ByteBuffer tag(ByteBuffer wav, String name) {
        return wav.put(name.getBytes(StandardCharsets.US_ASCII));
    }
}
