package io.trunkline.media.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;

/** Writes one STUN message, signed and with its fingerprint (RFC 8489 sections 14.5 and 14.7). */
final class StunWriter {
    private static final int ROOM = 1024;
    private static final int FAMILY_IPV4 = 1;
    private static final int FAMILY_IPV6 = 2;

    private final ByteBuffer out = ByteBuffer.allocate(ROOM);

    StunWriter(int type, byte[] transaction) {
        out.putShort((short) type)
                .putShort((short) 0)
                .putInt(StunMessage.COOKIE)
                .put(transaction);
    }

    StunWriter username(String name) {
        return attribute(StunMessage.USERNAME, name.getBytes(StandardCharsets.UTF_8));
    }

    StunWriter priority(long priority) {
        return attribute(
                StunMessage.PRIORITY,
                ByteBuffer.allocate(4).putInt((int) priority).array());
    }

    StunWriter role(boolean controlling, long tieBreaker) {
        return attribute(
                controlling ? StunMessage.ICE_CONTROLLING : StunMessage.ICE_CONTROLLED,
                ByteBuffer.allocate(8).putLong(tieBreaker).array());
    }

    StunWriter useCandidate() {
        return attribute(StunMessage.USE_CANDIDATE, new byte[0]);
    }

    StunWriter error(int code, String phrase) {
        byte[] words = phrase.getBytes(StandardCharsets.UTF_8);
        byte[] value = ByteBuffer.allocate(4 + words.length)
                .putInt(((code / 100) << 8) | (code % 100))
                .put(words)
                .array();
        return attribute(StunMessage.ERROR_CODE, value);
    }

    /** Section 14.2. */
    StunWriter mappedAddress(InetSocketAddress address) {
        byte[] host = address.getAddress().getAddress();
        ByteBuffer value = ByteBuffer.allocate(4 + host.length);
        value.put((byte) 0).put((byte) (host.length == 4 ? FAMILY_IPV4 : FAMILY_IPV6));
        value.putShort((short) (address.getPort() ^ (StunMessage.COOKIE >>> 16)));
        for (int i = 0; i < host.length; i++) {
            // The cookie and the transaction follow each other in the header.
            value.put((byte) (host[i] ^ out.get(4 + i)));
        }
        return attribute(StunMessage.XOR_MAPPED_ADDRESS, value.array());
    }

    private StunWriter attribute(int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        return this;
    }

    /** The finished message. */
    ByteBuffer sign(Mac key) {
        int covered = out.position();
        length(covered + 4 + StunMessage.INTEGRITY_BYTES);
        key.update(out.array(), 0, covered);
        attribute(StunMessage.MESSAGE_INTEGRITY, key.doFinal());
        int signed = out.position();
        length(signed + 8);
        int fingerprint = StunMessage.fingerprint(out.array(), signed);
        return attribute(
                        StunMessage.FINGERPRINT,
                        ByteBuffer.allocate(4).putInt(fingerprint).array())
                .out
                .flip();
    }

    /** The finished message for a stranger, who shares no password with us. */
    ByteBuffer unsigned() {
        length(out.position());
        return out.flip();
    }

    private void length(int total) {
        out.putShort(2, (short) (total - StunMessage.HEADER));
    }
}
