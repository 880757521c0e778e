/**
 * Session descriptions (RFC 8866) and the offer/answer model (RFC 3264) as pure functions: text in, a plan for the leg
 * out.
 *
 * <p>Threads: immutable records and static functions; any thread, no state, no clock, no name resolution.
 */
@NullMarked
package io.trunkline.media.sdp;

import org.jspecify.annotations.NullMarked;
