package io.trunkline.media.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode (RFC 3711 section 4.1.1), made of plain block encryption: the JDK's own counter mode wants a new
 * parameter object for every packet, this one is keyed once and makes no garbage.
 */
final class AesBlocks {
    static final int BLOCK = 16;

    private final Cipher cipher;
    private byte[] counters = new byte[BLOCK * 16];
    private byte[] stream = new byte[BLOCK * 16];

    AesBlocks(byte[] key) {
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES", e);
        }
    }

    /** Encrypts or decrypts in place; the last two bytes of {@code iv} count blocks and are zero. */
    void xor(byte[] iv, byte[] data, int offset, int length) {
        xor(iv, 0, data, offset, length);
    }

    /** The same, counting from {@code first}. */
    void xor(byte[] iv, int first, byte[] data, int offset, int length) {
        int blocks = (length + BLOCK - 1) / BLOCK;
        if (counters.length < blocks * BLOCK) {
            counters = new byte[blocks * BLOCK];
            stream = new byte[blocks * BLOCK];
        }
        for (int block = 0; block < blocks; block++) {
            System.arraycopy(iv, 0, counters, block * BLOCK, BLOCK - 2);
            counters[block * BLOCK + 14] = (byte) ((first + block) >> 8);
            counters[block * BLOCK + 15] = (byte) (first + block);
        }
        encrypt(blocks * BLOCK);
        for (int i = 0; i < length; i++) {
            data[offset + i] ^= stream[i];
        }
    }

    private void encrypt(int bytes) {
        try {
            cipher.update(counters, 0, bytes, stream, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
