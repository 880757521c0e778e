package io.trunkline.media.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode (RFC 3711 section 4.1.1), made of plain block encryption: the JDK's own counter mode wants a new
 * parameter object for every packet, this one is keyed once and makes no garbage.
 */
final class AesBlocks {
    static final int BLOCK = 16;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long COUNT_MASK = 0xffff;

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
        count(iv, first, blocks);
        encrypt(blocks * BLOCK);
        int whole = length & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            EIGHT.set(data, offset + i, (long) EIGHT.get(data, offset + i) ^ (long) EIGHT.get(stream, i));
        }
        for (int i = whole; i < length; i++) {
            data[offset + i] ^= stream[i];
        }
    }

    private void count(byte[] iv, int first, int blocks) {
        long high = (long) EIGHT.get(iv, 0);
        long low = (long) EIGHT.get(iv, Long.BYTES) & ~COUNT_MASK;
        for (int block = 0; block < blocks; block++) {
            EIGHT.set(counters, block * BLOCK, high);
            EIGHT.set(counters, block * BLOCK + Long.BYTES, low | (first + block & COUNT_MASK));
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
