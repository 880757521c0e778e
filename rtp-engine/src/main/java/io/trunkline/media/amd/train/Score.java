package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Accuracy, confusion, latency and beeps of many outcomes, as a table for people. */
public final class Score {
    private static final List<AmdVerdict> LABELS =
            List.of(AmdVerdict.HUMAN, AmdVerdict.MACHINE, AmdVerdict.FAX, AmdVerdict.TONE, AmdVerdict.SILENCE);

    private final List<Outcome> outcomes;

    public Score(List<Outcome> outcomes) {
        this.outcomes = outcomes;
    }

    public String table() {
        StringBuilder out = new StringBuilder();
        out.append("clips %d, all classes %.1f %%%n".formatted(outcomes.size(), percent(o -> true, Outcome::right)));
        out.append("human and machine %.1f %%%n".formatted(humanMachineAccuracy()));
        out.append("human called machine %.1f %%%n".formatted(humanCalledMachine()));
        out.append("machine called human %.1f %%%n"
                .formatted(percent(o -> is(o, AmdVerdict.MACHINE), o -> o.verdict() == AmdVerdict.HUMAN)));
        confusion(out);
        out.append(
                "human decided after speech starts: median %d ms, 95 %% %d ms%n".formatted(humanMs(50), humanMs(95)));
        out.append("human decided after the turn ends: median %d ms%n".formatted(humanAfterTurnMs(50)));
        out.append(new BeepScore(outcomes).table());
        subtypes(out);
        return out.toString();
    }

    public double humanMachineAccuracy() {
        return percent(o -> is(o, AmdVerdict.HUMAN) || is(o, AmdVerdict.MACHINE), Outcome::right);
    }

    public double humanCalledMachine() {
        return percent(o -> is(o, AmdVerdict.HUMAN), o -> o.verdict() == AmdVerdict.MACHINE);
    }

    /** How long after speech starts this percentage of the people rightly told had been told. */
    public long humanMs(int percent) {
        return percentile(humans(Outcome::afterStartMs), percent);
    }

    /** The same, after the end of what they said first. */
    public long humanAfterTurnMs(int percent) {
        return percentile(humans(Outcome::afterTurnMs), percent);
    }

    public double accuracy(AmdVerdict label) {
        return percent(o -> is(o, label), Outcome::right);
    }

    private void confusion(StringBuilder out) {
        out.append("confusion (rows are the truth):\n");
        out.append("  %-8s %8s %8s %8s %8s %8s %8s%n"
                .formatted("", "human", "machine", "fax", "tone", "silence", "unknown"));
        for (AmdVerdict truth : LABELS) {
            out.append("  %-8s".formatted(Result.kind(truth)));
            for (AmdVerdict said : LABELS) {
                out.append(" %8d".formatted(count(truth, said)));
            }
            out.append(" %8d%n".formatted(count(truth, AmdVerdict.UNKNOWN)));
        }
    }

    private void subtypes(StringBuilder out) {
        TreeMap<String, int[]> counts = new TreeMap<>();
        for (Outcome each : outcomes) {
            String name = Result.kind(each.clip().label()) + "/" + each.clip().subtype();
            int[] count = counts.computeIfAbsent(name, key -> new int[2]);
            count[0] += each.right() ? 1 : 0;
            count[1]++;
        }
        out.append("right of all, by kind:\n");
        counts.forEach((name, count) -> out.append("  %-20s %4d of %4d%n".formatted(name, count[0], count[1])));
    }

    private long count(AmdVerdict truth, AmdVerdict said) {
        return outcomes.stream()
                .filter(o -> is(o, truth) && o.verdict() == said)
                .count();
    }

    private List<Long> humans(ToLongFunction<Outcome> latency) {
        List<Long> values = new ArrayList<>();
        for (Outcome each : outcomes) {
            if (is(each, AmdVerdict.HUMAN)
                    && each.right()
                    && !each.clip().turns().isEmpty()) {
                values.add(latency.applyAsLong(each));
            }
        }
        return values;
    }

    private double percent(Predicate<Outcome> of, Predicate<Outcome> hit) {
        long all = outcomes.stream().filter(of).count();
        return all == 0
                ? Double.NaN
                : 100.0 * outcomes.stream().filter(of.and(hit)).count() / all;
    }

    static long percentile(List<Long> values, int percent) {
        if (values.isEmpty()) {
            return -1;
        }
        List<Long> sorted = values.stream().sorted().toList();
        int at = (int) Math.ceil(percent / 100.0 * sorted.size()) - 1;
        return sorted.get(Math.clamp(at, 0, sorted.size() - 1));
    }

    private static boolean is(Outcome outcome, AmdVerdict label) {
        return outcome.clip().label() == label;
    }
}
