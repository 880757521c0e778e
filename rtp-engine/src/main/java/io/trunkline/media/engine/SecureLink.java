package io.trunkline.media.engine;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.crypto.DtlsAssociation;
import io.trunkline.media.crypto.DtlsIdentity;
import io.trunkline.media.crypto.SrtpGuard;
import io.trunkline.media.engine.SecureTransport.Keying;
import io.trunkline.media.ice.IceAgent;
import io.trunkline.media.ice.IceCandidate;
import io.trunkline.media.ice.IceCredentials;
import io.trunkline.media.net.FixedGuard;
import io.trunkline.media.net.Latch;
import io.trunkline.media.net.MediaSocket;
import io.trunkline.media.net.PacketDemux;
import io.trunkline.media.net.PacketGuard;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A leg's way to a peer that may be heard: connectivity checks, then a handshake, then keys. On the media loop; while
 * keys are agreed but not there, the socket's guard is shut.
 */
final class SecureLink {
    /** Forged packets in a row of seconds, and not one that is not: the peer has other keys than it said. */
    private static final long WRONG_KEYS_NANOS = 8_000_000_000L;

    private static final long FORGED_TO_TELL = 100;

    /** What every leg is given. */
    record Means(DtlsIdentity identity, DtlsAssociation.Turns turns, IceCredentials credentials, boolean iceLite) {}

    private final Means means;
    private final MediaSocket socket;
    private final Latch latch;
    private final Consumer<Runnable> onLoop;
    private final Consumer<MediaEvent> events;
    private @Nullable IceAgent ice;
    private @Nullable InetSocketAddress pinned;
    private Keying.@Nullable Dtls wanted;
    private @Nullable DtlsAssociation association;
    private long keyedNanos;
    private boolean failed;
    private boolean closing;

    SecureLink(Means means, MediaSocket socket, Latch latch, Consumer<Runnable> onLoop, Consumer<MediaEvent> events) {
        this.means = means;
        this.socket = socket;
        this.latch = latch;
        this.onLoop = onLoop;
        this.events = events;
    }

    void apply(SecureTransport transport, long nowNanos) {
        transport.ice().ifPresent(peer -> {
            IceAgent agent = ice == null ? new IceAgent(means.credentials(), means.iceLite(), this::send) : ice;
            ice = agent;
            agent.start(peer, transport.weOffered(), nowNanos);
        });
        switch (transport.keying()) {
            case Keying.Plain() -> socket.guard(FixedGuard.PLAIN);
            case Keying.Sdes(var ours, var theirs) -> {
                socket.guard(SrtpGuard.of(ours, theirs, socket.guard()));
                keyedNanos = nowNanos;
            }
            case Keying.Dtls dtls -> prepare(dtls);
        }
    }

    /** Another certificate is another association; the same one goes on, whatever else was renegotiated. */
    private void prepare(Keying.Dtls dtls) {
        if (dtls.equals(wanted)) {
            return;
        }
        end();
        wanted = dtls;
        socket.guard(FixedGuard.SHUT);
        startWhenReached();
    }

    /** The active side speaks as soon as there is somebody to speak to. */
    private void startWhenReached() {
        Keying.Dtls dtls = wanted;
        if (dtls != null && dtls.active() && association == null && (ice == null || pinned != null)) {
            association = start(dtls);
        }
    }

    private DtlsAssociation start(Keying.Dtls dtls) {
        return DtlsAssociation.start(
                means.identity(), means.turns(), dtls.active(), dtls.fingerprints(), new Handshake());
    }

    void add(IceCandidate candidate) {
        IceAgent agent = ice;
        if (agent != null) {
            agent.add(candidate);
        }
    }

    void onTick(long nowNanos) {
        IceAgent agent = ice;
        if (agent != null) {
            agent.onTick(nowNanos);
            follow(agent);
            if (agent.hasFailed(nowNanos)) {
                fail(
                        pinned == null ? "ice_failed" : "peer_gone",
                        pinned == null ? "no address of the peer answered our checks" : "the peer stopped answering");
            }
        }
        PacketGuard guard = socket.guard();
        if (keyedNanos > 0
                && guard.opened() == 0
                && guard.forged() >= FORGED_TO_TELL
                && nowNanos - keyedNanos > WRONG_KEYS_NANOS) {
            fail("srtp_authentication_failed", guard.forged() + " packets came, none with the keys that were agreed");
        }
    }

    private void follow(IceAgent agent) {
        InetSocketAddress found = agent.selected();
        if (found != null && !found.equals(pinned)) {
            pinned = found;
            latch.pin(found);
            startWhenReached();
        }
    }

    /** False when it is nobody's we know: counted as a stranger's. */
    boolean onConnectivity(PacketDemux.Kind kind, ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        IceAgent agent = ice;
        if (kind == PacketDemux.Kind.STUN) {
            if (agent == null || !agent.onStun(datagram, from, nowNanos)) {
                return false;
            }
            follow(agent);
            return true;
        }
        return onHandshake(datagram, from);
    }

    /** No state is made for a source that is neither nominated nor, without checks, the one that SDP names. */
    private boolean onHandshake(ByteBuffer datagram, InetSocketAddress from) {
        Keying.Dtls dtls = wanted;
        boolean fromPeer = ice == null ? latch.mayAccept(from) : from.equals(pinned);
        if (dtls == null || !fromPeer) {
            return false;
        }
        DtlsAssociation running = association;
        if (running == null) {
            running = start(dtls);
            association = running;
        }
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        return running.receive(bytes);
    }

    private void send(ByteBuffer message, InetSocketAddress to) {
        // A candidate of a family or a place that we cannot reach fails its check like any other.
        if (to.getAddress().getClass() == socket.local().getAddress().getClass()) {
            socket.send(message, to);
        }
    }

    private void sendToPeer(byte[] datagram) {
        InetSocketAddress to = pinned != null ? pinned : latch.remote();
        if (to != null) {
            send(ByteBuffer.wrap(datagram), to);
        }
    }

    private void fail(String reason, String detail) {
        if (!failed) {
            failed = true;
            events.accept(new MediaEvent.SecurityFailed(reason, detail));
        }
    }

    private void end() {
        DtlsAssociation running = association;
        association = null;
        if (running != null) {
            closing = true;
            running.close();
            closing = false;
        }
    }

    void close() {
        end();
    }

    /** The handshake's thread speaks; all of it is done on the loop. */
    private final class Handshake implements DtlsAssociation.Listener {
        @Override
        public void send(byte[] datagram) {
            if (closing) {
                sendToPeer(datagram);
            } else {
                onLoop.accept(() -> sendToPeer(datagram));
            }
        }

        @Override
        public void keys(DtlsAssociation.Keys keys) {
            onLoop.accept(() -> socket.guard(SrtpGuard.of(keys.ours(), keys.theirs(), null)));
        }

        @Override
        public void failed(String reason, String detail) {
            onLoop.accept(() -> fail(reason, detail));
        }

        @Override
        public void closedByPeer() {
            onLoop.accept(() -> fail("peer_closed", "the peer has ended the encrypted connection"));
        }
    }
}
