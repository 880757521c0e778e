package io.trunkline.media.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** HMAC-SHA1 (RFC 2104) without garbage: the JDK's Mac makes a new array for every result. */
final class Hmac {
    static final int KEY_BYTES = 20;
    private static final int BLOCK = 64;
    private static final int DIGEST = 20;
    private static final int USUAL = 192;

    private final MessageDigest sha1;
    /** The key, and the message after it: in one piece the JDK's digest takes it with the processor's own instructions. */
    private byte[] inner = new byte[BLOCK + USUAL];

    private final byte[] outer = new byte[BLOCK + DIGEST];
    private final byte[] digest = new byte[DIGEST];

    Hmac(byte[] key) {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
        Arrays.fill(inner, 0, BLOCK, (byte) 0x36);
        Arrays.fill(outer, 0, BLOCK, (byte) 0x5c);
        for (int i = 0; i < key.length; i++) {
            inner[i] ^= key[i];
            outer[i] ^= key[i];
        }
    }

    /** The first {@code length} bytes of the result are good until the next call. */
    byte[] of(byte[] message, int length, byte[] suffix, int suffixLength) {
        int end = BLOCK + length + suffixLength;
        if (inner.length < end) {
            inner = Arrays.copyOf(inner, end);
        }
        System.arraycopy(message, 0, inner, BLOCK, length);
        System.arraycopy(suffix, 0, inner, BLOCK + length, suffixLength);
        finish(inner, end, outer, BLOCK);
        finish(outer, outer.length, digest, 0);
        return digest;
    }

    /** In constant time, so that a forger learns nothing from how long a refusal takes. */
    boolean matches(byte[] message, int length, byte[] suffix, int suffixLength, int tagOffset, int tagBytes) {
        byte[] wanted = of(message, length, suffix, suffixLength);
        int difference = 0;
        for (int i = 0; i < tagBytes; i++) {
            difference |= wanted[i] ^ message[tagOffset + i];
        }
        return difference == 0;
    }

    private void finish(byte[] of, int length, byte[] to, int at) {
        try {
            sha1.update(of, 0, length);
            sha1.digest(to, at, DIGEST);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }
}
