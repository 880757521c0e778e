package io.trunkline.sip.auth;

/** The digest computation (RFC 7616 section 3.4.1). */
final class Digest {
    private Digest() {}

    /** What is signed: method, digest URI and, for auth-int, the body. */
    record Signed(String method, String uri, String body) {}

    static String response(
            DigestAlgorithm algorithm,
            String user,
            String password,
            Challenge challenge,
            Signed signed,
            String qop,
            String nc,
            String cnonce) {
        String a1 = algorithm.hash(user + ":" + challenge.realm() + ":" + password);
        String bodyHash = qop.equals("auth-int") ? ":" + algorithm.hash(signed.body()) : "";
        String a2 = algorithm.hash(signed.method() + ":" + signed.uri() + bodyHash);
        String middle = qop.isEmpty() ? "" : nc + ":" + cnonce + ":" + qop + ":";
        return algorithm.hash(a1 + ":" + challenge.get("nonce") + ":" + middle + a2);
    }
}
