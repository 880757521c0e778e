package io.trunkline.media.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question to STUN servers: what address does the world see of this socket (RFC 8445 section 5.1.1.2)? They are asked
 * in turn, the next one each time an answer is late. Stepped by whoever has the socket.
 */
public final class StunQuery {
    private static final long FIRST_WAIT_NANOS = 250_000_000L;
    private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;
    private static final int ROUNDS = 3;

    private final List<InetSocketAddress> servers;
    private final IceAgent.Wire wire;
    private final byte[] transaction = CandidatePair.newTransaction();
    private @Nullable InetSocketAddress seen;
    private int asked;
    private long dueNanos;

    public StunQuery(List<InetSocketAddress> servers, IceAgent.Wire wire, long nowNanos) {
        this.servers = List.copyOf(servers);
        this.wire = wire;
        dueNanos = nowNanos;
    }

    public void onTick(long nowNanos) {
        if (seen != null || nowNanos - dueNanos < 0 || asked >= ROUNDS * servers.size()) {
            return;
        }
        InetSocketAddress next = servers.get(asked % servers.size());
        dueNanos = nowNanos + Math.min(FIRST_WAIT_NANOS << Math.min(asked, 3), LONGEST_WAIT_NANOS);
        asked++;
        wire.send(new StunWriter(StunMessage.BINDING_REQUEST, transaction).unsigned(), next);
    }

    /** What comes from elsewhere, or answers another question, is ignored. */
    public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        StunMessage answer = servers.contains(from) ? StunMessage.parseUnmarked(datagram) : null;
        if (answer == null
                || answer.type() != StunMessage.BINDING_SUCCESS
                || !answer.hasTransaction(transaction)
                || seen != null) {
            return;
        }
        InetSocketAddress told = answer.mappedAddress();
        if (told != null && isUsable(told)) {
            seen = told;
        }
    }

    private static boolean isUsable(InetSocketAddress told) {
        InetAddress host = told.getAddress();
        return told.getPort() > 0 && !host.isAnyLocalAddress() && !host.isMulticastAddress();
    }

    public Optional<InetSocketAddress> seen() {
        return Optional.ofNullable(seen);
    }

    /** Nobody has answered, and nobody will be asked again. */
    public boolean hasFailed(long nowNanos) {
        return seen == null && asked >= ROUNDS * servers.size() && nowNanos - dueNanos >= 0;
    }
}
