/**
 * From a commit to everyone outside: {@link io.trunkline.control.events.EventLog} fans out what is durable to feeds
 * and wakes {@link io.trunkline.control.events.WebhookSender}, which works off the outbox that was written with it.
 *
 * <p>Threads: a feed belongs to its connection's event loop, the sender to one of its own; {@code EventLog} is the
 * crossing and only enqueues.
 */
@NullMarked
package io.trunkline.control.events;

import org.jspecify.annotations.NullMarked;
