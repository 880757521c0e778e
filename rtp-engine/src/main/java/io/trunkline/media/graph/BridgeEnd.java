package io.trunkline.media.graph;

/** One leg's end of a bridge: the other leg, and its sound on the way to being said here. */
final class BridgeEnd {
    private final LegGraph other;
    private final PcmLine line;

    BridgeEnd(LegGraph other, int sampleRate) {
        this.other = other;
        this.line = new PcmLine(sampleRate);
    }

    LegGraph other() {
        return other;
    }

    int rate() {
        return line.rate();
    }

    void put(short[] samples, int length, int sampleRate) {
        line.put(samples, length, sampleRate);
    }

    void take(short[] out, int samples) {
        line.take(out, samples);
    }
}
