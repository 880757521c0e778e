package io.trunkline.media.net;

import java.nio.ByteBuffer;

/** The same answer for every packet. */
public enum FixedGuard implements PacketGuard {
    /** Plain RTP: packets pass as they are. */
    PLAIN(true),
    /** Encryption is agreed and there are no keys yet: nothing goes out, nothing comes in. */
    SHUT(false);

    private final boolean passes;

    FixedGuard(boolean passes) {
        this.passes = passes;
    }

    @Override
    public boolean isReady() {
        return passes;
    }

    @Override
    public boolean seal(ByteBuffer packet) {
        return passes;
    }

    @Override
    public boolean open(ByteBuffer packet) {
        return passes;
    }

    @Override
    public boolean sealReport(ByteBuffer report) {
        return passes;
    }

    @Override
    public boolean openReport(ByteBuffer report) {
        return passes;
    }
}
