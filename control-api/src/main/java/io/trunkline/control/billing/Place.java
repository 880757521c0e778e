package io.trunkline.control.billing;

import io.trunkline.control.call.Limit;
import java.util.List;
import java.util.Optional;

/**
 * What a call needs room in.
 *
 * @param scopes all of these: its account, application, line
 * @param trunks one of these, best first
 * @param exclusiveLine the scope that carries one call at a time, and names it
 */
record Place(String callId, String accountId, List<Scope> scopes, List<Scope> trunks, Optional<String> exclusiveLine) {
    /** @param key unique over all kinds of things that have limits: their ids are */
    record Scope(String key, Limit limit) {}
}
