package io.trunkline.media.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** A STUN message of the wire (RFC 8489 section 5), read with every length checked. */
final class StunMessage {
    static final int COOKIE = 0x2112A442;
    static final int HEADER = 20;
    static final int FINGERPRINT_XOR = 0x5354554e;
    static final int INTEGRITY_BYTES = 20;
    private static final int LONGEST = 1500;

    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_INDICATION = 0x0011;
    static final int BINDING_SUCCESS = 0x0101;
    static final int BINDING_ERROR = 0x0111;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802A;

    private final byte[] bytes;
    private int integrityAt;
    private @Nullable String username;
    private long priority;
    private boolean useCandidate;
    private @Nullable Long controlling;
    private @Nullable Long controlled;
    private int errorCode;
    private boolean fingerprinted;
    private @Nullable InetSocketAddress mapped;

    private StunMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Null for what is no well-formed message with a fitting fingerprint. */
    static @Nullable StunMessage parse(ByteBuffer datagram) {
        StunMessage message = parseUnmarked(datagram);
        return message != null && message.fingerprinted ? message : null;
    }

    /** Also what has no fingerprint, as the answers of many servers. Null for what is not well-formed. */
    static @Nullable StunMessage parseUnmarked(ByteBuffer datagram) {
        int length = datagram.remaining();
        if (length < HEADER || length > LONGEST || length % 4 != 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        datagram.get(datagram.position(), bytes);
        StunMessage message = new StunMessage(bytes);
        boolean framed = message.getShort(2) == length - HEADER && message.getInt(4) == COOKIE;
        return framed && message.readAttributes() ? message : null;
    }

    private boolean readAttributes() {
        int at = HEADER;
        while (at < bytes.length) {
            if (at + 4 > bytes.length) {
                return false;
            }
            int type = getShort(at);
            int length = getShort(at + 2);
            int next = at + 4 + (length + 3 & ~3);
            if (next > bytes.length || !readAttribute(type, at + 4, length)) {
                return false;
            }
            at = next;
        }
        return true;
    }

    /** What follows the integrity is not covered by it, and ignored, save for the fingerprint at the very end. */
    private boolean readAttribute(int type, int at, int length) {
        if (integrityAt > 0 && type != FINGERPRINT) {
            return true;
        }
        switch (type) {
            case USERNAME -> username = new String(bytes, at, length, StandardCharsets.UTF_8);
            case PRIORITY -> priority = length == 4 ? getInt(at) & 0xffffffffL : 0;
            case USE_CANDIDATE -> useCandidate = true;
            case XOR_MAPPED_ADDRESS -> mapped = unmapped(at, length);
            case ICE_CONTROLLING -> controlling = length == 8 ? (Long) getLong(at) : null;
            case ICE_CONTROLLED -> controlled = length == 8 ? (Long) getLong(at) : null;
            case ERROR_CODE -> errorCode = length >= 4 ? (bytes[at + 2] & 7) * 100 + bytes[at + 3] : 0;
            case MESSAGE_INTEGRITY -> {
                integrityAt = at - 4;
                return length == INTEGRITY_BYTES;
            }
            case FINGERPRINT -> {
                fingerprinted = length == 4 && at + 4 == bytes.length && getInt(at) == fingerprint(bytes, at - 4);
                return fingerprinted;
            }
            default -> {
                // nothing that decides anything here
            }
        }
        return true;
    }

    static int fingerprint(byte[] message, int length) {
        CRC32 crc = new CRC32();
        crc.update(message, 0, length);
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }

    /** RFC 8489 section 14.5: over all before it, with a length field that ends with it. In constant time. */
    boolean isSignedWith(Mac key) {
        if (integrityAt == 0) {
            return false;
        }
        byte[] covered = Arrays.copyOf(bytes, integrityAt);
        int length = integrityAt + 4 + INTEGRITY_BYTES - HEADER;
        covered[2] = (byte) (length >> 8);
        covered[3] = (byte) length;
        byte[] given = Arrays.copyOfRange(bytes, integrityAt + 4, integrityAt + 4 + INTEGRITY_BYTES);
        return MessageDigest.isEqual(key.doFinal(covered), given);
    }

    int type() {
        return getShort(0);
    }

    boolean hasTransaction(byte[] id) {
        return Arrays.equals(bytes, 8, HEADER, id, 0, id.length);
    }

    byte[] transaction() {
        return Arrays.copyOfRange(bytes, 8, HEADER);
    }

    String username() {
        return username == null ? "" : username;
    }

    long priority() {
        return priority;
    }

    boolean useCandidate() {
        return useCandidate;
    }

    @Nullable
    Long controlling() {
        return controlling;
    }

    @Nullable
    Long controlled() {
        return controlled;
    }

    /** Section 14.2: the cookie and the transaction, as they stand in the header, hide it from meddling routers. */
    private @Nullable InetSocketAddress unmapped(int at, int length) {
        if (length != 8 && length != 20) {
            return null;
        }
        byte[] host = Arrays.copyOfRange(bytes, at + 4, at + length);
        for (int i = 0; i < host.length; i++) {
            host[i] ^= bytes[4 + i];
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(host), getShort(at + 2) ^ (COOKIE >>> 16));
        } catch (UnknownHostException wrongLength) {
            return null;
        }
    }

    /** Where the sender of the request is seen; null where it is not told. */
    @Nullable
    InetSocketAddress mappedAddress() {
        return mapped;
    }

    int errorCode() {
        return errorCode;
    }

    private int getShort(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private int getInt(int at) {
        return getShort(at) << 16 | getShort(at + 2);
    }

    private long getLong(int at) {
        return (long) getInt(at) << 32 | (getInt(at + 4) & 0xffffffffL);
    }
}
