package io.trunkline.control.stream;

import io.trunkline.media.AudioFeed;
import io.trunkline.media.FeedListener;
import io.trunkline.media.FeedSpec;
import io.trunkline.media.MediaSession;
import io.trunkline.media.SampleRateChange;
import io.trunkline.media.TapBuffer;
import io.trunkline.media.TapSpec;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A call's sound for a party outside, in frames of 20 ms at the party's rate; one thread hears and says. */
public final class CallAudio implements AutoCloseable {
    /** What may wait to be said: an app that speaks faster than real time is heard in full. */
    public static final Duration SAID_BOUND = Duration.ofMinutes(10);

    private static final int HEARD_SECONDS = 2;
    private static final int FRAMES_A_SECOND = 50;

    private final MediaSession leg;
    private final String id;
    private final int sampleRate;
    private final TapSpec heard;
    private final AudioFeed feed;
    private @Nullable TapBuffer tap;
    private @Nullable SampleRateChange fromOther;
    private short[] waiting = {};

    public CallAudio(
            MediaSession leg, String id, int sampleRate, boolean inbound, boolean outbound, FeedListener progress) {
        this.leg = leg;
        this.id = id;
        this.sampleRate = sampleRate;
        this.heard = new TapSpec(inbound, outbound, sampleRate);
        this.feed = leg.openFeed(new FeedSpec(sampleRate, SAID_BOUND), progress);
    }

    /** One that only listens. */
    public CallAudio(MediaSession leg, String id, int sampleRate, boolean inbound, boolean outbound) {
        this.leg = leg;
        this.id = id;
        this.sampleRate = sampleRate;
        this.heard = new TapSpec(inbound, outbound, sampleRate);
        this.feed = Mute.FEED;
    }

    /** From here on, and from nothing earlier. */
    public void listen() {
        TapBuffer fresh = new TapBuffer(HEARD_SECONDS * sampleRate);
        tap = fresh;
        leg.addTap(id, heard, fresh);
    }

    public void stopListening() {
        leg.removeTap(id);
        tap = null;
    }

    public short[] newFrame() {
        return new short[sampleRate / FRAMES_A_SECOND];
    }

    /** Fills the frame with the next sound of one side; false when there is none yet. */
    public boolean hear(boolean inbound, short[] frame) {
        TapBuffer now = tap;
        return now != null && now.poll(inbound, frame);
    }

    /** What came faster than it could be sent on, and was left out. */
    public long droppedMs() {
        TapBuffer now = tap;
        return now == null ? 0 : now.droppedSamples() * 1000 / sampleRate;
    }

    /** Queues sound of any rate; false when it is full and the rest waits here: say no more until {@link #sayRest}. */
    public boolean say(short[] samples, int rate) {
        short[] ours = samples;
        if (rate != sampleRate) {
            SampleRateChange change = fromOther;
            if (change == null || change.from() != rate) {
                change = new SampleRateChange(rate, sampleRate);
                fromOther = change;
            }
            ours = change.convert(samples);
        }
        waiting = waiting.length == 0 ? ours : joined(waiting, ours);
        return sayRest();
    }

    /** True when nothing waits any more. */
    public boolean sayRest() {
        int taken = waiting.length == 0 ? 0 : feed.offer(waiting, 0, waiting.length);
        waiting = taken == waiting.length ? new short[0] : Arrays.copyOfRange(waiting, taken, waiting.length);
        return waiting.length == 0;
    }

    private static short[] joined(short[] first, short[] second) {
        short[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Drops what is to be said; returns how many samples of it had not even been queued. */
    public int clear() {
        int unqueued = waiting.length;
        waiting = new short[0];
        feed.clear();
        return unqueued;
    }

    public AudioFeed feed() {
        return feed;
    }

    @Override
    public void close() {
        leg.removeTap(id);
        feed.close();
    }
}
