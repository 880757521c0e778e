package io.trunkline.media.amd.synth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes mono PCM of 16 bits at 8 kHz. */
final class WavWriter {
    private WavWriter() {}

    static void write(Path file, short[] samples) throws IOException {
        int bytes = 2 * samples.length;
        ByteBuffer out = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + bytes).put(ascii("WAVEfmt ")).putInt(16);
        out.putShort((short) 1).putShort((short) 1).putInt(Signal.RATE).putInt(2 * Signal.RATE);
        out.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(bytes);
        for (short sample : samples) {
            out.putShort(sample);
        }
        Files.write(file, out.array());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
