package io.trunkline.media;

import java.util.Arrays;
import java.util.Optional;

/** The codecs of the engine, by their SDP names (RFC 3551, RFC 7587). */
public enum Codec {
    PCMU("PCMU", 8000, 8000),
    PCMA("PCMA", 8000, 8000),
    /** RFC 3551 section 4.5.2: the RTP clock of G.722 is 8000 although it samples at 16000. */
    G722("G722", 8000, 16000),
    L16("L16", 16000, 16000),
    OPUS("opus", 48000, 48000);

    private final String sdpName;
    private final int clockRate;
    private final int sampleRate;

    Codec(String sdpName, int clockRate, int sampleRate) {
        this.sdpName = sdpName;
        this.clockRate = clockRate;
        this.sampleRate = sampleRate;
    }

    public String sdpName() {
        return sdpName;
    }

    /** Ticks of the RTP timestamp in a second. */
    public int clockRate() {
        return clockRate;
    }

    /** Samples of PCM in a second. */
    public int sampleRate() {
        return sampleRate;
    }

    public static Optional<Codec> named(String name) {
        return Arrays.stream(values())
                .filter(codec -> codec.sdpName.equalsIgnoreCase(name))
                .findFirst();
    }
}
