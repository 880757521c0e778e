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

    private final AmdSpec spec;
    private final AmdListener listener;
    private final Framer framer = new Framer();
    private final Listening listening;
    private final LineSignals signals = new LineSignals();
    private final BeepJudge beeps;
    private final SpeechVerdict speech;
    private final SilenceRule silence;
    private final Aftermath aftermath;
    private final Hypothesis hypothesis = new Hypothesis();
    private boolean decided;

    public Detector(Model model, AmdSpec spec, AmdListener listener) {
        this.spec = spec;
        this.listener = listener;
        listening = new Listening(model.voice());
        beeps = new BeepJudge(model.beep());
        speech = new SpeechVerdict(model, spec);
        silence = new SilenceRule(spec);
        aftermath = new Aftermath(listener);
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

    /** Whether a verdict was given. */
    public boolean decided() {
        return decided;
    }

    /** Nothing more will be reported, so nothing more need be fed. */
    public boolean done() {
        return decided && aftermath.over();
    }

    private void hop(long ms) {
        listening.hear(framer.window());
        signals.update(listening.ear(), listening.tones(), listening.turns());
        beeps.update(ms, listening, signals);
        if (!decided || aftermath.doubts(ms)) {
            speech.update(ms, listening);
        }
        if (decided) {
            aftermath.update(ms, listening, beeps, speech);
            return;
        }
        judge(ms);
        reportBeep(ms);
        if (spec.hypotheses() && !decided && ms % HYPOTHESIS_EVERY_MS == 0) {
            estimate();
            listener.onHypothesis(hypothesis, ms);
        }
    }

    private void judge(long ms) {
        boolean quiet = silence.holds(ms, listening);
        if (signals.verdict() != AmdVerdict.UNKNOWN) {
            verdict(signals.verdict(), 0.98, signals.reason(), ms);
        } else if (beeps.found()) {
            verdict(AmdVerdict.MACHINE, 0.98, "a beep at " + beeps.hertz() + " Hz after speech", ms);
        } else if (!beeps.pending() && !listening.toneSounds() && !signals.expectsMore(listening.ear())) {
            judgeSpeech(ms, quiet);
        }
    }

    private void judgeSpeech(long ms, boolean quiet) {
        if (quiet) {
            verdict(AmdVerdict.SILENCE, 0.9, "nobody spoke for " + ms + " ms", ms);
            return;
        }
        switch (speech.decide(listening.turns())) {
            case HUMAN -> verdict(AmdVerdict.HUMAN, 1 - speech.machine(), SpeechVerdict.reason(listening.turns()), ms);
            case MACHINE -> verdict(AmdVerdict.MACHINE, speech.machine(), SpeechVerdict.reason(listening.turns()), ms);
            case OPEN -> {}
        }
    }

    private void reportBeep(long ms) {
        if (beeps.found()) {
            aftermath.beep(ms, listening.turns(), beeps);
        }
    }

    private void verdict(AmdVerdict verdict, double confidence, String reason, long ms) {
        decided = true;
        aftermath.begin(verdict, ms);
        listener.onVerdict(verdict, confidence, reason, ms);
    }

    private void estimate() {
        hypothesis.clear();
        if (listening.toneSounds()) {
            hypothesis.set(AmdVerdict.TONE, 0.5);
        } else if (listening.turns().started()) {
            hypothesis.set(AmdVerdict.MACHINE, speech.machine());
            hypothesis.set(AmdVerdict.HUMAN, 1 - speech.machine());
        } else {
            hypothesis.set(AmdVerdict.SILENCE, Math.min(0.9, listening.ear().frame() / 600.0));
        }
    }
}
