package io.trunkline.media.graph;

import java.util.Arrays;

/**
 * Three and more legs that hear each other: everyone gets the sum of all less their own. Each seat holds its leg's latest
 * 20 ms, so that every leg, whatever its phase, takes each of the others' samples exactly once; the total is kept up to
 * date, so that one more leg costs the others nothing.
 *
 * <p>Belongs to one media loop.
 */
public final class Mixer {
    private static final int BLOCKS = 2;
    private static final long STALE_NANOS = 45_000_000;

    private final int rate;
    private final int blockSamples;
    private final int[] total;

    public Mixer(int sampleRate) {
        this.rate = sampleRate;
        this.blockSamples = sampleRate / 100;
        this.total = new int[BLOCKS * blockSamples];
    }

    public Seat join() {
        return new Seat();
    }

    /** One leg's place. Blocks are of 10 ms: a leg with short ticks fills and takes one at a time. */
    public final class Seat {
        private final short[] latest = new short[BLOCKS * blockSamples];
        private final short[] block = new short[blockSamples];
        private final PcmLine fromLeg = new PcmLine(rate);
        private PcmLine toLeg = new PcmLine(rate);
        private int putBlock;
        private int takeBlock;
        private long lastPutNanos;

        private Seat() {}

        /** What this leg heard is in the mix from now on, in place of what it heard before. */
        public void put(short[] samples, int length, int sampleRate, long nowNanos) {
            lastPutNanos = nowNanos;
            fromLeg.put(samples, length, sampleRate);
            for (int i = 0; i < blocks(length, sampleRate); i++) {
                fromLeg.take(block, blockSamples);
                replace(putBlock * blockSamples);
                putBlock = (putBlock + 1) % BLOCKS;
            }
        }

        private static int blocks(int length, int sampleRate) {
            return Math.max(1, length * 100 / sampleRate);
        }

        private void replace(int at) {
            for (int i = 0; i < blockSamples; i++) {
                total[at + i] += block[i] - latest[at + i];
                latest[at + i] = block[i];
            }
        }

        /** The others' latest, at the leg's own rate. */
        public void take(short[] out, int samples, int sampleRate, long nowNanos) {
            if (nowNanos - lastPutNanos > STALE_NANOS) {
                leave();
            }
            if (toLeg.rate() != sampleRate) {
                toLeg = new PcmLine(sampleRate);
            }
            for (int i = 0; i < blocks(samples, sampleRate); i++) {
                mixOthers(takeBlock * blockSamples);
                toLeg.put(block, blockSamples, rate);
                takeBlock = (takeBlock + 1) % BLOCKS;
            }
            toLeg.take(out, samples);
        }

        private void mixOthers(int at) {
            for (int i = 0; i < blockSamples; i++) {
                block[i] = (short) Math.clamp(total[at + i] - latest[at + i], Short.MIN_VALUE, Short.MAX_VALUE);
            }
        }

        /** Takes this leg's sound out of the mix. */
        public void leave() {
            Arrays.fill(block, (short) 0);
            for (int i = 0; i < BLOCKS; i++) {
                replace(i * blockSamples);
            }
        }
    }
}
