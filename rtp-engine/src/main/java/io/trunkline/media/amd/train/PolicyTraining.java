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
 * this without them, and then whatever change tells more calls rightly within the time that people wait.
 */
final class PolicyTraining {
    private static final Folds FOLDS = new Folds(3);
    private static final int TRIES = 1500;
    private static final double STEP = 0.15;

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
        double bestWorth = worth(best, courses);
        for (int i = 0; i < TRIES; i++) {
            PolicyFigures next = best;
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                PolicyFigure figure = PolicyFigure.values()[random.nextInt(PolicyFigure.values().length)];
                double reach = STEP * (figure.most() - figure.least());
                next = next.with(figure, next.at(figure) + reach * random.nextGaussian());
            }
            double worth = worth(next, courses);
            if (worth >= bestWorth) {
                bestWorth = worth;
                best = next;
            }
        }
        return best;
    }

    private static double worth(PolicyFigures figures, List<Course> courses) {
        AnswerPolicy policy = new AnswerPolicy(figures, AmdSpec.DEFAULT);
        PolicyWorth worth = new PolicyWorth();
        courses.forEach(course -> worth.add(course, course.decide(policy)));
        return worth.value();
    }
}
