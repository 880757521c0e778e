package io.trunkline.media.engine;

import io.trunkline.media.testing.Packets;
import io.trunkline.media.testing.RtpPeer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Loses some packets, delays each by chance, and so reorders them. */
final class Network {
    private record Travelling(int dueMillis, ByteBuffer packet) {}

    private final Random random;
    private final double loss;
    private final int jitterMillis;
    private final List<Travelling> travelling = new ArrayList<>();
    private int now;

    Network(Random random, double loss, int jitterMillis) {
        this.random = random;
        this.loss = loss;
        this.jitterMillis = jitterMillis;
    }

    /** The peer's next 20 ms set out. */
    void take(RtpPeer peer, short[] samples, int offset) {
        byte[] payload = Packets.alaw(samples, offset, 160);
        if (random.nextDouble() >= loss) {
            ByteBuffer packet =
                    Packets.rtp(false, RtpPeer.PCMA, peer.sequence(), peer.timestamp(), peer.ssrc(), payload);
            travelling.add(new Travelling(now + random.nextInt(jitterMillis + 1), packet));
        }
        peer.skip(160);
    }

    void deliver(RtpPeer peer, int millis) {
        now = millis;
        travelling.removeIf(one -> {
            boolean due = one.dueMillis() <= millis;
            if (due) {
                peer.send(one.packet());
            }
            return due;
        });
    }
}
