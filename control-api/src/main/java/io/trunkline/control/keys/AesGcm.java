package io.trunkline.control.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM (NIST SP 800-38D): what was sealed is opened whole and unchanged, or not at all. */
public final class AesGcm {
    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 12;
    public static final int TAG_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    /**
     * @param nonce never the same twice under one key
     * @param bound what the sealed thing belongs to: it opens nowhere else
     */
    public static byte[] seal(SecretKey key, byte[] nonce, byte[] bound, byte[] data) {
        try {
            return run(Cipher.ENCRYPT_MODE, key, nonce, bound, data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** @throws IOException when it is damaged, bound to something else, or sealed with another key */
    public static byte[] open(SecretKey key, byte[] nonce, byte[] bound, byte[] sealed) throws IOException {
        try {
            return run(Cipher.DECRYPT_MODE, key, nonce, bound, sealed);
        } catch (GeneralSecurityException damaged) {
            throw new IOException("what was sealed is damaged, or its key is another one", damaged);
        }
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] bound, byte[] data)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(bound);
        return cipher.doFinal(data);
    }

    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
