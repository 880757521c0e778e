/**
 * Signalling. The rest of the program sees {@link io.trunkline.sip.SipCall}, {@link io.trunkline.sip.SipEvent} and
 * {@link io.trunkline.sip.SipEnd}; JAIN-SIP stays inside {@code io.trunkline.sip.jain}. SDP is an opaque string here.
 *
 * <p>Threads: SIP workers striped by Call-ID own the dialogs; every method of {@code SipCall} only enqueues to its
 * worker, and events are delivered on that worker, in order.
 */
@NullMarked
package io.trunkline.sip;

import org.jspecify.annotations.NullMarked;
