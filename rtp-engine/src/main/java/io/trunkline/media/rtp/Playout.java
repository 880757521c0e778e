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
    private static final long SHORTEN_AT_ONCE_MICROS = 60_000;
    private static final int PATIENT_TICKS = 10;
    private static final int MOST_LATE_IN_A_ROW = 3;
    private static final long LENGTHEN_BELOW_MICROS = 8_000;
    private static final long NEW_CLOCK_MICROS = 2_000_000;
    private static final double PUNCTUAL_SHARE = 0.98;
    private static final int LONGEST_PACKET_MS = 120;
    private static final int LONGEST_CONCEALED_MS = 200;

    private final JitterBuffer buffer = new JitterBuffer();
    private final ComfortNoise noise = new ComfortNoise();
    private final DelayHistogram delays;
    private final Decoders decoders;
    private final int clockRate;
    private final int sampleRate;
    private Workspace shared;
    private final short[] ready;
    private int readyCount;
    private int packetSamples;
    private int playTimestamp;
    private boolean playing;
    private boolean pausing;
    private int concealedInARow;
    private int lateInARow;
    private int tooLongTicks;
    private long streamEpoch = -1;
    private long late;
    private long concealedSamples;

    public Playout(Decoders decoders, int clockRate, Workspace shared) {
        this.decoders = decoders;
        this.clockRate = clockRate;
        this.sampleRate = decoders.sampleRate();
        this.packetSamples = sampleRate / 50;
        this.shared = shared;
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
        if (passed && !takeLate(packet, sequence, nowNanos)) {
            late++;
            return;
        }
        lateInARow = 0;
        buffer.insert(sequence, packet, datagram);
    }

    /**
     * A packet whose time has passed is still played, late, while its place is being filled and nothing after it has
     * come. When only much too late ones come, the peer's clock stood still: what comes now is the present.
     */
    private boolean takeLate(RtpPacket packet, long sequence, long nowNanos) {
        boolean filling = buffer.waiting() == 0 && (pausing || concealedInARow > 0);
        if (!filling) {
            return false;
        }
        if (delays.delayMicros(packet.timestamp(), nowNanos) <= MOST_DELAY_MICROS) {
            playTimestamp = packet.timestamp();
            return true;
        }
        boolean stoodStill = ++lateInARow == MOST_LATE_IN_A_ROW;
        if (stoodStill) {
            restart(packet.timestamp(), sequence, streamEpoch, nowNanos);
        }
        return stoodStill;
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
            refill();
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
        tooLongTicks = excess > SHORTEN_ABOVE_MICROS ? tooLongTicks + 1 : 0;
        // A moment's surplus may be needed in the next one; only a great one is taken down at once.
        boolean lasts = tooLongTicks >= PATIENT_TICKS || excess > SHORTEN_AT_ONCE_MICROS;
        boolean tooLong = lasts && buffer.waiting() > 0;
        boolean tooShort = excess < -LENGTHEN_BELOW_MICROS;
        if (!tooLong && !tooShort) {
            return;
        }
        int needed = Math.max(samples, TimeStretch.needed(sampleRate));
        while (readyCount < needed && buffer.waiting() > 0) {
            refill();
        }
        if (readyCount >= needed) {
            tooLongTicks = 0;
            readyCount = tooLong
                    ? TimeStretch.shorten(ready, readyCount, sampleRate)
                    : TimeStretch.lengthen(ready, readyCount, sampleRate);
        }
    }

    private void refill() {
        int slot = buffer.oldest();
        if (slot < 0) {
            bridgeEmptiness();
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
            int decoded =
                    decoders.decode(type, buffer.payloads(), buffer.offset(slot), buffer.length(slot), shared.decoded);
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
    private void bridgeEmptiness() {
        if (pausing || concealedInARow > LONGEST_CONCEALED_MS * sampleRate / 1000) {
            pausing = true;
            pause(packetSamples);
            return;
        }
        decoders.concealing().conceal(packetSamples, shared.decoded);
        appendConcealed(packetSamples);
    }

    private void pause(int samples) {
        noise.generate(samples, shared.decoded);
        append(samples);
    }

    /** The packet after the gap may carry what was lost just before it. */
    private void conceal(int slot, int samples) {
        boolean lastOfGap = buffer.timestamp(slot) - playTimestamp <= packetTicks();
        if (lastOfGap) {
            decoders.concealing()
                    .recover(buffer.payloads(), buffer.offset(slot), buffer.length(slot), samples, shared.decoded);
        } else {
            decoders.concealing().conceal(samples, shared.decoded);
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
        System.arraycopy(shared.decoded, 0, ready, readyCount, taken);
        readyCount += taken;
        playTimestamp += (int) ((long) samples * clockRate / sampleRate);
    }

    /** The leg has moved to another loop. */
    public void use(Workspace now) {
        shared = now;
        decoders.use(now);
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
