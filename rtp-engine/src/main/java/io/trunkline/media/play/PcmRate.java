package io.trunkline.media.play;

import io.trunkline.media.Codec;

/** The rate at which the engine itself handles a codec's samples. */
public final class PcmRate {
    private static final int WIDEBAND = 16000;

    private PcmRate() {}

    /** Opus lets one choose; wideband holds all of speech at a third of the work of 48 kHz. */
    public static int of(Codec codec) {
        return codec == Codec.OPUS ? WIDEBAND : codec.sampleRate();
    }
}
