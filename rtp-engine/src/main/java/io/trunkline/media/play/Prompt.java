package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.Codec;
import io.trunkline.media.codec.CodecParams;
import io.trunkline.media.codec.Codecs;
import io.trunkline.media.codec.FrameEncoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A piece of audio that many calls play: rendered once from its source, resampled and encoded once for each codec,
 * and playable while that still goes on.
 */
public final class Prompt {
    private final AudioSource source;
    private final int longestSeconds;
    private final Map<Codec, Edition> editions = new ConcurrentHashMap<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final GrowingAudio original = new GrowingAudio();
    private final CompletableFuture<Void> rendered = new CompletableFuture<>();
    private volatile int originalRate;
    private volatile String failure = "";

    Prompt(AudioSource source, int longestSeconds) {
        this.source = source;
        this.longestSeconds = longestSeconds;
    }

    /** Starts rendering if nobody did; completes when all of it is there. */
    CompletableFuture<Void> render() {
        begin();
        return rendered;
    }

    /** Makes its packets in a codec that is likely to be wanted. */
    public void prepare(Codec codec) {
        var _ = edition(codec);
    }

    /** All of its packets in this codec are there. */
    public boolean isPrepared(Codec codec) {
        Edition edition = editions.get(codec);
        return edition != null && edition.isComplete();
    }

    private void begin() {
        if (started.compareAndSet(false, true)) {
            Thread.ofVirtual().name("render").start(this::renderNow);
        }
    }

    private void renderNow() {
        try {
            source.writeTo(new Originals());
            original.complete();
            rendered.complete(null);
        } catch (IOException | InterruptedException | RuntimeException | Error broken) {
            failure = PlayFailure.describe(broken);
            original.complete();
            rendered.completeExceptionally(broken);
        }
    }

    /** This prompt in one codec's 20 ms packets. */
    Edition edition(Codec codec) {
        begin();
        return editions.computeIfAbsent(codec, wanted -> new Edition(wanted).begin());
    }

    String failure() {
        return failure;
    }

    boolean isRendered() {
        return rendered.isDone();
    }

    /** How long it is; 0 while that is not known. */
    long lengthMs() {
        return original.isComplete() && originalRate > 0 ? original.count() * 1000L / originalRate : 0;
    }

    long bytes() {
        long bytes = 2L * original.count();
        for (Edition edition : editions.values()) {
            bytes += 3L * edition.pcm.count();
        }
        return bytes;
    }

    private final class Originals implements AudioSink {
        @Override
        public void start(int sampleRate) {
            originalRate = sampleRate;
        }

        @Override
        public void write(short[] samples, int offset, int length) throws InterruptedException {
            original.append(samples, offset, length);
            if (original.count() / Math.max(1, originalRate) > longestSeconds) {
                throw new PlayFailure("longer than " + longestSeconds + " s");
            }
        }
    }

    /** One codec's view: samples at its rate, and packets of 20 ms. */
    final class Edition {
        private static final int PACKET_MS = 20;
        private static final long POLL_MILLIS = 5;
        private static final int SLICE_MS = 200;
        private static final int FRAMES_AT_ONCE = 1000 / PACKET_MS;
        private static final int TIMES_FASTER = 10;

        private final FrameEncoder encoder;
        private final int frameSamples;
        private final GrowingAudio pcm = new GrowingAudio();
        private volatile EncodedFrame[] frames = new EncodedFrame[64];
        private volatile int frameCount;
        private volatile boolean complete;

        Edition(Codec codec) {
            encoder = Codecs.encoder(codec, CodecParams.of(0, PACKET_MS).withPcmRate(PcmRate.of(codec)));
            frameSamples = encoder.sampleRate() * PACKET_MS / 1000;
        }

        Edition begin() {
            Thread.ofVirtual().name("encode").start(this::follow);
            return this;
        }

        private void follow() {
            try {
                followOriginal();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error broken) {
                failure = PlayFailure.describe(broken);
            } finally {
                pcm.complete();
                encoder.close();
                complete = true;
            }
        }

        private void followOriginal() throws InterruptedException {
            int taken = 0;
            RateConverter converter = null;
            while (true) {
                boolean last = original.isComplete();
                int there = original.count();
                if (there > taken) {
                    converter = converter == null ? new RateConverter(originalRate, encoder.sampleRate()) : converter;
                    int slice = Math.min(there - taken, originalRate * SLICE_MS / 1000);
                    converter.convert(original.samples(), taken, slice, this::accept);
                    taken += slice;
                }
                if (last && taken == there) {
                    break;
                }
                pause(taken < there);
            }
            if (converter != null) {
                converter.finish(this::accept);
            }
            encodeRest();
        }

        /** The first second is made at once, the rest faster than it is heard: of many texts each begins soon. */
        @SuppressWarnings("ThreadPriorityCheck") // virtual threads: the next one at the same carrier does get its turn
        private void pause(boolean more) throws InterruptedException {
            if (!more) {
                Thread.sleep(POLL_MILLIS);
            } else if (frameCount < FRAMES_AT_ONCE) {
                Thread.yield();
            } else {
                Thread.sleep(SLICE_MS / TIMES_FASTER);
            }
        }

        private void accept(short[] samples, int offset, int length) {
            pcm.append(samples, offset, length);
            while ((frameCount + 1) * frameSamples <= pcm.count()) {
                encodeNext();
            }
        }

        /** The last packet is filled up with silence. */
        private void encodeRest() {
            int missing = Math.floorMod(-pcm.count(), frameSamples);
            accept(new short[missing], 0, missing);
        }

        private void encodeNext() {
            int index = frameCount;
            byte[] payload = new byte[2 * frameSamples];
            int length = encoder.encode(pcm.samples(), index * frameSamples, frameSamples, payload, 0);
            EncodedFrame[] target = index == frames.length ? Arrays.copyOf(frames, 2 * index) : frames;
            target[index] = new EncodedFrame(Arrays.copyOf(payload, length));
            frames = target;
            frameCount = index + 1;
        }

        int frameSamples() {
            return frameSamples;
        }

        int sampleRate() {
            return encoder.sampleRate();
        }

        int readySamples() {
            return frameCount * frameSamples;
        }

        short[] samples() {
            return pcm.samples();
        }

        EncodedFrame frame(int index) {
            return frames[index];
        }

        boolean isComplete() {
            return complete;
        }
    }
}
