package io.trunkline.sip.auth;

import java.util.Optional;

/**
 * A caller that shows a certificate instead of an address.
 *
 * @param name what the certificate must be for
 * @param caPem who must have signed it; empty is the system's trust
 */
public record TlsCaller(String trunkId, String name, Optional<String> caPem) {}
