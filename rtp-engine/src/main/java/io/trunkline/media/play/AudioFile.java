package io.trunkline.media.play;

import io.trunkline.media.AudioInfo;
import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.UnplayableAudioException;
import io.trunkline.media.UnplayableAudioException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Encoded audio, wherever its bytes lie. */
abstract class AudioFile implements AudioSource {
    abstract InputStream open() throws IOException;

    @Override
    public final void writeTo(AudioSink sink) throws IOException, InterruptedException {
        SoftEdges edges = new SoftEdges(new LengthGuard(sink));
        decode(edges);
        edges.finish();
    }

    public final AudioInfo inspect() throws IOException, InterruptedException {
        LoudnessMeter meter = new LoudnessMeter();
        String format = decode(new LengthGuard(meter));
        return new AudioInfo(format, meter.sampleRate(), meter.durationMs(), meter.levelDbfs());
    }

    private String decode(AudioSink sink) throws IOException, InterruptedException {
        CountingSink counting = new CountingSink(sink);
        try (BufferedInputStream in = new BufferedInputStream(open(), AudioDecoder.SNIFF_BYTES)) {
            AudioDecoder decoder = AudioDecoder.sniff(in);
            decoder.decode(in, counting);
            if (counting.samples == 0) {
                throw new UnplayableAudioException(Reason.EMPTY, "the file holds no samples");
            }
            return decoder.format();
        } catch (LengthGuard.TooLong e) {
            throw new UnplayableAudioException(
                    Reason.TOO_LONG, "longer than " + LengthGuard.LONGEST.toHours() + " hours");
        }
    }

    private static final class CountingSink implements AudioSink {
        private final AudioSink next;
        private long samples;

        CountingSink(AudioSink next) {
            this.next = next;
        }

        @Override
        public void start(int sampleRate) throws InterruptedException {
            next.start(sampleRate);
        }

        @Override
        public void write(short[] chunk, int offset, int length) throws InterruptedException {
            samples += length;
            next.write(chunk, offset, length);
        }
    }
}
