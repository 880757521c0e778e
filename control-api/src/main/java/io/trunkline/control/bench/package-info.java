/**
 * {@code bench calls} and {@code bench api}: the whole program measured from outside, as its users meet it. The server,
 * the carrier (SIPp) and the callees' voices each run in a process of their own; this one places calls, takes webhooks
 * and audits what is left. HTTP in both directions lives on Vert.x event loops, the rest on the main thread.
 */
@NullMarked
package io.trunkline.control.bench;

import org.jspecify.annotations.NullMarked;
