package io.trunkline.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
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
