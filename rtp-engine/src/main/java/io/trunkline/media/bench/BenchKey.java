package io.trunkline.media.bench;

import io.trunkline.media.crypto.MasterKey;
import io.trunkline.media.crypto.SdesKeys;
import io.trunkline.media.crypto.SdesLine;
import io.trunkline.media.crypto.SrtpGuard;
import io.trunkline.media.crypto.SrtpSuite;

/** What the far end of every benchmark call encrypts with: no secret, it guards noise. */
final class BenchKey {
    private static final SrtpSuite SUITE = SrtpSuite.AES_CM_128_HMAC_SHA1_80;
    private static final MasterKey KEY = new MasterKey(SUITE, new byte[SUITE.keyBytes()], new byte[SUITE.saltBytes()]);

    /** As an answer to our own offers, under the tag that the suite has there. */
    static final SdesLine LINE = new SdesLine(
            new SdesKeys()
                    .offer().stream()
                            .filter(line -> line.key().suite() == SUITE)
                            .findFirst()
                            .orElseThrow()
                            .tag(),
            KEY);

    private BenchKey() {}

    static SrtpGuard guard() {
        return SrtpGuard.of(KEY, KEY, null);
    }
}
