/**
 * Encrypted media: SRTP and SRTCP (RFC 3711, RFC 6188, RFC 7714), keys by SDP (RFC 4568) or by DTLS (RFC 5764).
 *
 * <p>Threads: contexts and guards belong to the media loop of their leg; key lines and certificates are immutable; a
 * DTLS handshake blocks and has a virtual thread of its own, one of a bounded number.
 */
@NullMarked
package io.trunkline.media.crypto;

import org.jspecify.annotations.NullMarked;
