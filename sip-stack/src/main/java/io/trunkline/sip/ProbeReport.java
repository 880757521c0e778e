package io.trunkline.sip;

import java.util.List;

/**
 * What asking a trunk found, in words for the one who has to connect it.
 *
 * @param ok whether calls can be expected to work
 * @param summary one sentence
 * @param advice what to change, most important first; empty when nothing is wrong
 */
public record ProbeReport(String trunkId, boolean ok, String summary, List<String> advice, List<Step> steps) {
    public ProbeReport {
        advice = List.copyOf(advice);
        steps = List.copyOf(steps);
    }

    /** What was tried. */
    public enum Test {
        /** The host's name, by DNS. */
        LOOKUP,
        /** OPTIONS as the trunk is configured. */
        OPTIONS,
        /** OPTIONS over a transport that the trunk is not configured for. */
        TRANSPORT,
        /** OPTIONS in the name of another From. */
        IDENTITY,
        /** REGISTER without a Contact, which only asks (RFC 3261 10.2.3): no binding changes. */
        REGISTER
    }

    /**
     * One trial.
     *
     * @param target to whom, as {@code sip.example.net (203.0.113.5:5060/UDP)}
     * @param sipCode the final status, 0 where none came
     */
    public record Step(Test test, String target, boolean ok, int sipCode, long millis, String text) {}
}
