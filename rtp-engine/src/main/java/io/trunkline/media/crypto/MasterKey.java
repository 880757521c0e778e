package io.trunkline.media.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/** One direction's master key and salt. Never printed. */
public final class MasterKey {
    private final SrtpSuite suite;
    private final byte[] key;
    private final byte[] salt;

    public MasterKey(SrtpSuite suite, byte[] key, byte[] salt) {
        if (key.length != suite.keyBytes() || salt.length != suite.saltBytes()) {
            throw new IllegalArgumentException("key or salt of a wrong length for " + suite);
        }
        this.suite = suite;
        this.key = key.clone();
        this.salt = salt.clone();
    }

    static MasterKey random(SrtpSuite suite, SecureRandom random) {
        byte[] both = new byte[suite.keyBytes() + suite.saltBytes()];
        random.nextBytes(both);
        return of(suite, both);
    }

    /** From key and salt in one piece, as SDP carries them. */
    static MasterKey of(SrtpSuite suite, byte[] keyAndSalt) {
        return new MasterKey(
                suite,
                Arrays.copyOf(keyAndSalt, suite.keyBytes()),
                Arrays.copyOfRange(keyAndSalt, suite.keyBytes(), keyAndSalt.length));
    }

    public SrtpSuite suite() {
        return suite;
    }

    byte[] key() {
        return key;
    }

    byte[] salt() {
        return salt;
    }

    byte[] keyAndSalt() {
        byte[] both = Arrays.copyOf(key, key.length + salt.length);
        System.arraycopy(salt, 0, both, key.length, salt.length);
        return both;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterKey that
                && suite == that.suite
                && Arrays.equals(key, that.key)
                && Arrays.equals(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "MasterKey[" + suite + "]";
    }
}
