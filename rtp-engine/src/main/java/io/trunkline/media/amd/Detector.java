package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdVerdict;

/**
 * Tells who answered one call. Feed it every sample from the answer on, in order, at 8 kHz; where nothing arrived (loss,
 * suppressed silence) feed what is played instead, or zeros, because its clock is the samples fed. Never feed early
 * media. It reports to its listener on the caller's thread, and may be fed on after its verdict for the greeting's end,
 * the beep and an overturned verdict, until {@link #done}.
 */
public final class Detector {
    private static final int HYPOTHESIS_EVERY_MS = 200;
    private static final int JUDGE_EVERY_MS = 50;

    private final AmdSpec spec;
    private final AmdListener listener;
    private final Framer framer = new Framer();
    private final Listening listening;
    private final Evidence evidence = new Evidence();
    private final Forest machineModel;
    private final AnswerPolicy policy;
    private final Hypothesis hypothesis = new Hypothesis();
    private final SilenceRule silence;
    private boolean decided;
    private double machine = 0.5;

    public Detector(Model model, AmdSpec spec, AmdListener listener) {
        this.spec = spec;
        this.listener = listener;
        listening = new Listening(model.voice());
        machineModel = model.machine();
        policy = new AnswerPolicy(spec);
        silence = new SilenceRule(spec);
    }

    /** Takes the next samples, as many as there are. */
    public void feed(short[] pcm, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at += framer.take(pcm, at, end - at);
            if (framer.complete()) {
                hop(framer.milliseconds());
            }
        }
    }

    /** Nothing more will be reported. */
    public boolean done() {
        return decided;
    }

    private void hop(long ms) {
        listening.hear(framer.window());
        if (!decided) {
            judge(ms);
        }
    }

    private void judge(long ms) {
        if (listening.turns().started() && ms % JUDGE_EVERY_MS == 0) {
            evidence.gather(listening);
            machine = machineModel.probability(evidence.values());
            answer(ms);
        } else if (silence.holds(ms, listening)) {
            verdict(AmdVerdict.SILENCE, 0.9, "nobody spoke", ms);
        }
        if (spec.hypotheses() && !decided && ms % HYPOTHESIS_EVERY_MS == 0) {
            report(ms);
        }
    }

    private void answer(long ms) {
        Turns turns = listening.turns();
        int silenceMs = turns.silence() * Framer.HOP_MS;
        switch (policy.decide(machine, silenceMs, turns.sinceStart() * Framer.HOP_MS)) {
            case HUMAN -> verdict(AmdVerdict.HUMAN, 1 - machine, spoke(turns, silenceMs), ms);
            case MACHINE -> verdict(AmdVerdict.MACHINE, machine, spoke(turns, silenceMs), ms);
            case OPEN -> {}
        }
    }

    private static String spoke(Turns turns, int silenceMs) {
        return "spoke for " + turns.span() * Framer.HOP_MS + " ms, then " + silenceMs + " ms of silence";
    }

    private void verdict(AmdVerdict verdict, double confidence, String reason, long ms) {
        decided = true;
        listener.onVerdict(verdict, confidence, reason, ms);
    }

    private void report(long ms) {
        hypothesis.clear();
        boolean spoken = listening.turns().started();
        hypothesis.set(AmdVerdict.MACHINE, spoken ? machine : 0);
        hypothesis.set(AmdVerdict.HUMAN, spoken ? 1 - machine : 0);
        hypothesis.set(AmdVerdict.SILENCE, spoken ? 0 : 1);
        listener.onHypothesis(hypothesis, ms);
    }
}
