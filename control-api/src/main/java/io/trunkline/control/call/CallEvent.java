package io.trunkline.control.call;

import java.time.Instant;
import java.util.Map;

/**
 * One entry of a call's log. {@code seq} is 1, 2, 3 … without holes, given by the machine alone.
 *
 * @param data the event's own fields; strings, numbers, booleans, lists and maps only
 */
public record CallEvent(
        String id, long seq, String type, Instant occurredAt, Map<String, Object> data, CallSnapshot call) {

    /** The id is made of the call's and the seq, so that a repeat is recognised wherever it comes from. */
    static CallEvent of(CallSnapshot call, long seq, String type, Instant at, Map<String, Object> data) {
        String id = "evt_" + call.id().substring("call_".length()) + "_" + seq;
        return new CallEvent(id, seq, type, at, data, call);
    }
}
