package io.trunkline.media.play;

/** Brings a source's samples to another rate, block by block. */
final class RateConverter {
    /** Takes what came out. */
    interface Output {
        void take(short[] samples, int offset, int length) throws InterruptedException;
    }

    RateConverter(int from, int to) {
        if (from != to) {
            throw new PlayFailure("no conversion from " + from + " to " + to + " samples a second");
        }
    }

    void convert(short[] samples, int offset, int length, Output output) throws InterruptedException {
        output.take(samples, offset, length);
    }
}
