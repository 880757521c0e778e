package io.trunkline.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7616 section 3.9.1, and how challenges are read. */
class DigestTest {
    private static final Challenge CHALLENGE = new Challenge(
            false, Map.of("realm", "http-auth@example.org", "nonce", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"));

    private static String response(DigestAlgorithm algorithm) {
        return Digest.response(
                algorithm,
                "Mufasa",
                "Circle of Life",
                CHALLENGE,
                new Digest.Signed("GET", "/dir/index.html", ""),
                "auth",
                "00000001",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
    }

    @Test
    void agreesWithTheMd5Example() {
        assertThat(response(DigestAlgorithm.MD5)).isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
    }

    @Test
    void agreesWithTheSha256Example() {
        assertThat(response(DigestAlgorithm.SHA_256))
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    @Test
    void readsQuotedCommasAndBackslashes() {
        Challenge challenge = Challenge.parse(true, "Digest realm=\"a, \\\"b\\\"\" ,nonce=\"n=1\",stale=TRUE")
                .orElseThrow();
        assertThat(challenge.realm()).isEqualTo("a, \"b\"");
        assertThat(challenge.get("nonce")).isEqualTo("n=1");
        assertThat(challenge.stale()).isTrue();
        assertThat(Challenge.parse(true, "Basic realm=\"x\"")).isEmpty();
    }
}
