/**
 * Signalling. The rest of the program sees {@link io.trunkline.sip.SipCall}, {@link io.trunkline.sip.SipEvent} and
 * {@link io.trunkline.sip.SipEnd}; JAIN-SIP stays inside {@code io.trunkline.sip.jain}. SDP is an opaque string here.
 *
 * <p>Threads: each call has a strand, run on virtual threads, that owns its dialog; every method of {@code SipCall} only
 * enqueues to it, and events are delivered on it, in order.
 */
@NullMarked
package io.trunkline.sip;

import org.jspecify.annotations.NullMarked;
