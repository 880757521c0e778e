package io.trunkline.media.engine;

import io.trunkline.media.AudioTap;
import io.trunkline.media.TapSpec;
import io.trunkline.media.graph.FrameListener;
import io.trunkline.media.graph.LegGraph;
import io.trunkline.media.graph.ToRate;

/** Hands frames of one or both directions to somebody outside, at the rate they asked for. */
final class Tap {
    private final TapSpec spec;
    private final AudioTap tap;
    private final FrameListener heard;
    private final FrameListener said;
    private long firstNanos = -1;

    Tap(TapSpec spec, AudioTap tap) {
        this.spec = spec;
        this.tap = tap;
        this.heard = listener(true);
        this.said = listener(false);
    }

    private FrameListener listener(boolean inbound) {
        ToRate rate = new ToRate(spec.sampleRate());
        return (samples, length, sampleRate, nowNanos) -> {
            int count = rate.convert(samples, length, sampleRate);
            tap.onFrame(inbound, rate.frame(samples), count, millisSinceStart(nowNanos));
        };
    }

    private long millisSinceStart(long nowNanos) {
        if (firstNanos < 0) {
            firstNanos = nowNanos;
        }
        return (nowNanos - firstNanos) / 1_000_000;
    }

    void attach(LegGraph graph) {
        if (spec.inbound()) {
            graph.heard().add(heard);
        }
        if (spec.outbound()) {
            graph.said().add(said);
        }
    }

    void detach(LegGraph graph) {
        graph.heard().remove(heard);
        graph.said().remove(said);
    }
}
