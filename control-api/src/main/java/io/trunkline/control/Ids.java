package io.trunkline.control;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Ids of the API: a prefix over a time-ordered UUID (RFC 9562, version 7). */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** {@code call_0198…}: sorts by the time it was made. */
    public static String next(String prefix) {
        return prefix + "_" + uuid(System.currentTimeMillis());
    }

    /** Sorts before every id of this prefix that was made at that time or later. */
    public static String from(String prefix, Instant time) {
        long millis = Math.max(0, time.toEpochMilli());
        return "%s_%08x-%04x-7".formatted(prefix, millis >>> 16, millis & 0xffff);
    }

    static UUID uuid(long millis) {
        long high = (millis << 16) | 0x7000L | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
