package io.trunkline.control.store;

import io.trunkline.control.call.CallEvent;

/**
 * An event that is durable.
 *
 * @param position of the event among all calls' events, in the order of commit
 * @param body the event exactly as everyone outside sees it
 */
public record Committed(long position, CallEvent event, String body) {}
