package io.trunkline.media.amd;

import io.trunkline.media.AmdVerdict;

/** The probabilities of the moment. One object a detector, overwritten by the next estimate. */
public final class Hypothesis {
    private double human;
    private double machine;
    private double screener;
    private double fax;
    private double tone;
    private double silence;

    public double probability(AmdVerdict verdict) {
        return switch (verdict) {
            case HUMAN -> human;
            case MACHINE -> machine;
            case SCREENER -> screener;
            case FAX -> fax;
            case TONE -> tone;
            case SILENCE -> silence;
            case UNKNOWN -> Math.max(0, 1 - human - machine - screener - fax - tone - silence);
        };
    }

    void clear() {
        human = 0;
        machine = 0;
        screener = 0;
        fax = 0;
        tone = 0;
        silence = 0;
    }

    void set(AmdVerdict verdict, double probability) {
        switch (verdict) {
            case HUMAN -> human = probability;
            case MACHINE -> machine = probability;
            case SCREENER -> screener = probability;
            case FAX -> fax = probability;
            case TONE -> tone = probability;
            case SILENCE -> silence = probability;
            case UNKNOWN -> {}
        }
    }
}
