package io.trunkline.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdesTest {
    private static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    @Test
    void offererAndAnswererAgreeOnKeysForBothDirections() {
        SdesKeys offerer = new SdesKeys();
        SdesKeys answerer = new SdesKeys();
        List<String> offer = offerer.offer().stream().map(SdesLine::text).toList();
        SdesKeys.Agreed there = answerer.answer(offer.reversed()).orElseThrow();
        SdesKeys.Agreed here = offerer.accept(List.of(there.ours().text())).orElseThrow();

        assertThat(here.ours().key()).isEqualTo(there.theirs());
        assertThat(here.theirs()).isEqualTo(there.ours().key());
        assertThat(here.ours().key()).isNotEqualTo(here.theirs());
        assertThat(there.ours().tag()).as("the tag of the line that was chosen").isEqualTo(6);
    }

    @Test
    void linesOfRealPeersAreRead() {
        assertThat(SdesLine.parse("1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20"))
                .isPresent();
        assertThat(SdesLine.parse("1 aes_cm_128_hmac_sha1_32 INLINE:" + KEY)).isPresent();
        assertThat(SdesLine.parse("3 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " WSH=128"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 AES_CM_128_HMAC_SHA1_80",
                "x AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
                "1 F8_128_HMAC_SHA1_80 inline:" + KEY,
                "1 AES_256_CM_HMAC_SHA1_80 inline:" + KEY,
                "1 AES_CM_128_HMAC_SHA1_80 inline:!!!!",
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:4",
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNENCRYPTED_SRTP",
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNAUTHENTICATED_SRTP",
            })
    void whatIsMalformedOrTurnsProtectionOffIsNoOffer(String line) {
        assertThat(SdesLine.parse(line)).isEmpty();
    }

    @Test
    void aKeyIsNeverPrinted() {
        assertThat(SdesLine.parse("1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY)
                        .orElseThrow()
                        .toString())
                .doesNotContain("WVNf");
    }

    @Test
    void fingerprintsThatCanBeForgedAreNone() {
        assertThat(Fingerprint.parse("sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB"))
                .isEmpty();
        assertThat(Fingerprint.parse("sha-256 4A:AD")).isEmpty();
        assertThat(Fingerprint.parse(DtlsIdentity.create().fingerprint().text()))
                .isPresent();
    }
}
