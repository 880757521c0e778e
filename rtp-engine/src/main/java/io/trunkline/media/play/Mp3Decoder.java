package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.UnplayableAudioException;
import io.trunkline.media.UnplayableAudioException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.SampleBuffer;

/** MPEG audio by JLayer's decoder alone, without the mixers of javax.sound. */
final class Mp3Decoder implements AudioDecoder {
    private static final int TAG_HEADER = 10;
    private static final int MOST_TAGS = 4;
    /** Damaged frames in a row after which the rest is given up. */
    private static final int MOST_DAMAGED = 50;

    static boolean recognizes(byte[] head) {
        return isTag(head) || Mp3Header.findPair(head) >= 0;
    }

    @Override
    public String format() {
        return "mp3";
    }

    @Override
    public void decode(InputStream in, AudioSink sink) throws IOException, InterruptedException {
        Bitstream frames = new Bitstream(withoutTags(in));
        Decoder decoder = new Decoder();
        int rate = 0;
        int damaged = 0;
        while (damaged < MOST_DAMAGED) {
            Optional<SampleBuffer> frame = Optional.empty();
            try {
                Header header = frames.readFrame();
                if (header == null) {
                    break;
                }
                frame = Optional.of((SampleBuffer) decoder.decodeFrame(header, frames));
            } catch (BitstreamException | DecoderException | RuntimeException e) {
                // JLayer meets damage with its own exceptions or with an index out of bounds
                damaged++;
            }
            frames.closeFrame();
            if (frame.isPresent()) {
                damaged = 0;
                rate = rate == 0 ? begin(frame.get(), sink) : rate;
                write(frame.get(), rate, sink);
            }
        }
        if (rate == 0) {
            throw new UnplayableAudioException(Reason.NOT_AUDIO, "the MP3 holds no whole frame");
        }
    }

    private static int begin(SampleBuffer frame, AudioSink sink) throws InterruptedException {
        sink.start(frame.getSampleFrequency());
        return frame.getSampleFrequency();
    }

    /** A frame of another rate than the first belongs to no sensible file and is left out. */
    private static void write(SampleBuffer frame, int rate, AudioSink sink) throws InterruptedException {
        int channels = frame.getChannelCount();
        int length = frame.getBufferLength() / channels;
        if (frame.getSampleFrequency() != rate || length == 0) {
            return;
        }
        short[] interleaved = frame.getBuffer();
        short[] mono = new short[length];
        for (int i = 0; i < length; i++) {
            mono[i] = channels == 1 ? interleaved[i] : (short) ((interleaved[2 * i] + interleaved[2 * i + 1]) / 2);
        }
        sink.write(mono, 0, length);
    }

    /** Skips ID3v2 tags ourselves: the library would take their size on trust and keep them in memory. */
    private static InputStream withoutTags(InputStream in) throws IOException {
        PushbackInputStream rest = new PushbackInputStream(in, TAG_HEADER);
        for (int tags = 0; tags < MOST_TAGS; tags++) {
            byte[] head = rest.readNBytes(TAG_HEADER);
            if (head.length < TAG_HEADER || !isTag(head)) {
                rest.unread(head);
                return rest;
            }
            try {
                rest.skipNBytes(tagSize(head));
            } catch (EOFException e) {
                throw new UnplayableAudioException(Reason.TRUNCATED, "the MP3 is cut off within its ID3 tag");
            }
        }
        throw new UnplayableAudioException(Reason.NOT_AUDIO, "the MP3 is made of tags");
    }

    private static boolean isTag(byte[] head) {
        return head.length >= TAG_HEADER && head[0] == 'I' && head[1] == 'D' && head[2] == '3';
    }

    /** Four times seven bits, and a footer when flagged. */
    private static long tagSize(byte[] head) {
        long size = 0;
        for (int i = 6; i < 10; i++) {
            size = (size << 7) | (head[i] & 0x7F);
        }
        return size + ((head[5] & 0x10) != 0 ? TAG_HEADER : 0);
    }
}
