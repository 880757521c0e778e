package io.trunkline.media.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A leg's half of RTCP: tells the peer every five seconds or so what we sent and heard, and learns from the peer's
 * reports how our own stream arrives and how long the way is. A BYE is noted, it ends nothing: SIP does that.
 */
public final class Rtcp implements RtcpReader.Reports {
    private static final long INTERVAL_NANOS = 5_000_000_000L;
    /** RFC 3550 section 6.3.1: makes up for the bias of the randomised interval. */
    private static final double COMPENSATION = 1.21828;
    /** Seconds from 1900 to 1970. */
    private static final long NTP_OFFSET = 2_208_988_800L;

    private static final long LONGEST_RTT_MICROS = 30_000_000;

    private final RtpSender sender;
    private final RtpReceiver receiver;
    private final byte[] name;
    private final long wallOffsetNanos;
    private long nextNanos;
    private int lastSenderReport;
    private long lastSenderReportNanos;
    private double rttMillis = -1;
    private double lossOut = -1;
    private long packetsAtLastBlock;
    private boolean byeHeard;
    private long nowNanos;

    /** @param wallMillis what the wall clock says at {@code nanos} */
    public Rtcp(RtpSender sender, RtpReceiver receiver, String canonicalName, long wallMillis, long nanos) {
        this.sender = sender;
        this.receiver = receiver;
        this.name = canonicalName.getBytes(StandardCharsets.US_ASCII);
        this.wallOffsetNanos = wallMillis * 1_000_000 - nanos;
        schedule(nanos);
        // Section 6.2: the first report may come after half the interval.
        nextNanos = nanos + (nextNanos - nanos) / 2;
    }

    private void schedule(long nanos) {
        double spread = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
        nextNanos = nanos + (long) (INTERVAL_NANOS * spread / COMPENSATION);
    }

    public boolean isDue(long nanos) {
        return nanos - nextNanos >= 0;
    }

    /** Writes the report that is due into {@code out}, from its start, ready to be sent. */
    public void report(ByteBuffer out, long nanos, int clockRate, boolean last) {
        schedule(nanos);
        out.clear();
        RtcpWriter writer = new RtcpWriter(out);
        boolean heard = receiver.hasStarted();
        if (sender.packets() > 0) {
            writer.senderReport(
                    sender.ssrc(), ntp(nanos), timestampAt(nanos, clockRate), sender.packets(), sender.octets(), heard);
        } else {
            writer.receiverReport(sender.ssrc(), heard);
        }
        if (heard) {
            writer.block(receiver, lastSenderReport, sinceLastSenderReport(nanos));
        }
        writer.description(sender.ssrc(), name);
        if (last) {
            writer.bye(sender.ssrc());
        }
        out.flip();
    }

    private int timestampAt(long nanos, int clockRate) {
        long since = nanos - sender.lastTimestampNanos();
        return sender.lastTimestamp() + (int) (since * clockRate / 1_000_000_000L);
    }

    private long ntp(long nanos) {
        long wall = wallOffsetNanos + nanos;
        long seconds = wall / 1_000_000_000L + NTP_OFFSET;
        long fraction = ((wall % 1_000_000_000L) << 32) / 1_000_000_000L;
        return (seconds << 32) | fraction;
    }

    /** In 1/65536 seconds; 0 while there was none. */
    private int sinceLastSenderReport(long nanos) {
        return lastSenderReport == 0 ? 0 : (int) ((nanos - lastSenderReportNanos) * 65536 / 1_000_000_000L);
    }

    /** The peer's packet, from wherever the caller allows. False when it was not RTCP at all. */
    public boolean onPacket(ByteBuffer datagram, long nanos) {
        nowNanos = nanos;
        return RtcpReader.read(datagram, this) > 0;
    }

    @Override
    public void onSenderReport(int ssrc, long ntp) {
        if (ssrc == receiver.ssrc()) {
            lastSenderReport = (int) (ntp >>> 16);
            lastSenderReportNanos = nowNanos;
        }
    }

    @Override
    public void onBlock(int aboutSsrc, int fractionLost, int cumulativeLost, int jitter, int lastReport, int delay) {
        if (aboutSsrc != sender.ssrc()) {
            return;
        }
        if (sender.packets() > 0) {
            lossOut = Math.clamp((double) cumulativeLost / sender.packets(), 0, 1);
        }
        packetsAtLastBlock = sender.packets();
        measureRoundTrip(lastReport, delay);
    }

    /** Section 6.4.1, figure 2: arrival − LSR − DLSR, all in the middle 32 bits of NTP time. */
    private void measureRoundTrip(int lastReport, int delay) {
        if (lastReport == 0) {
            return;
        }
        long units = ((ntp(nowNanos) >>> 16) - lastReport - delay) & 0xffffffffL;
        long micros = (units * 1_000_000) >> 16;
        if (micros < LONGEST_RTT_MICROS) {
            rttMillis = rttMillis < 0 ? micros / 1000.0 : rttMillis + (micros / 1000.0 - rttMillis) / 4;
        }
    }

    @Override
    public void onBye(int ssrc) {
        byeHeard |= ssrc == receiver.ssrc();
    }

    /** Milliseconds, or −1 before the peer reported. */
    public double rttMillis() {
        return rttMillis;
    }

    /** The fraction of our packets that the peer misses, or −1 before it reported. */
    public double lossOut() {
        return packetsAtLastBlock == 0 ? -1 : lossOut;
    }

    public boolean byeHeard() {
        return byeHeard;
    }
}
