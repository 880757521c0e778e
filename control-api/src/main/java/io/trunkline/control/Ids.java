package io.trunkline.control;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids of the API: a prefix over a time-ordered UUID (RFC 9562, version 7). */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** {@code call_0198…}: sorts by the time it was made. */
    public static String next(String prefix) {
        return prefix + "_" + uuid(System.currentTimeMillis());
    }

    static UUID uuid(long millis) {
        long high = (millis << 16) | 0x7000L | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
