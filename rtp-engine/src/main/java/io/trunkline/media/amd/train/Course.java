package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.AnswerPolicy;
import io.trunkline.media.amd.AnswerPolicy.Call;
import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Sampling;
import io.trunkline.media.amd.Suspicion;
import java.util.List;

/** One call as the policy sees it: moment by moment, the odds of a machine. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Course(Clip clip, List<Lesson.Step> steps, float[] odds) {
    /** A beep is told by its own trees about so long after it ends. */
    private static final int BEEP_TOLD_MS = 160;

    /** What was said when; never is -1. */
    record Decision(Call call, int ms) {}

    static Course of(Lesson lesson, Forest trees) {
        float[] odds = new float[lesson.course().size()];
        for (int i = 0; i < odds.length; i++) {
            odds[i] = trees.probability(lesson.course().get(i).features());
        }
        return new Course(lesson.clip(), lesson.course(), odds);
    }

    boolean machine() {
        return clip.label() == AmdVerdict.MACHINE;
    }

    Decision decide(AnswerPolicy policy) {
        int beepMs = beepToldMs();
        Suspicion suspicion = new Suspicion();
        for (int i = 0; i < odds.length; i++) {
            Sampling.Moment now = steps.get(i).when();
            if (now.ms() >= beepMs) {
                return new Decision(Call.MACHINE, beepMs);
            }
            if (now.free()) {
                suspicion.note(odds[i], now.silenceMs(), now.sinceStartMs());
                Call call = policy.decide(odds[i], suspicion.most(), now.silenceMs(), now.spanMs(), now.sinceStartMs());
                if (call != Call.OPEN) {
                    return new Decision(call, now.ms());
                }
            }
        }
        return new Decision(Call.OPEN, -1);
    }

    private int beepToldMs() {
        return clip.beeps().stream()
                .mapToInt(beep -> beep.onsetMs() + beep.lengthMs() + BEEP_TOLD_MS)
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
