package io.trunkline.media.graph;

import java.util.ArrayList;
import java.util.List;

/** Lets several listeners hear one direction. */
public final class Tee {
    private final List<FrameListener> listeners = new ArrayList<>();

    public void add(FrameListener listener) {
        listeners.add(listener);
    }

    public void remove(FrameListener listener) {
        listeners.remove(listener);
    }

    /** A listener may take itself away while it is told. */
    void onFrame(short[] samples, int length, int sampleRate, long nowNanos) {
        for (int i = listeners.size() - 1; i >= 0; i--) {
            listeners.get(i).onFrame(samples, length, sampleRate, nowNanos);
        }
    }

    public boolean isEmpty() {
        return listeners.isEmpty();
    }
}
