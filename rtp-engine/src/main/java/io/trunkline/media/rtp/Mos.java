package io.trunkline.media.rtp;

import io.trunkline.media.Codec;

/** What a listener would say of a call, 1 to 4.5: the E-model (ITU-T G.107) with its defaults, delay and packet loss. */
public final class Mos {
    private static final double BEST_RATING = 93.2;
    private static final double NOTICEABLE_DELAY_MILLIS = 177.3;
    /** G.113 appendix I for G.711 with concealment; the others with a concealment of like strength. */
    private static final double LOSS_ROBUSTNESS = 25.1;

    private static final double LOSS_ROBUSTNESS_OPUS = 35;

    private Mos() {}

    /**
     * @param loss fraction that never arrived in time
     * @param oneWayMillis mouth to ear
     */
    public static double of(Codec codec, double loss, double oneWayMillis) {
        double robustness = codec == Codec.OPUS ? LOSS_ROBUSTNESS_OPUS : LOSS_ROBUSTNESS;
        double percent = 100 * loss;
        double equipment = 95 * percent / (percent + robustness);
        double beyond = Math.max(0, oneWayMillis - NOTICEABLE_DELAY_MILLIS);
        double rating = BEST_RATING - equipment - 0.024 * oneWayMillis - 0.11 * beyond;
        return rating <= 0 ? 1 : Math.min(4.5, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }
}
