package io.trunkline.media.crypto;

import java.util.Arrays;

/**
 * GHASH (NIST SP 800-38D section 6.4) by a table of sixteen multiples of the key, four bits at a time: makes no garbage.
 * Not for several threads.
 */
final class GaloisHash {
    private static final int BLOCK = AesBlocks.BLOCK;
    private static final int NIBBLES = 16;
    /** What four bits shifted out come back as, by the field's polynomial. */
    private static final long[] REDUCTION = reduction();

    private final long[] highs = new long[NIBBLES];
    private final long[] lows = new long[NIBBLES];
    private final byte[] last = new byte[BLOCK];
    private long high;
    private long low;

    /** @param key the encryption of a block of zeros */
    GaloisHash(byte[] key) {
        long multipleHigh = getLong(key, 0);
        long multipleLow = getLong(key, 8);
        // In this field's order of bits 8 stands for one, and halving it is multiplying by x.
        for (int power = 8; power > 0; power >>= 1) {
            highs[power] = multipleHigh;
            lows[power] = multipleLow;
            long carry = (multipleLow & 1) == 0 ? 0 : 0xe1L << 56;
            multipleLow = multipleLow >>> 1 | multipleHigh << 63;
            multipleHigh = multipleHigh >>> 1 ^ carry;
        }
        for (int power = 2; power < NIBBLES; power <<= 1) {
            for (int rest = 1; rest < power; rest++) {
                highs[power + rest] = highs[power] ^ highs[rest];
                lows[power + rest] = lows[power] ^ lows[rest];
            }
        }
    }

    private static long[] reduction() {
        long[] table = new long[NIBBLES];
        for (int out = 0; out < NIBBLES; out++) {
            long value = out;
            for (int bit = 0; bit < 4; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ 0xe1L << 56;
            }
            table[out] = value;
        }
        return table;
    }

    void reset() {
        high = 0;
        low = 0;
    }

    /** Bytes filled up with zeros to whole blocks. */
    void update(byte[] data, int offset, int length) {
        int end = offset + length;
        int at = offset;
        for (; at + BLOCK <= end; at += BLOCK) {
            block(getLong(data, at), getLong(data, at + 8));
        }
        if (at < end) {
            Arrays.fill(last, (byte) 0);
            System.arraycopy(data, at, last, 0, end - at);
            block(getLong(last, 0), getLong(last, 8));
        }
    }

    void block(long blockHigh, long blockLow) {
        long xHigh = high ^ blockHigh;
        long xLow = low ^ blockLow;
        long zHigh = 0;
        long zLow = 0;
        for (int nibble = 0; nibble < 2 * NIBBLES; nibble++) {
            int bits = (int) (nibble < NIBBLES ? xLow >>> (4 * nibble) : xHigh >>> (4 * (nibble - NIBBLES))) & 15;
            int out = (int) zLow & 15;
            zLow = zLow >>> 4 | zHigh << 60;
            zHigh = zHigh >>> 4 ^ REDUCTION[out];
            zHigh ^= highs[bits];
            zLow ^= lows[bits];
        }
        high = zHigh;
        low = zLow;
    }

    /** The hash so far, mixed into a block. */
    void xorInto(byte[] block) {
        for (int i = 0; i < 8; i++) {
            block[i] ^= (byte) (high >> (56 - 8 * i));
            block[8 + i] ^= (byte) (low >> (56 - 8 * i));
        }
    }

    private static long getLong(byte[] in, int offset) {
        return ((long) PacketCipher.getInt(in, offset) << 32) | (PacketCipher.getInt(in, offset + 4) & 0xffffffffL);
    }
}
