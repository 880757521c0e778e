package io.trunkline.media.net;

import java.nio.ByteBuffer;

/** Encrypts and decrypts a socket's packets in place, growing or shrinking the buffer's limit. On the media loop. */
public interface PacketGuard {
    /** Makes an RTP packet ready for the wire; false when it must not be sent. */
    boolean seal(ByteBuffer packet);

    /** Makes an RTP packet of the wire readable; false when it is not the peer's. */
    boolean open(ByteBuffer packet);

    boolean sealReport(ByteBuffer report);

    boolean openReport(ByteBuffer report);

    /** False while nothing can go out yet: what is to be said waits. */
    default boolean isReady() {
        return true;
    }

    /** Packets that were refused because their authentication failed. */
    default long forged() {
        return 0;
    }

    /** Packets that were refused because they came before. */
    default long replayed() {
        return 0;
    }

    /** Packets that were taken. */
    default long opened() {
        return 0;
    }
}
