/**
 * A phone network in the box: a carrier with its own SIP user agent and its own media sessions on loopback, so that the
 * first call works on a fresh machine and users' tests run without a trunk. It trusts the switch's own sockets alone.
 *
 * <p>Threads: each sandbox call lives on one context, like a call of the switch.
 */
@NullMarked
package io.trunkline.control.sandbox;

import org.jspecify.annotations.NullMarked;
