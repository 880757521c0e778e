package io.trunkline.media.codec;

/** The constants of ITU-T G.722, tables 5 and 14 to 21. */
final class G722Tables {
    /** Impulse response of the quadrature mirror filters: every second coefficient (the rest are these mirrored). */
    static final int[] MIRROR = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    /** Q6: decision levels of the lower band's 60-level quantizer. */
    static final int[] DECISIONS = {
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219,
        1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    /** QM6: outputs of the 6-bit inverse quantizer. */
    static final int[] LOWER_6 = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
        -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
        -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    /** QM4: outputs of the 4-bit inverse quantizer that drives the predictor. */
    static final int[] LOWER_4 = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };

    /** WL by way of RL42: how the lower scale moves for each 4-bit code. */
    static final int[] LOWER_STEP = {-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60};

    /** QM2: outputs of the higher band's inverse quantizer. */
    static final int[] HIGHER_2 = {-7408, -1616, 7408, 1616};

    /** WH by way of RH2: how the higher scale moves for each code. */
    static final int[] HIGHER_STEP = {798, -214, 798, -214};

    private G722Tables() {}
}
