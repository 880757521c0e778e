package io.trunkline.media.play;

import io.trunkline.media.AudioSink;

/** Lets sound begin and end within 3 ms instead of at once: a file cut in mid-wave would click. */
final class SoftEdges implements AudioSink {
    private static final int EDGE_MS = 3;

    private final AudioSink next;
    private short[] held = new short[0];
    private int heldLength;
    private long seen;

    SoftEdges(AudioSink next) {
        this.next = next;
    }

    @Override
    public void start(int sampleRate) throws InterruptedException {
        held = new short[Math.max(1, sampleRate * EDGE_MS / 1000)];
        next.start(sampleRate);
    }

    @Override
    public void write(short[] samples, int offset, int length) throws InterruptedException {
        short[] all = new short[heldLength + length];
        System.arraycopy(held, 0, all, 0, heldLength);
        System.arraycopy(samples, offset, all, heldLength, length);
        for (int i = heldLength; i < all.length && seen < held.length; i++, seen++) {
            all[i] = (short) (all[i] * seen / held.length);
        }
        heldLength = Math.min(held.length, all.length);
        int passed = all.length - heldLength;
        System.arraycopy(all, passed, held, 0, heldLength);
        if (passed > 0) {
            next.write(all, 0, passed);
        }
    }

    /** The end of the sound: gives what was held back, fading. */
    void finish() throws InterruptedException {
        for (int i = 0; i < heldLength; i++) {
            held[i] = (short) (held[i] * (heldLength - 1 - i) / heldLength);
        }
        if (heldLength > 0) {
            next.write(held, 0, heldLength);
        }
        heldLength = 0;
    }
}
