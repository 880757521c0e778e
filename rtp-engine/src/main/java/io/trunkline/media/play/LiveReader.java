package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.codec.Resampler;
import io.trunkline.media.loop.FrameQueue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A source that is played once, for one call: a virtual thread writes it into a bounded queue and waits while that is
 * full; the loop takes frames out.
 */
final class LiveReader implements FrameReader {
    private static final int QUEUE_SECONDS = 2;
    private static final int READY_MS = 60;
    private static final long WAIT_MILLIS = 20;

    private final AudioSource source;
    private final int sampleRate;
    private volatile Run run;
    private int legRate;
    private @Nullable Resampler toLeg;

    LiveReader(AudioSource source, int sampleRate) {
        this.source = source;
        this.sampleRate = sampleRate;
        this.legRate = sampleRate;
        this.run = new Run();
    }

    /** The leg has changed its rate: what the source gives is brought to it on the way out. */
    void retune(int rate) {
        legRate = rate;
        toLeg = rate == sampleRate ? null : new Resampler(sampleRate, rate);
    }

    @Override
    public int read(short[] out, int samples) {
        Run now = run;
        int wanted = samples * sampleRate / legRate;
        if (!now.ended && now.queue.waiting() < wanted) {
            // Half a frame would be a click: the source gets its time.
            return 0;
        }
        Resampler converter = toLeg;
        if (converter == null) {
            return now.queue.poll(out, 0, samples);
        }
        short[] original = new short[wanted];
        int given = now.queue.poll(original, 0, wanted);
        return Math.min(samples, converter.resample(original, 0, given, out, 0));
    }

    @Override
    public boolean isReady() {
        return run.ended || run.queue.waiting() >= READY_MS * sampleRate / 1000;
    }

    @Override
    public boolean isDrained() {
        return run.queue.isDrained();
    }

    @Override
    public String failure() {
        return run.failure;
    }

    @Override
    public void rewind() {
        run = new Run();
    }

    @Override
    public void abandon() {
        run.thread.interrupt();
    }

    /** One pass over the source. */
    private final class Run implements AudioSink {
        private final FrameQueue queue = new FrameQueue(QUEUE_SECONDS * sampleRate);
        private final Thread thread = Thread.ofVirtual().name("play").unstarted(this::write);
        private RateConverter converter = new RateConverter(sampleRate, sampleRate);
        private volatile boolean ended;
        private volatile String failure = "";

        Run() {
            thread.start();
        }

        private void write() {
            try {
                source.writeTo(this);
                converter.finish(this::enqueue);
            } catch (InterruptedException abandoned) {
                failure = "";
            } catch (IOException | RuntimeException | Error broken) {
                failure = PlayFailure.describe(broken);
            } finally {
                ended = true;
                queue.end();
            }
        }

        @Override
        public void start(int rate) {
            converter = new RateConverter(rate, sampleRate);
        }

        @Override
        public void write(short[] samples, int offset, int length) throws InterruptedException {
            converter.convert(samples, offset, length, this::enqueue);
        }

        private void enqueue(short[] samples, int offset, int length) throws InterruptedException {
            int done = queue.offer(samples, offset, length);
            while (done < length) {
                Thread.sleep(WAIT_MILLIS);
                done += queue.offer(samples, offset + done, length - done);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("the playback has ended");
            }
        }
    }
}
