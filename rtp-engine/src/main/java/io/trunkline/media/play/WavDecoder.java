package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.UnplayableAudioException;
import io.trunkline.media.UnplayableAudioException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** RIFF/WAVE: a chain of chunks, of which {@code fmt} says how and {@code data} holds the samples. */
final class WavDecoder implements AudioDecoder {
    private static final int FRAMES_AT_ONCE = 2048;
    private static final int LONGEST_FORMAT = 4096;
    private static final long TO_THE_END = Long.MAX_VALUE;

    @Override
    public String format() {
        return "wav";
    }

    @Override
    public void decode(InputStream in, AudioSink sink) throws IOException, InterruptedException {
        WavFormat format;
        long dataBytes;
        try {
            format = readFormat(in);
            dataBytes = findData(in);
        } catch (EOFException e) {
            throw new UnplayableAudioException(Reason.TRUNCATED, "the WAV header is cut off");
        }
        sink.start(format.sampleRate());
        copy(in, format, dataBytes, sink);
    }

    private static WavFormat readFormat(InputStream in) throws IOException {
        in.skipNBytes(8);
        if (!"WAVE".equals(word(in))) {
            throw new UnplayableAudioException(Reason.NOT_AUDIO, "a RIFF file, but no WAVE");
        }
        while (true) {
            String id = word(in);
            long size = size(in);
            if (id.equals("fmt ")) {
                return format(in, size);
            }
            if (id.equals("data")) {
                throw new UnplayableAudioException(Reason.NOT_AUDIO, "the WAV has samples before its format");
            }
            in.skipNBytes(size + (size & 1));
        }
    }

    private static WavFormat format(InputStream in, long size) throws IOException {
        if (size < WavFormat.SHORTEST || size > LONGEST_FORMAT) {
            throw new UnplayableAudioException(Reason.NOT_AUDIO, "the WAV format chunk has an impossible size");
        }
        byte[] chunk = in.readNBytes((int) size);
        if (chunk.length < size) {
            throw new EOFException();
        }
        in.skipNBytes(size & 1);
        return WavFormat.of(chunk);
    }

    /** Bytes of samples; writers of streams leave 0 or the largest number there, and then all that follows counts. */
    private static long findData(InputStream in) throws IOException {
        while (true) {
            String id = word(in);
            long size = size(in);
            if (id.equals("data")) {
                return size == 0 || size >= 0xFFFF_F000L ? TO_THE_END : size;
            }
            in.skipNBytes(size + (size & 1));
        }
    }

    private static void copy(InputStream in, WavFormat format, long dataBytes, AudioSink sink)
            throws IOException, InterruptedException {
        byte[] bytes = new byte[FRAMES_AT_ONCE * format.frameBytes()];
        short[] samples = new short[FRAMES_AT_ONCE];
        long left = dataBytes;
        while (left > 0) {
            int read = in.readNBytes(bytes, 0, (int) Math.min(bytes.length, left));
            int frames = read / format.frameBytes();
            if (frames == 0) {
                return;
            }
            format.toMono(bytes, frames, samples);
            sink.write(samples, 0, frames);
            left -= read;
        }
    }

    private static String word(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(4);
        if (bytes.length < 4) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static long size(InputStream in) throws IOException {
        long size = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            size |= (long) next << shift;
        }
        return size;
    }
}
