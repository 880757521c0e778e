/**
 * What went over the wire, call by call: a bounded ring of messages with credentials masked, shown as a ladder in text
 * or as a packet capture.
 *
 * <p>Threads: a ring is written by transport threads and the call's worker, and read by anyone; it locks for the few
 * instructions that takes.
 */
@NullMarked
package io.trunkline.sip.trace;

import org.jspecify.annotations.NullMarked;
