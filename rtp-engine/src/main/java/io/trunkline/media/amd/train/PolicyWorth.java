package io.trunkline.media.amd.train;

import io.trunkline.media.amd.AnswerPolicy.Call;
import java.util.ArrayList;
import java.util.List;

/** How good a policy is: calls told rightly, less what people called machines cost, and those made to wait too long. */
final class PolicyWorth {
    private static final double MACHINES_AMONG_PEOPLE = 2.5;
    private static final double COST_OF_THOSE = 2;
    private static final long MEDIAN_MS = 1340;
    private static final long SLOWEST_MS = 3430;
    private static final long AFTER_TURN_MS = 660;
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
    double value() {
        double lost = 100.0 * peopleLost / Math.max(1, people);
        return 100.0 * right / Math.max(1, all)
                - COST_OF_THOSE * Math.max(0, lost - MACHINES_AMONG_PEOPLE)
                - COST_A_MS * over(afterStart, 50, MEDIAN_MS)
                - COST_A_MS * over(afterStart, 95, SLOWEST_MS)
                - COST_A_MS * over(afterTurn, 50, AFTER_TURN_MS);
    }

    private static long over(List<Long> values, int percent, long limit) {
        return Math.max(0, Score.percentile(values, percent) - limit);
    }
}
