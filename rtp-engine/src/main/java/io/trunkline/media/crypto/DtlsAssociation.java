package io.trunkline.media.crypto;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * One leg's DTLS (RFC 5764). The library blocks, so each association has a virtual thread: it shakes hands, hands the
 * keys over, and stays to answer a peer that lost our last flight or says goodbye. At most {@link #MOST_HANDSHAKES} are
 * under way at once; one more has to wait its turn, within its own time.
 */
public final class DtlsAssociation implements AutoCloseable {
    private static final int MOST_HANDSHAKES = 256;
    private static final int WATCH_MILLIS = 60_000;

    /** The two directions of the keys that a handshake gives. */
    public record Keys(MasterKey ours, MasterKey theirs) {}

    /** What a leg is told; called on the association's thread. */
    public interface Listener {
        void send(byte[] datagram);

        void keys(Keys keys);

        void failed(String reason, String detail);

        /** The peer has ended the association in an orderly way. */
        void closedByPeer();
    }

    /** The turns of handshakes in one engine. */
    public static final class Turns {
        private final Semaphore free = new Semaphore(MOST_HANDSHAKES);
    }

    private final DtlsIdentity identity;
    private final Turns turns;
    private final boolean client;
    private final List<Fingerprint> expected;
    private final Listener listener;
    private final DatagramInbox inbox;
    private volatile @Nullable DTLSTransport established;
    private volatile boolean closing;

    private DtlsAssociation(
            DtlsIdentity identity, Turns turns, boolean client, List<Fingerprint> expected, Listener listener) {
        this.identity = identity;
        this.turns = turns;
        this.client = client;
        this.expected = expected;
        this.listener = listener;
        this.inbox = new DatagramInbox(listener::send);
    }

    /** @param client we speak first ({@code a=setup:active}) */
    public static DtlsAssociation start(
            DtlsIdentity identity, Turns turns, boolean client, List<Fingerprint> expected, Listener listener) {
        DtlsAssociation association = new DtlsAssociation(identity, turns, client, expected, listener);
        Thread.ofVirtual().name("dtls").start(association::run);
        return association;
    }

    /** A datagram of the peer, from the loop; false when it was dropped. */
    public boolean receive(byte[] datagram) {
        return inbox.put(datagram);
    }

    private void run() {
        try {
            turns.free.acquire();
            DTLSTransport transport;
            try {
                transport = shakeHands();
            } finally {
                turns.free.release();
            }
            watch(transport);
        } catch (SrtpNegotiation.FingerprintMismatch mismatch) {
            fail("dtls_fingerprint_mismatch", "the peer's certificate is not the one its SDP names");
        } catch (IOException | RuntimeException failure) {
            fail("dtls_failed", String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private DTLSTransport shakeHands() throws IOException {
        SrtpNegotiation srtp = new SrtpNegotiation(identity, expected);
        DTLSTransport transport = client
                ? new DTLSClientProtocol().connect(new DtlsClient(srtp), inbox)
                : new DTLSServerProtocol().accept(new DtlsServer(srtp), inbox);
        established = transport;
        listener.keys(srtp.keys());
        return transport;
    }

    /** Nothing of what comes in here means anything to us, save its end. */
    private void watch(DTLSTransport transport) throws IOException {
        byte[] ignored = new byte[transport.getReceiveLimit()];
        while (!closing) {
            transport.receive(ignored, 0, ignored.length, WATCH_MILLIS);
        }
    }

    private void fail(String reason, String detail) {
        if (closing) {
            return;
        }
        if (established == null) {
            listener.failed(reason, detail);
        } else {
            listener.closedByPeer();
        }
    }

    /** Says goodbye on the caller's thread, through {@link Listener#send}, and lets the association's thread go. */
    @Override
    public void close() {
        closing = true;
        DTLSTransport transport = established;
        try {
            if (transport != null) {
                transport.close();
            }
        } catch (IOException gone) {
            // The goodbye could not be said; the peer finds out by itself.
        } finally {
            inbox.close();
        }
    }
}
