package io.trunkline.control.call;

import io.trunkline.media.LegSpec;
import java.util.List;
import java.util.Optional;

/** What call control knows of trunks: names, and the media each one wants. */
public interface TrunkDirectory {
    /** A trunk by id or name, as that account sees it. */
    Optional<String> find(String accountId, String reference);

    /** Trunks that take this number for this account, best first. */
    List<String> route(String accountId, String to);

    /** The leg to open towards a trunk. */
    LegSpec leg(String trunkId, String sessionId);

    /** The leg to open towards a browser. */
    LegSpec browserLeg(String sessionId);

    /** The carrier whose habits the trunk has, where it is one with habits of its own. */
    default Optional<String> profile(String trunkId) {
        return Optional.empty();
    }

    /** What the trunk bears. */
    Limit limit(String trunkId);

    String name(String trunkId);
}
