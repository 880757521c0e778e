package io.trunkline.media.amd.train;

import io.trunkline.media.amd.AnswerPolicy.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * How good a policy is: calls told rightly, less what people called machines cost, and those made to wait longer than
 * another policy does. How long people wait depends on who they are, so no number of milliseconds would be fair.
 */
final class PolicyWorth {
    private static final double MACHINES_AMONG_PEOPLE = 2.5;
    private static final double COST_OF_THOSE = 2;
    private static final double COST_A_MS = 0.025;

    private final List<Long> afterStart = new ArrayList<>();
    private final List<Long> afterTurn = new ArrayList<>();
    private int right;
    private int all;
    private int people;
    private int peopleLost;

    void add(Course course, Course.Decision decision) {
        all++;
        people += course.machine() ? 0 : 1;
        if (course.machine()) {
            right += decision.call() == Call.MACHINE ? 1 : 0;
        } else if (decision.call() == Call.HUMAN) {
            right++;
            afterStart.add((long) decision.ms() - course.clip().speechStartMs());
            afterTurn.add((long) decision.ms() - course.clip().firstTurnEndMs());
        } else if (decision.call() == Call.MACHINE) {
            peopleLost++;
        }
    }

    /** In percent, more or less. */
    double value(PolicyWorth other) {
        double lost = 100.0 * peopleLost / Math.max(1, people);
        return 100.0 * right / Math.max(1, all)
                - COST_OF_THOSE * Math.max(0, lost - MACHINES_AMONG_PEOPLE)
                - COST_A_MS * longer(afterStart, other.afterStart, 50)
                - COST_A_MS * longer(afterStart, other.afterStart, 95)
                - COST_A_MS * longer(afterTurn, other.afterTurn, 50);
    }

    private static long longer(List<Long> values, List<Long> others, int percent) {
        return Math.max(0, Score.percentile(values, percent) - Score.percentile(others, percent));
    }
}
