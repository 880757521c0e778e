package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdVerdict;
import java.util.ArrayList;
import java.util.List;

/** Everything that a detector reported of some samples. */
final class Heard implements AmdListener {
    record Beep(long onsetMs, int hertz, int lengthMs, long toldMs) {}

    final List<AmdVerdict> verdicts = new ArrayList<>();
    final List<AmdVerdict> overturned = new ArrayList<>();
    final List<Beep> beeps = new ArrayList<>();
    final List<Long> greetingEnds = new ArrayList<>();
    final List<Long> hypotheses = new ArrayList<>();
    String reason = "";
    double confidence;
    long decidedMs = -1;

    static Heard of(AmdSpec spec, short[] samples) {
        Heard heard = new Heard();
        Detector detector = new Detector(Model.shipped(), spec, heard);
        for (int at = 0; at < samples.length; at += 160) {
            detector.feed(samples, at, Math.min(160, samples.length - at));
        }
        return heard;
    }

    static Heard of(short[] samples) {
        return of(AmdSpec.DEFAULT, samples);
    }

    @Override
    public void onHypothesis(Hypothesis estimate, long ms) {
        hypotheses.add(ms);
    }

    @Override
    public void onVerdict(AmdVerdict verdict, double sure, String why, long ms) {
        verdicts.add(verdict);
        confidence = sure;
        reason = why;
        decidedMs = ms;
    }

    @Override
    public void onOverturned(AmdVerdict verdict, double sure, String why, long ms) {
        overturned.add(verdict);
    }

    @Override
    public void onGreetingEnded(long ms) {
        greetingEnds.add(ms);
    }

    @Override
    public void onBeep(long onsetMs, int frequencyHz, int lengthMs, long ms) {
        beeps.add(new Beep(onsetMs, frequencyHz, lengthMs, ms));
    }
}
