package io.trunkline.media.rtp;

/**
 * The incoming stream's statistics (RFC 3550 appendix A.1, A.3 and A.8), in 64-bit extended sequence numbers, so that
 * nothing wraps on a long call.
 */
public final class RtpReceiver {
    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final int NOTHING = -1;

    private boolean started;
    private long epoch;
    private int ssrc;
    private long baseSequence;
    private long highestSequence;
    private int suspectedSequence = NOTHING;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private double jitter;
    private long lastTransit;
    private boolean hasTransit;

    /**
     * Counts a packet of the peer.
     *
     * @param clockRate of the payload type it carries
     * @return its extended sequence number, or −1 when it is no part of the stream (a wild jump, until confirmed)
     */
    public long onPacket(RtpPacket packet, long arrivalNanos, int clockRate) {
        if (!started || packet.ssrc() != ssrc) {
            restart(packet.sequence(), packet.ssrc());
        }
        long extended = extend(packet.sequence());
        if (extended >= 0) {
            received++;
            measureJitter(packet.timestamp(), arrivalNanos, clockRate);
        }
        return extended;
    }

    private void restart(int sequence, int newSsrc) {
        started = true;
        epoch++;
        ssrc = newSsrc;
        // One cycle up, so that packets reordered around the first one do not go negative.
        baseSequence = 0x10000L + sequence;
        highestSequence = baseSequence;
        suspectedSequence = NOTHING;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        hasTransit = false;
    }

    private long extend(int sequence) {
        int delta = (short) (sequence - (int) highestSequence);
        if (delta >= MAX_DROPOUT || delta <= -MAX_MISORDER) {
            if (sequence != suspectedSequence) {
                suspectedSequence = sequence + 1 & 0xffff;
                return NOTHING;
            }
            // Two in a row after a jump: the other side restarted without a new SSRC (appendix A.1).
            restart(sequence, ssrc);
            return highestSequence;
        }
        suspectedSequence = NOTHING;
        long extended = highestSequence + delta;
        highestSequence = Math.max(highestSequence, extended);
        return extended;
    }

    private void measureJitter(int timestamp, long arrivalNanos, int clockRate) {
        long transit = arrivalNanos / 1000 * clockRate / 1_000_000 - (timestamp & 0xffffffffL);
        if (hasTransit) {
            int difference = Math.abs((int) (transit - lastTransit));
            // A jump of more than a second is a new clock or a gap, not jitter.
            if (difference < clockRate) {
                jitter += (difference - jitter) / 16;
            }
        }
        lastTransit = transit;
        hasTransit = true;
    }

    public boolean hasStarted() {
        return started;
    }

    /** Grows with every new source or restart: what came before is another stream. */
    public long epoch() {
        return epoch;
    }

    public int ssrc() {
        return ssrc;
    }

    public long received() {
        return received;
    }

    public long expected() {
        return started ? highestSequence - baseSequence + 1 : 0;
    }

    /** Since the start of this source, never below zero: duplicates are no negative loss. */
    public long lost() {
        return Math.max(0, expected() - received);
    }

    /** In timestamp units, as report blocks carry it. */
    public double jitter() {
        return jitter;
    }

    /** The low 32 bits of the extended highest sequence number, as report blocks carry it. */
    public int highestForReport() {
        return (int) (highestSequence - 0x10000L);
    }

    /** The fraction lost since the last call, in 1/256, as report blocks carry it (appendix A.3). */
    public int fractionLostSinceLastReport() {
        long expectedNow = expected() - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected();
        receivedBefore = received;
        return expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
    }
}
