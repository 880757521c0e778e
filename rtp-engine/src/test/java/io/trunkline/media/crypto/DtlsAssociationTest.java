package io.trunkline.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.junit.jupiter.api.Test;

/** Two associations, and a network in between that does what networks do. */
class DtlsAssociationTest {
    private static final int RECORD_HEADER = 13;
    private static final int HANDSHAKE_HEADER = 12;
    private static final byte HANDSHAKE = 22;
    private static final byte CLIENT_HELLO = 1;

    private final DtlsIdentity clientIdentity = DtlsIdentity.create();
    private final DtlsIdentity serverIdentity = DtlsIdentity.create();
    private final DtlsAssociation.Turns turns = new DtlsAssociation.Turns();

    /** One side, and the way from it to the other. */
    private static final class Side implements DtlsAssociation.Listener {
        final BlockingQueue<DtlsAssociation.Keys> keys = new LinkedBlockingQueue<>();
        final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        final AtomicReference<DtlsAssociation> other = new AtomicReference<>();
        final BlockingQueue<byte[]> early = new LinkedBlockingQueue<>();
        private final Function<byte[], List<byte[]>> network;

        Side(Function<byte[], List<byte[]>> network) {
            this.network = network;
        }

        @Override
        public void send(byte[] datagram) {
            DtlsAssociation to = other.get();
            for (byte[] arriving : network.apply(datagram)) {
                if (to == null) {
                    early.add(arriving);
                } else {
                    to.receive(arriving);
                }
            }
        }

        @Override
        public void keys(DtlsAssociation.Keys agreed) {
            keys.add(agreed);
        }

        @Override
        public void failed(String reason, String detail) {
            failures.add(reason);
        }

        @Override
        public void closedByPeer() {
            failures.add("closed");
        }
    }

    private void theyAgree(Side client, Side server) throws InterruptedException {
        try (DtlsAssociation passive = DtlsAssociation.start(
                        serverIdentity, turns, false, List.of(clientIdentity.fingerprint()), server);
                DtlsAssociation active = startActive(client, passive)) {
            server.other.set(active);
            for (byte[] datagram = server.early.poll(); datagram != null; datagram = server.early.poll()) {
                active.receive(datagram);
            }
            DtlsAssociation.Keys ours = client.keys.poll(20, TimeUnit.SECONDS);
            DtlsAssociation.Keys theirs = server.keys.poll(20, TimeUnit.SECONDS);
            assertThat(client.failures).isEmpty();
            assertThat(server.failures).isEmpty();
            assertThat(ours).isNotNull();
            assertThat(theirs).isNotNull();
            assertThat(ours.ours()).isEqualTo(theirs.theirs());
            assertThat(ours.theirs()).isEqualTo(theirs.ours());
        }
    }

    private DtlsAssociation startActive(Side client, DtlsAssociation passive) {
        client.other.set(passive);
        return DtlsAssociation.start(clientIdentity, turns, true, List.of(serverIdentity.fingerprint()), client);
    }

    /** A client with many extensions, or post-quantum keys, does not fit into one datagram (RFC 6347 section 4.2.3). */
    @Test
    void aClientHelloMayComeInPieces() throws Exception {
        AtomicInteger pieces = new AtomicInteger();
        theyAgree(new Side(datagram -> inPieces(datagram, pieces)), new Side(List::of));
        assertThat(pieces).hasPositiveValue();
    }

    @Test
    void aClientHelloMayComeInPiecesTheLastOneFirst() throws Exception {
        AtomicInteger pieces = new AtomicInteger();
        theyAgree(new Side(datagram -> inPieces(datagram, pieces).reversed()), new Side(List::of));
        assertThat(pieces).hasPositiveValue();
    }

    @Test
    void aLostFirstDatagramIsSentAgain() throws Exception {
        AtomicBoolean lost = new AtomicBoolean();
        theyAgree(new Side(datagram -> lost.getAndSet(true) ? List.of(datagram) : List.of()), new Side(List::of));
    }

    /** As browsers will: it says that it speaks 1.3, and above all that. */
    private static final class Modern extends DefaultTlsClient {
        private static final ProtocolVersion[] BOTH = {ProtocolVersion.DTLSv13, ProtocolVersion.DTLSv12};
        private final SrtpNegotiation srtp;
        private final AtomicReference<ProtocolVersion> agreed = new AtomicReference<>();

        Modern(SrtpNegotiation srtp) {
            super(srtp.crypto());
            this.srtp = srtp;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return SrtpNegotiation.versions();
        }

        @Override
        @SuppressWarnings({"unchecked", "JdkObsolete"})
        public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = SrtpNegotiation.offer(super.getClientExtensions());
            TlsExtensionsUtils.addSupportedVersionsExtensionClient(extensions, BOTH);
            return extensions;
        }

        @Override
        @SuppressWarnings({"rawtypes", "JdkObsolete"})
        public void processServerExtensions(Hashtable extensions) throws IOException {
            super.processServerExtensions(extensions);
            srtp.choose(extensions);
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                    srtp.check(shown.getCertificate());
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return srtp.signer(context);
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            agreed.set(context.getServerVersion());
            srtp.complete(context, true);
        }
    }

    @Test
    void aPeerThatPrefersDtls13FallsBackTo12() throws Exception {
        AtomicReference<DtlsAssociation> passive = new AtomicReference<>();
        List<byte[]> hellos = new CopyOnWriteArrayList<>();
        DatagramInbox peers = new DatagramInbox(datagram -> {
            hellos.add(datagram);
            passive.get().receive(datagram);
        });
        Side server = new Side(datagram -> {
            peers.put(datagram);
            return List.of();
        });
        SrtpNegotiation srtp = new SrtpNegotiation(clientIdentity, List.of(serverIdentity.fingerprint()));
        Modern modern = new Modern(srtp);
        try (DtlsAssociation ours =
                DtlsAssociation.start(serverIdentity, turns, false, List.of(clientIdentity.fingerprint()), server)) {
            passive.set(ours);
            new DTLSClientProtocol().connect(modern, peers);

            assertThat(HexFormat.of().formatHex(hellos.getFirst()))
                    .as("supported_versions: 1.3, then 1.2")
                    .contains("002b000504fefcfefd");
            assertThat(modern.agreed).hasValue(ProtocolVersion.DTLSv12);
            DtlsAssociation.Keys keys = server.keys.poll(20, TimeUnit.SECONDS);
            assertThat(keys).isNotNull();
            assertThat(keys.theirs()).isEqualTo(srtp.keys().ours());
        }
    }

    /** Each ClientHello as two datagrams; record numbers of the first epoch make room for the new ones. */
    private static List<byte[]> inPieces(byte[] datagram, AtomicInteger pieces) {
        List<byte[]> result = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(datagram);
        while (in.remaining() >= RECORD_HEADER) {
            int length = in.getShort(in.position() + 11) & 0xffff;
            byte[] record = new byte[RECORD_HEADER + length];
            in.get(record);
            boolean firstEpoch = record[3] == 0 && record[4] == 0;
            if (firstEpoch && record[0] == HANDSHAKE && record[RECORD_HEADER] == CLIENT_HELLO) {
                int body = length - HANDSHAKE_HEADER;
                result.add(piece(record, 0, body / 2, 0));
                result.add(piece(record, body / 2, body - body / 2, 1));
                pieces.incrementAndGet();
            } else {
                if (firstEpoch) {
                    renumber(record, 0);
                }
                result.add(record);
            }
        }
        return result;
    }

    private static byte[] piece(byte[] record, int from, int length, int number) {
        ByteBuffer piece = ByteBuffer.allocate(RECORD_HEADER + HANDSHAKE_HEADER + length);
        piece.put(record, 0, RECORD_HEADER + HANDSHAKE_HEADER);
        piece.put(record, RECORD_HEADER + HANDSHAKE_HEADER + from, length);
        piece.putShort(11, (short) (HANDSHAKE_HEADER + length));
        putInt24(piece, RECORD_HEADER + 6, from);
        putInt24(piece, RECORD_HEADER + 9, length);
        renumber(piece.array(), number);
        return piece.array();
    }

    private static void putInt24(ByteBuffer out, int at, int value) {
        out.put(at, (byte) (value >> 16)).putShort(at + 1, (short) value);
    }

    private static void renumber(byte[] record, int second) {
        ByteBuffer header = ByteBuffer.wrap(record);
        header.putInt(7, 2 * header.getInt(7) + second);
    }
}
