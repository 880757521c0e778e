package io.trunkline.media.crypto;

/** Session keys from a master key (RFC 3711 section 4.3, with the key derivation rate of zero that everybody uses). */
final class KeyDerivation {
    private static final int SALT_BYTES = 14;

    /** What a session key is for: the labels of section 4.3.2. */
    enum Use {
        RTP_CIPHER(0),
        RTP_AUTHENTICATION(1),
        RTP_SALT(2),
        RTCP_CIPHER(3),
        RTCP_AUTHENTICATION(4),
        RTCP_SALT(5);

        private final int label;

        Use(int label) {
            this.label = label;
        }
    }

    private final AesBlocks cipher;
    private final byte[] salt;

    KeyDerivation(MasterKey master) {
        cipher = new AesBlocks(master.key());
        salt = master.salt();
    }

    byte[] derive(Use use, int length) {
        byte[] iv = new byte[AesBlocks.BLOCK];
        // RFC 7714 section 11: a salt of 96 bits fills up with zeros on its right.
        System.arraycopy(salt, 0, iv, 0, Math.min(salt.length, SALT_BYTES));
        iv[7] ^= (byte) use.label;
        byte[] key = new byte[length];
        cipher.xor(iv, key, 0, length);
        return key;
    }
}
