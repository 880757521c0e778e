package io.trunkline.control.cli;

import io.trunkline.media.AmdVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What replayed calls say, trunk by trunk, and which threshold they speak for. */
final class ReplayReport {
    static final List<Double> TRIED = List.of(0.7, 0.8, 0.9, 0.95, 0.98, 0.99);
    /** Fewer calls than this say nothing about a trunk. */
    private static final int LEAST_CALLS = 20;

    private static final double COST_OF_A_PERSON_LOST = 3;

    private final double threshold;
    private final Map<String, List<ReplayedCall>> trunks = new TreeMap<>();

    /** @param threshold the one asked for, or in use */
    ReplayReport(double threshold) {
        this.threshold = threshold;
    }

    void add(ReplayedCall call) {
        trunks.computeIfAbsent(call.trunk(), name -> new ArrayList<>()).add(call);
    }

    String text() {
        StringBuilder out = new StringBuilder();
        trunks.forEach((trunk, calls) -> {
            out.append("trunk %s: %d labelled calls, %d told rightly then, %d now; people called machines: %d now%n"
                    .formatted(
                            trunk,
                            calls.size(),
                            calls.stream().filter(ReplayedCall::rightThen).count(),
                            right(calls, threshold),
                            lost(calls, threshold)));
            calls.stream()
                    .filter(call -> !call.right(threshold))
                    .forEach(call -> out.append("  %s is %s, now called %s%n"
                            .formatted(call.id(), lower(call.label()), lower(call.said(threshold)))));
            out.append("  ").append(advice(calls)).append('\n');
        });
        return trunks.isEmpty() ? "No stored call has both a label and a recording.\n" : out.toString();
    }

    private String advice(List<ReplayedCall> calls) {
        if (calls.size() < LEAST_CALLS) {
            return "advice: none, label at least %d calls".formatted(LEAST_CALLS);
        }
        // what is in use stays unless another is better
        double best = TRIED.stream()
                .max(Comparator.comparingDouble(tried -> worth(calls, tried) + (tried == threshold ? 0.5 : 0)))
                .orElse(threshold);
        return best == threshold
                ? "advice: keep threshold %.2f".formatted(threshold)
                : "advice: threshold %.2f, which tells %d rightly and calls %d people machines"
                        .formatted(best, right(calls, best), lost(calls, best));
    }

    private static double worth(List<ReplayedCall> calls, double threshold) {
        return right(calls, threshold) - COST_OF_A_PERSON_LOST * lost(calls, threshold);
    }

    private static long right(List<ReplayedCall> calls, double threshold) {
        return calls.stream().filter(call -> call.right(threshold)).count();
    }

    private static long lost(List<ReplayedCall> calls, double threshold) {
        return calls.stream().filter(call -> call.personLost(threshold)).count();
    }

    private static String lower(AmdVerdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
