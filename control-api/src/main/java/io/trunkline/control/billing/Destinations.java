package io.trunkline.control.billing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where an account may call: the rule of the longest prefix decides, an account's own before a built-in one of the same
 * length. Without a rule a number may be called.
 */
record Destinations(List<Rule> own, boolean premium, boolean satellite) {
    /** Satellite networks and what is billed like them (ITU-T E.164 shared codes). */
    private static final List<String> SATELLITE = List.of("870", "881", "882", "883");

    /**
     * Numbers that pay whoever is called: the target of most toll fraud. International shared-cost and premium codes
     * first, then the national ranges where the numbering plan keeps them apart.
     */
    private static final List<String> PREMIUM = List.of("""
            979 808 878 1900 30901 30909 3190 3290 3389 34803 34806 34807 34905 351601
            351607 351760 358600 358700 3690 37190 37290 38560 38690 3989 40900 40903 40906
            41900 41901 41906 42090 421900 43900 43901 43930 43931 449 4470 44871 44872
            44873 4590 46900 46939 46944 4782 4870 49137 49180 49190 49900 52900 55900 57901
            6119 64900 65190 7809 81990 90900 972190
            """.strip().split("\\s+"));

    /** @param prefix digits alone */
    record Rule(String prefix, boolean allowed) {}

    static final Destinations DEFAULT = new Destinations(List.of(), false, false);

    /** Why the number may not be called; empty when it may. */
    Optional<String> objection(String digits) {
        Optional<Rule> mine = longest(own, digits);
        Optional<Rule> builtIn = longest(builtIn(), digits);
        int mineLength = mine.map(rule -> rule.prefix().length()).orElse(-1);
        if (builtIn.isPresent() && builtIn.get().prefix().length() > mineLength) {
            String range = builtIn.get().prefix();
            String kind = SATELLITE.contains(range) ? "satellite" : "premium-rate";
            return Optional.of("+" + range + " is a " + kind + " range, which is off unless the account allows it.");
        }
        return mine.filter(rule -> !rule.allowed()).map(rule -> "The account blocks calls to +" + rule.prefix() + ".");
    }

    private List<Rule> builtIn() {
        List<Rule> blocked = new ArrayList<>();
        if (!premium) {
            PREMIUM.forEach(prefix -> blocked.add(new Rule(prefix, false)));
        }
        if (!satellite) {
            SATELLITE.forEach(prefix -> blocked.add(new Rule(prefix, false)));
        }
        return blocked;
    }

    /** Of two rules for one prefix the one that blocks counts. */
    private static Optional<Rule> longest(List<Rule> rules, String digits) {
        return rules.stream()
                .filter(rule -> !digits.isEmpty() && digits.startsWith(rule.prefix()))
                .max(Comparator.comparingInt((Rule rule) -> rule.prefix().length())
                        .thenComparing(Rule::allowed, Comparator.reverseOrder()));
    }
}
