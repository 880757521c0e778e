package io.trunkline.media.play;

import io.trunkline.media.AudioSink;

/** Measures instead of playing: length, and loudness while there is sound (pauses do not count). */
final class LoudnessMeter implements AudioSink {
    private static final double GATE = Math.pow(32_767 * 0.0032, 2);

    private int sampleRate = 8000;
    private long samples;
    private double energy;
    private long sounding;
    private double blockEnergy;
    private int blockLength;

    @Override
    public void start(int rate) {
        sampleRate = rate;
    }

    @Override
    public void write(short[] chunk, int offset, int length) {
        int block = sampleRate / 20;
        for (int i = offset; i < offset + length; i++) {
            blockEnergy += (double) chunk[i] * chunk[i];
            if (++blockLength == block) {
                closeBlock();
            }
        }
        samples += length;
    }

    int sampleRate() {
        return sampleRate;
    }

    long durationMs() {
        return samples * 1000 / sampleRate;
    }

    /** Against a full-scale sine; −120 for silence. */
    double levelDbfs() {
        closeBlock();
        double rms = sounding == 0 ? 0 : Math.sqrt(energy / sounding);
        return Math.max(-120, 20 * Math.log10(rms * Math.sqrt(2) / Short.MAX_VALUE + 1e-9));
    }

    private void closeBlock() {
        if (blockLength > 0 && blockEnergy / blockLength > GATE) {
            energy += blockEnergy;
            sounding += blockLength;
        }
        blockEnergy = 0;
        blockLength = 0;
    }
}
