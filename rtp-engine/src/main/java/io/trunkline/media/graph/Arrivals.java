package io.trunkline.media.graph;

import io.trunkline.media.net.Latch;
import io.trunkline.media.net.MediaSocket;
import io.trunkline.media.net.PacketDemux;
import io.trunkline.media.rtp.RtpPacket;
import io.trunkline.media.rtp.Workspace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Reads a leg's socket and passes on what is the peer's; strangers and garbage are counted and dropped. */
final class Arrivals {
    /** More than waits in a socket's buffer after any flood; bounds the time one leg can take from the others. */
    private static final int MOST_A_TURN = 700;

    /** What a leg does with the peer's packets. */
    interface Receiver {
        /** False until it is agreed who the peer is and what it may send. */
        boolean isNegotiated();

        boolean knows(RtpPacket packet);

        void onRtp(RtpPacket packet, ByteBuffer datagram, long nowNanos);

        void onRtcp(ByteBuffer datagram, long nowNanos);

        /** STUN or DTLS; false when it is a stranger's or nobody expects it. */
        boolean onConnectivity(PacketDemux.Kind kind, ByteBuffer datagram, InetSocketAddress from, long nowNanos);
    }

    private final MediaSocket socket;
    private final Latch latch;
    private Workspace shared;
    private final Receiver receiver;
    private long strays;
    /** Then the socket stays as it was: it costs a little more and works the same. */
    private long connectRefused;

    private long total;
    private long lastNanos;

    Arrivals(MediaSocket socket, Latch latch, Workspace shared, Receiver receiver) {
        this.socket = socket;
        this.latch = latch;
        this.shared = shared;
        this.receiver = receiver;
    }

    void use(Workspace now) {
        shared = now;
    }

    /** Takes everything that waits. */
    void read(long nowNanos) {
        for (int i = 0; i < MOST_A_TURN; i++) {
            if (!readOne(nowNanos)) {
                break;
            }
        }
    }

    private boolean readOne(long nowNanos) {
        InetSocketAddress from;
        try {
            from = socket.receive(shared.received);
        } catch (IOException refused) {
            // ICMP says that the peer's port is closed: the next packet may well arrive.
            return true;
        }
        if (from == null) {
            return false;
        }
        // A callee may send as soon as it has our address, before its answer has come to us: no stranger's packet.
        if (receiver.isNegotiated() && !pass(shared.received, from, nowNanos)) {
            strays++;
        }
        return true;
    }

    private boolean pass(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        return switch (PacketDemux.classify(datagram)) {
            case RTP -> passRtp(datagram, from, nowNanos);
            case RTCP -> passRtcp(datagram, from, nowNanos);
            case STUN -> receiver.onConnectivity(PacketDemux.Kind.STUN, datagram, from, nowNanos);
            case DTLS -> receiver.onConnectivity(PacketDemux.Kind.DTLS, datagram, from, nowNanos);
            case ZRTP, TURN_CHANNEL, UNKNOWN -> false;
        };
    }

    private boolean passRtp(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        RtpPacket packet = shared.packet;
        // Nothing is spent on strangers, and only what makes sense may latch: the order of these conditions matters.
        if (!latch.mayAccept(from)
                || !socket.guard().open(datagram)
                || !packet.parse(datagram)
                || !receiver.knows(packet)
                || !latch.accepts(from, nowNanos)) {
            return false;
        }
        total++;
        lastNanos = nowNanos;
        receiver.onRtp(packet, datagram, nowNanos);
        return true;
    }

    private boolean passRtcp(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        if (!from.equals(latch.remote()) || !socket.guard().openReport(datagram)) {
            return false;
        }
        receiver.onRtcp(datagram, nowNanos);
        return true;
    }

    /** Once nobody else can be the peer, the kernel keeps strangers out. */
    void connectWhenLocked() {
        InetSocketAddress peer = latch.remote();
        if (latch.isSettled() && peer != null) {
            try {
                socket.connect(peer);
            } catch (IOException unreachable) {
                connectRefused++;
            }
        }
    }

    /** A new negotiation may bring another peer. */
    void hearEveryone() {
        try {
            socket.disconnect();
        } catch (IOException closed) {
            connectRefused++;
        }
    }

    boolean canAnswer() {
        return socket.guard().isReady();
    }

    long connectRefused() {
        return connectRefused;
    }

    long strays() {
        return strays;
    }

    long total() {
        return total;
    }

    long lastNanos() {
        return lastNanos;
    }
}
