package io.trunkline.control.call;

import java.time.Instant;
import java.util.Map;

/**
 * One entry of a call's log. {@code seq} is 1, 2, 3 … without holes, given by the machine alone.
 *
 * @param data the event's own fields; strings, numbers, booleans, lists and maps only
 */
public record CallEvent(
        String id, long seq, String type, Instant occurredAt, Map<String, Object> data, CallSnapshot call) {}
