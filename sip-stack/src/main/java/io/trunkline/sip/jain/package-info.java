/**
 * JAIN-SIP, and the only package that imports it. Its dialog layer is switched off: it does transports, parsing and
 * transactions; our own {@code dialog} package does the rest.
 *
 * <p>Threads: JAIN-SIP's own. Messages are handed off at once, in the order in which they came; sending happens on the
 * caller's thread and may block while a connection is made.
 */
@NullMarked
package io.trunkline.sip.jain;

import org.jspecify.annotations.NullMarked;
