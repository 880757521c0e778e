package io.trunkline.control.stream;

import io.trunkline.control.call.StreamSpec;
import java.util.Optional;

/** For wires without tracks: one side as it is, both as the two channels of stereo, the peer first. */
final class Interleaver {
    private final boolean both;
    private short[] inbound = {};

    Interleaver(StreamSpec.Track track) {
        this.both = track == StreamSpec.Track.BOTH;
    }

    int channels() {
        return both ? 2 : 1;
    }

    /** What is complete now. */
    Optional<short[]> add(SentFrame frame) {
        if (!both) {
            return Optional.of(frame.samples());
        }
        if (frame.inbound()) {
            inbound = frame.samples().clone();
            return Optional.empty();
        }
        short[] pairs = new short[frame.samples().length * 2];
        for (int i = 0; i < frame.samples().length; i++) {
            pairs[2 * i] = i < inbound.length ? inbound[i] : 0;
            pairs[2 * i + 1] = frame.samples()[i];
        }
        return Optional.of(pairs);
    }
}
