package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;

/** Person or machine by how the far side speaks: the learned odds every 50 ms, and when they are good enough. */
final class SpeechVerdict {
    private static final int EVERY_MS = 50;

    private final Evidence evidence = new Evidence();
    private final Forest model;
    private final AnswerPolicy policy;
    private final Suspicion suspicion = new Suspicion();
    private double machine = 0.5;
    private boolean fresh;

    SpeechVerdict(Model trained, AmdSpec spec) {
        model = trained.machine();
        policy = new AnswerPolicy(trained.policy(), spec);
    }

    /** Takes a frame of a call whose odds are still needed. */
    void update(long ms, Listening heard) {
        fresh = ms % EVERY_MS == 0 && heard.turns().started();
        if (fresh) {
            evidence.gather(heard);
            machine = model.probability(evidence.values());
        }
    }

    AnswerPolicy.Call decide(Turns turns) {
        if (!fresh) {
            return AnswerPolicy.Call.OPEN;
        }
        int silenceMs = turns.silence() * Framer.HOP_MS;
        int sinceStartMs = turns.sinceStart() * Framer.HOP_MS;
        suspicion.note(machine, silenceMs, sinceStartMs);
        return policy.decide(machine, suspicion.most(), silenceMs, turns.span() * Framer.HOP_MS, sinceStartMs);
    }

    /** The probability that it is a machine, given that somebody spoke. */
    double machine() {
        return machine;
    }

    static String reason(Turns turns) {
        int span = turns.span() * Framer.HOP_MS;
        int silence = turns.silence() * Framer.HOP_MS;
        return silence < 100
                ? "has spoken for " + span + " ms and goes on"
                : "spoke for " + span + " ms, then was silent for " + silence + " ms";
    }
}
