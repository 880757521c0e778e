package io.trunkline.sip;

import java.util.Optional;

/** A trunk's health, and why. */
public record TrunkStatus(String trunkId, State state, Optional<Boolean> registered, String detail) {
    public enum State {
        UP,
        DEGRADED,
        DOWN,
        UNKNOWN
    }
}
