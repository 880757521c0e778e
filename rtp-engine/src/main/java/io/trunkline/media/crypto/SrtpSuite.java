package io.trunkline.media.crypto;

import java.util.Arrays;
import java.util.Optional;

/**
 * The crypto suites of RFC 4568, RFC 6188 and RFC 7714 that are spoken here, in the order of our offers: first the one
 * that everybody has, which makes no garbage; the short tags last.
 */
public enum SrtpSuite {
    AES_CM_128_HMAC_SHA1_80(16, 14, 10, 10),
    AES_256_CM_HMAC_SHA1_80(32, 14, 10, 10),
    AEAD_AES_128_GCM(16, 12, 16, 16),
    AEAD_AES_256_GCM(32, 12, 16, 16),
    AES_256_CM_HMAC_SHA1_32(32, 14, 4, 10),
    AES_CM_128_HMAC_SHA1_32(16, 14, 4, 10);

    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;
    private final int reportTagBytes;

    SrtpSuite(int keyBytes, int saltBytes, int tagBytes, int reportTagBytes) {
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
        this.reportTagBytes = reportTagBytes;
    }

    /** By its name in SDP. */
    public static Optional<SrtpSuite> named(String name) {
        return Arrays.stream(values())
                .filter(suite -> suite.name().equalsIgnoreCase(name))
                .findFirst();
    }

    public int keyBytes() {
        return keyBytes;
    }

    public int saltBytes() {
        return saltBytes;
    }

    int tagBytes() {
        return tagBytes;
    }

    /** RFC 4568 section 6.2.2: also the suite with short tags authenticates SRTCP with 80 bits. */
    int reportTagBytes() {
        return reportTagBytes;
    }

    boolean isAead() {
        return saltBytes == 12;
    }
}
