package io.trunkline.media.crypto;

import io.trunkline.media.net.PacketGuard;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A leg's two directions of SRTP, working in place on the loop's buffers. */
public final class SrtpGuard implements PacketGuard {
    private static final int LONGEST = 2048;
    /** Tag and index word of any suite. */
    private static final int MOST_OVERHEAD = 20;

    private final SrtpContext out;
    private final SrtpContext in;
    private final byte[] bytes = new byte[LONGEST];

    private SrtpGuard(SrtpContext out, SrtpContext in) {
        this.out = out;
        this.in = in;
    }

    /**
     * The guard for these keys. What {@code before} guarded goes on where its key stays the same: its counters and what
     * it has seen are the stream's, not the negotiation's.
     */
    public static SrtpGuard of(MasterKey out, MasterKey in, @Nullable PacketGuard before) {
        SrtpGuard old = before instanceof SrtpGuard srtp ? srtp : null;
        return new SrtpGuard(next(out, old == null ? null : old.out), next(in, old == null ? null : old.in));
    }

    private static SrtpContext next(MasterKey key, @Nullable SrtpContext before) {
        return before != null && before.master().equals(key) ? before : new SrtpContext(key, before);
    }

    @Override
    public boolean seal(ByteBuffer packet) {
        int length = take(packet);
        return length >= 0 && give(packet, out.seal(bytes, length));
    }

    @Override
    public boolean open(ByteBuffer packet) {
        int length = take(packet);
        return length >= 0 && give(packet, in.open(bytes, length));
    }

    @Override
    public boolean sealReport(ByteBuffer report) {
        int length = take(report);
        return length >= 0 && give(report, out.sealReport(bytes, length));
    }

    @Override
    public boolean openReport(ByteBuffer report) {
        int length = take(report);
        return length >= 0 && give(report, in.openReport(bytes, length));
    }

    /** Its bytes in our buffer; their number, or −1 for what is no packet of any kind we send or take. */
    private int take(ByteBuffer packet) {
        int length = packet.remaining();
        if (length < 8 || length + MOST_OVERHEAD > LONGEST) {
            return -1;
        }
        packet.get(packet.position(), bytes, 0, length);
        return length;
    }

    private boolean give(ByteBuffer packet, int length) {
        if (length < 0 || packet.position() + length > packet.capacity()) {
            return false;
        }
        packet.limit(packet.position() + length);
        packet.put(packet.position(), bytes, 0, length);
        return true;
    }

    @Override
    public long forged() {
        return in.forged();
    }

    @Override
    public long replayed() {
        return in.replayed();
    }

    @Override
    public long opened() {
        return in.opened();
    }
}
