package io.trunkline.control.call;

import java.util.OptionalInt;

/** How many calls a trunk, account, application or line may begin in a second, and carry at once. */
public record Limit(OptionalInt cps, OptionalInt concurrent) {
    public static final Limit NONE = new Limit(OptionalInt.empty(), OptionalInt.empty());
}
