package io.trunkline.sip.testing;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints, once a run is over, every behaviour that a SIP test has shown, as a sentence with its outcome and time. */
public final class BehaviourTable implements TestExecutionListener {
    private static final String OURS = "io.trunkline.sip.";

    private record Row(String group, String behaviour, String outcome, long millis) {}

    private final ConcurrentMap<String, Long> begun = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Row> rows = new ConcurrentLinkedQueue<>();

    @Override
    public void executionStarted(TestIdentifier test) {
        begun.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String outcome =
                switch (result.getStatus()) {
                    case SUCCESSFUL -> "yes";
                    case FAILED -> "NO";
                    case ABORTED ->
                        "skipped: "
                                + result.getThrowable()
                                        .map(Throwable::getMessage)
                                        .orElse("");
                };
        note(test, outcome);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        note(test, "skipped: " + reason);
    }

    private void note(TestIdentifier test, String outcome) {
        if (test.isTest()
                && test.getSource().orElse(null) instanceof MethodSource method
                && method.getClassName().startsWith(OURS)) {
            long start = begun.getOrDefault(test.getUniqueId(), System.nanoTime());
            String group = method.getClassName().substring(OURS.length()).replaceFirst("Test$", "");
            boolean plain = test.getDisplayName().startsWith(method.getMethodName());
            String name = words(method.getMethodName()) + (plain ? "" : " " + test.getDisplayName());
            rows.add(new Row(group, name, outcome, (System.nanoTime() - start) / 1_000_000));
        }
    }

    /** {@code holdsByReInvite} becomes {@code holds by re invite}. */
    private static String words(String method) {
        return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])", " ")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        List<Row> all = rows.stream()
                .sorted(Comparator.comparing(Row::group).thenComparing(Row::behaviour))
                .toList();
        if (all.isEmpty()) {
            return;
        }
        StringBuilder table = new StringBuilder("\nSIP behaviours shown in this run\n");
        for (Row row : all) {
            table.append(String.format(
                    Locale.ROOT, "%-24s %-100s %6d ms  %s%n", row.group, row.behaviour, row.millis, row.outcome));
        }
        long shown = all.stream().filter(r -> r.outcome.equals("yes")).count();
        System.out.print(table.append(shown).append(" of ").append(all.size()).append(" shown\n"));
    }
}
