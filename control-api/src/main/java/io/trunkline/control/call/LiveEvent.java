package io.trunkline.control.call;

import java.util.Map;

/** What a party to a call, a stream or an agent, reports to it. */
public sealed interface LiveEvent {
    /** The party's, as it was given when it was asked for. */
    String id();

    /** It takes part from here on. */
    record Started(String id, Map<String, Object> data) implements LiveEvent {}

    /** Something that is to stand in the call's log. */
    record Told(String id, String type, Map<String, Object> data) implements LiveEvent {}

    /** It wants something done to the call. */
    record Wants(String id, Verb verb) implements LiveEvent {}

    /** It takes part no longer; the last of its events. */
    record Ended(String id, boolean failed, Map<String, Object> data) implements LiveEvent {}
}
