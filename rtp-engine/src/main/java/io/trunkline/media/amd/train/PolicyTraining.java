package io.trunkline.media.amd.train;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.amd.AnswerPolicy;
import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.PolicyFigure;
import io.trunkline.media.amd.PolicyFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sets the policy's figures by trying: odds as they are for voices and texts unheard, out of trees that are grown for
 * this without them, and then whatever change tells more calls rightly without making people wait longer.
 */
final class PolicyTraining {
    private static final Folds FOLDS = new Folds(3);
    private static final int TRIES = 300;
    private static final double STEP = 0.15;
    /** Twenty figures fit a thousand calls all too well: each must earn its way from where it starts. */
    private static final double COST_OF_STRAYING = 20;

    private final List<Lesson> lessons;
    private final long seed;

    PolicyTraining(List<Lesson> lessons, long seed) {
        this.lessons = lessons;
        this.seed = seed;
    }

    /** @param judged of the lessons those that are like the calls to come */
    PolicyFigures train(List<Lesson> judged) {
        List<Course> courses = new ArrayList<>();
        for (int voice = 0; voice < FOLDS.count(); voice++) {
            for (int text = 0; text < FOLDS.count(); text++) {
                addCourses(judged, voice, text, courses);
            }
        }
        return courses.isEmpty() ? PolicyFigures.start() : search(courses);
    }

    private void addCourses(List<Lesson> judged, int voice, int text, List<Course> courses) {
        List<Lesson> held = judged.stream()
                .filter(each -> each.clip().spoken())
                .filter(each -> FOLDS.voice(each.clip()) == voice && FOLDS.text(each.clip()) == text)
                .toList();
        if (!held.isEmpty()) {
            List<Lesson> known = lessons.stream()
                    .filter(each -> FOLDS.voice(each.clip()) != voice && FOLDS.text(each.clip()) != text)
                    .toList();
            Forest trees = AnswerTraining.train(known, seed);
            held.forEach(each -> courses.add(Course.of(each, trees)));
        }
    }

    @SuppressWarnings("EnumOrdinal") // any of them, by chance
    private PolicyFigures search(List<Course> courses) {
        SplittableRandom random = new SplittableRandom(seed);
        PolicyFigures best = PolicyFigures.start();
        PolicyWorth start = worth(best, courses);
        double bestWorth = start.value(start);
        for (int i = 0; i < TRIES; i++) {
            PolicyFigures next = best;
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                PolicyFigure figure = PolicyFigure.values()[random.nextInt(PolicyFigure.values().length)];
                double reach = STEP * (figure.most() - figure.least());
                next = next.with(figure, next.at(figure) + reach * random.nextGaussian());
            }
            double worth = worth(next, courses).value(start) - COST_OF_STRAYING * strayed(next);
            if (worth >= bestWorth) {
                bestWorth = worth;
                best = next;
            }
        }
        return best;
    }

    private static PolicyWorth worth(PolicyFigures figures, List<Course> courses) {
        AnswerPolicy policy = new AnswerPolicy(figures, AmdSpec.DEFAULT);
        PolicyWorth worth = new PolicyWorth();
        courses.forEach(course -> worth.add(course, course.decide(policy)));
        return worth;
    }

    /** Squared and summed, each figure's way from its start as a share of how far it may go. */
    private static double strayed(PolicyFigures figures) {
        PolicyFigures start = PolicyFigures.start();
        double sum = 0;
        for (PolicyFigure figure : PolicyFigure.values()) {
            double share = (figures.at(figure) - start.at(figure)) / (figure.most() - figure.least());
            sum += share * share;
        }
        return sum;
    }
}
