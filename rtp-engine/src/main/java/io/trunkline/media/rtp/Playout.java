package io.trunkline.media.rtp;

import io.trunkline.media.codec.ComfortNoise;
import io.trunkline.media.sdp.MediaPlan;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Turns packets of any length, order and punctuality into steady frames: waits as long as the network's recent delays
 * ask for (20 to 200 ms), conceals what is lost, fills pauses, and follows the peer's clock by stretching.
 */
public final class Playout {
    private static final long LEAST_DELAY_MICROS = 20_000;
    private static final long MOST_DELAY_MICROS = 200_000;
    private static final long FIRST_DELAY_MICROS = 40_000;
    private static final long MARGIN_MICROS = 5_000;
    private static final long SHORTEN_ABOVE_MICROS = 15_000;
    private static final long LENGTHEN_BELOW_MICROS = 8_000;
    private static final long NEW_CLOCK_MICROS = 2_000_000;
    private static final double PUNCTUAL_SHARE = 0.98;
    private static final int LONGEST_PACKET_MS = 120;
    private static final int LONGEST_WAIT_MS = 60;
    private static final int LONGEST_CONCEALED_MS = 200;

    private final JitterBuffer buffer = new JitterBuffer();
    private final ComfortNoise noise = new ComfortNoise();
    private final DelayHistogram delays;
    private final Decoders decoders;
    private final int clockRate;
    private final int sampleRate;
    private final short[] scratch;
    private final short[] ready;
    private int readyCount;
    private int packetSamples;
    private int playTimestamp;
    private boolean playing;
    private boolean pausing;
    private int concealedInARow;
    private long streamEpoch = -1;
    private long late;
    private long concealedSamples;

    /** @param scratch the loop's, for one decoded packet */
    public Playout(Decoders decoders, int clockRate, short[] scratch) {
        this.decoders = decoders;
        this.clockRate = clockRate;
        this.sampleRate = decoders.sampleRate();
        this.packetSamples = sampleRate / 50;
        this.scratch = scratch;
        this.delays = new DelayHistogram(clockRate);
        this.ready = new short[sampleRate / 1000 * (LONGEST_PACKET_MS + 100)];
    }

    /** A packet of audio or comfort noise. */
    public void onAudio(RtpPacket packet, long sequence, long epoch, ByteBuffer datagram, long nowNanos) {
        if (epoch != streamEpoch || isNewClock(packet.timestamp(), nowNanos)) {
            restart(packet.timestamp(), sequence, epoch, nowNanos);
        }
        delays.add(packet.timestamp(), nowNanos);
        boolean passed = playing && packet.timestamp() - playTimestamp < 0;
        if (passed || !buffer.insert(sequence, packet, datagram)) {
            late += passed ? 1 : 0;
        }
    }

    /** A packet that is no sound, such as a telephone-event: known not to be lost. */
    public void onOther(RtpPacket packet, long sequence, long epoch, ByteBuffer datagram) {
        if (epoch == streamEpoch) {
            buffer.insert(sequence, packet, datagram);
        }
    }

    /** Nobody listened for a while: begins anew with the next packet. */
    public void forget() {
        streamEpoch = -1;
        playing = false;
        readyCount = 0;
    }

    private boolean isNewClock(int timestamp, long nowNanos) {
        return !delays.hasStarted() || Math.abs(delays.delayMicros(timestamp, nowNanos)) > NEW_CLOCK_MICROS;
    }

    private void restart(int timestamp, long sequence, long epoch, long nowNanos) {
        streamEpoch = epoch;
        delays.reset(timestamp, nowNanos);
        buffer.reset(sequence);
        playTimestamp = timestamp;
        playing = false;
        pausing = false;
    }

    /** Writes the next {@code samples} of what was heard; silence while there is nothing. */
    public void pull(short[] out, int samples, long nowNanos) {
        if (!playing && !isTimeToStart(nowNanos)) {
            Arrays.fill(out, 0, samples, (short) 0);
            return;
        }
        playing = true;
        steer(samples, nowNanos);
        while (readyCount < samples) {
            refill(nowNanos);
        }
        System.arraycopy(ready, 0, out, 0, samples);
        readyCount -= samples;
        System.arraycopy(ready, samples, ready, 0, readyCount);
    }

    private boolean isTimeToStart(long nowNanos) {
        return delays.hasStarted()
                && buffer.waiting() > 0
                && delays.delayMicros(playTimestamp, nowNanos) >= Math.min(FIRST_DELAY_MICROS, wantedMicros() * 2);
    }

    /** How long after the quickest possible moment the sample at the head of the ready ones is being played. */
    long delayMicros(long nowNanos) {
        return delays.delayMicros(playTimestamp, nowNanos) + readyCount * 1_000_000L / sampleRate;
    }

    private long wantedMicros() {
        long wanted = delays.quantileMicros(PUNCTUAL_SHARE) + MARGIN_MICROS;
        return Math.clamp(wanted, LEAST_DELAY_MICROS, MOST_DELAY_MICROS);
    }

    private void steer(int samples, long nowNanos) {
        long excess = delayMicros(nowNanos) - wantedMicros();
        boolean tooLong = excess > SHORTEN_ABOVE_MICROS && buffer.waiting() > 0;
        boolean tooShort = excess < -LENGTHEN_BELOW_MICROS;
        if (!tooLong && !tooShort) {
            return;
        }
        int needed = Math.max(samples, TimeStretch.needed(sampleRate));
        while (readyCount < needed && buffer.waiting() > 0) {
            refill(nowNanos);
        }
        if (readyCount >= needed) {
            readyCount = tooLong
                    ? TimeStretch.shorten(ready, readyCount, sampleRate)
                    : TimeStretch.lengthen(ready, readyCount, sampleRate);
        }
    }

    private void refill(long nowNanos) {
        int slot = buffer.oldest();
        if (slot < 0) {
            bridgeEmptiness(nowNanos);
            return;
        }
        int gap = buffer.timestamp(slot) - playTimestamp;
        if (gap <= 0 || !decoders.isAudio(buffer.payloadType(slot))) {
            take(slot);
        } else if (pausing || !buffer.hasHoleBefore(slot)) {
            pause(toSamples(gap));
        } else {
            conceal(slot, toSamples(gap));
        }
    }

    private int toSamples(int ticks) {
        return Math.clamp((long) ticks * sampleRate / clockRate, 1, packetSamples);
    }

    private void take(int slot) {
        int timestamp = buffer.timestamp(slot);
        int type = buffer.payloadType(slot);
        pausing = !decoders.isAudio(type);
        if (!pausing) {
            int decoded = decoders.decode(type, buffer.payloads(), buffer.offset(slot), buffer.length(slot), scratch);
            playTimestamp = timestamp;
            append(decoded);
            packetSamples = decoded > 0 ? decoded : packetSamples;
            concealedInARow = 0;
        } else if (type == MediaPlan.COMFORT_NOISE) {
            noise.update(buffer.payloads(), buffer.offset(slot), buffer.length(slot));
        }
        buffer.remove(slot);
    }

    /** Nothing waits: the peer pauses, a packet is late, or one is lost; which of them is not known yet. */
    private void bridgeEmptiness(long nowNanos) {
        if (pausing || concealedInARow > LONGEST_CONCEALED_MS * sampleRate / 1000) {
            pausing = true;
            pause(packetSamples);
            return;
        }
        boolean mayWait = concealedInARow < LONGEST_WAIT_MS * sampleRate / 1000
                && delayMicros(nowNanos) - wantedMicros() < SHORTEN_ABOVE_MICROS;
        int before = playTimestamp;
        decoders.concealing().conceal(packetSamples, scratch);
        appendConcealed(packetSamples);
        if (mayWait) {
            // Time stands still for the stream: what comes late is played late, not thrown away.
            playTimestamp = before;
        }
    }

    private void pause(int samples) {
        noise.generate(samples, scratch);
        append(samples);
    }

    /** The packet after the gap may carry what was lost just before it. */
    private void conceal(int slot, int samples) {
        boolean lastOfGap = buffer.timestamp(slot) - playTimestamp <= packetTicks();
        if (lastOfGap) {
            decoders.concealing()
                    .recover(buffer.payloads(), buffer.offset(slot), buffer.length(slot), samples, scratch);
        } else {
            decoders.concealing().conceal(samples, scratch);
        }
        appendConcealed(samples);
    }

    private int packetTicks() {
        return (int) ((long) packetSamples * clockRate / sampleRate);
    }

    private void appendConcealed(int samples) {
        append(samples);
        concealedInARow += samples;
        concealedSamples += samples;
    }

    private void append(int samples) {
        int taken = Math.min(samples, ready.length - readyCount);
        System.arraycopy(scratch, 0, ready, readyCount, taken);
        readyCount += taken;
        playTimestamp += (int) ((long) samples * clockRate / sampleRate);
    }

    /** Packets that came after their turn. */
    public long late() {
        return late;
    }

    public long duplicates() {
        return buffer.duplicates();
    }

    /** Milliseconds of sound that was made up. */
    public long concealedMs() {
        return concealedSamples * 1000 / sampleRate;
    }

    /** The wait that the network's recent delays ask for. */
    public long wantedDelayMicros() {
        return wantedMicros();
    }
}
