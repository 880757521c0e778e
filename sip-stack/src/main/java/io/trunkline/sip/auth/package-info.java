/**
 * Digest (RFC 7616 as SIP uses it, RFC 8760) in both roles, and who may knock at all.
 *
 * <p>Threads: a session of digest belongs to one call's worker; the allow list is immutable.
 */
@NullMarked
package io.trunkline.sip.auth;

import org.jspecify.annotations.NullMarked;
