package io.trunkline.control.call;

/**
 * Whom a call hears besides its script, or is about to: at most one at a time.
 *
 * @param with a call's id, a room's name, a transfer's target
 * @param together they hear each other
 * @param sinceNanos since when
 */
record Company(Verb verb, String with, boolean together, long sinceNanos) {
    static Company awaited(Verb verb, String with, long now) {
        return new Company(verb, with, false, now);
    }

    Company joined(long now) {
        return new Company(verb, with, true, now);
    }

    boolean is(String callId) {
        return with.equals(callId);
    }
}
