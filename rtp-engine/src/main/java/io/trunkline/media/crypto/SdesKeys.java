package io.trunkline.media.crypto;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our keys of one leg, a line for each suite. They stay the same for the leg's life, so that a re-offer never restarts
 * a stream's counters.
 */
public final class SdesKeys {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<SdesLine> ours = new ArrayList<>();

    public SdesKeys() {
        for (SrtpSuite suite : SrtpSuite.values()) {
            ours.add(new SdesLine(ours.size() + 1, MasterKey.random(suite, RANDOM)));
        }
    }

    /** What both sides encrypt with. */
    public record Agreed(SdesLine ours, MasterKey theirs) {}

    public List<SdesLine> offer() {
        return List.copyOf(ours);
    }

    /** RFC 4568 section 5.1.2: the first of theirs that we can do, answered under its own tag. */
    public Optional<Agreed> answer(List<String> offered) {
        return offered.stream()
                .flatMap(line -> SdesLine.parse(line).stream())
                .map(theirs -> new Agreed(
                        new SdesLine(theirs.tag(), of(theirs.key().suite()).key()), theirs.key()))
                .findFirst();
    }

    /** Section 5.1.3: their answer names one of our lines by its tag, and the same suite. */
    public Optional<Agreed> accept(List<String> answered) {
        return answered.stream()
                .flatMap(line -> SdesLine.parse(line).stream())
                .flatMap(theirs -> ours.stream()
                        .filter(mine -> mine.tag() == theirs.tag()
                                && mine.key().suite() == theirs.key().suite())
                        .map(mine -> new Agreed(mine, theirs.key())))
                .findFirst();
    }

    private SdesLine of(SrtpSuite suite) {
        return ours.stream()
                .filter(line -> line.key().suite() == suite)
                .findFirst()
                .orElseThrow();
    }
}
