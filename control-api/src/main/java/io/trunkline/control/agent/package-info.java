/**
 * AI agents in calls: a client of the OpenAI Realtime protocol, towards any server that speaks it.
 *
 * <p>Threads: an agent lives on the Vert.x context that opened it; the call's mailbox and the media loop reach it by
 * enqueueing.
 */
@NullMarked
package io.trunkline.control.agent;

import org.jspecify.annotations.NullMarked;
