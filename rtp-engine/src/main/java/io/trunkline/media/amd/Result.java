package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdVerdict;
import java.util.Locale;

/** What the detector said of one recording, fed frame by frame as a call would be. Times are milliseconds, -1 if never. */
public final class Result implements AmdListener {
    private static final int FRAME = 160;

    private AmdVerdict verdict = AmdVerdict.UNKNOWN;
    private double confidence;
    private String reason = "no verdict before its end";
    private long decidedMs = -1;
    private String overturned = "";
    private long greetingEndMs = -1;
    private long beepMs = -1;
    private long beepEmittedMs = -1;
    private int beepHertz;
    private int beepLengthMs;
    private double machine = 0.5;

    private Result() {}

    public static Result of(short[] samples, Model model, AmdSpec spec) {
        Result result = new Result();
        Detector detector = new Detector(model, spec, result);
        for (int at = 0; at < samples.length && !detector.done(); at += FRAME) {
            detector.feed(samples, at, Math.min(FRAME, samples.length - at));
        }
        return result;
    }

    @Override
    public void onHypothesis(Hypothesis estimate, long ms) {
        machine = estimate.probability(AmdVerdict.MACHINE);
    }

    @Override
    public void onVerdict(AmdVerdict said, double sure, String why, long ms) {
        verdict = said;
        confidence = sure;
        reason = why;
        decidedMs = ms;
        machine = said == AmdVerdict.HUMAN ? 1 - sure : said == AmdVerdict.MACHINE ? sure : machine;
    }

    @Override
    public void onOverturned(AmdVerdict said, double sure, String why, long ms) {
        overturned = "; " + name(said) + " after all at " + ms + " ms: " + why;
    }

    @Override
    public void onGreetingEnded(long ms) {
        greetingEndMs = ms;
    }

    @Override
    public void onBeep(long onsetMs, int frequencyHz, int lengthMs, long ms) {
        if (beepMs < 0) {
            beepMs = onsetMs;
            beepEmittedMs = ms;
            beepHertz = frequencyHz;
            beepLengthMs = lengthMs;
        }
    }

    public AmdVerdict verdict() {
        return verdict;
    }

    public long decidedMs() {
        return decidedMs;
    }

    public long beepMs() {
        return beepMs;
    }

    public long beepEmittedMs() {
        return beepEmittedMs;
    }

    public long greetingEndMs() {
        return greetingEndMs;
    }

    /** The probability of a machine at the verdict, or the last estimate. */
    public double machine() {
        return machine;
    }

    public String json(String clip) {
        return "{\"clip\":\"%s\",\"verdict\":\"%s\",\"decided_at_ms\":%s,\"beep_at_ms\":%s,\"beep_emitted_ms\":%s}"
                .formatted(
                        clip.replace("\\", "\\\\").replace("\"", "\\\""),
                        kind(verdict),
                        orNull(decidedMs),
                        orNull(beepMs),
                        orNull(beepEmittedMs));
    }

    public String words(String clip) {
        StringBuilder out = new StringBuilder(
                "%s: %s %.2f at %d ms: %s".formatted(clip, name(verdict), confidence, Math.max(0, decidedMs), reason));
        out.append(overturned);
        if (greetingEndMs >= 0) {
            out.append("; greeting ends at ").append(greetingEndMs).append(" ms");
        }
        if (beepMs >= 0) {
            out.append("; beep at %d ms, %d Hz, %d ms long".formatted(beepMs, beepHertz, beepLengthMs));
        }
        return out.toString();
    }

    /** The kinds of a corpus know no screener: it is a machine. */
    public static String kind(AmdVerdict verdict) {
        return name(verdict == AmdVerdict.SCREENER ? AmdVerdict.MACHINE : verdict);
    }

    private static String name(AmdVerdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static String orNull(long ms) {
        return ms < 0 ? "null" : String.valueOf(ms);
    }
}
