package io.trunkline.media;

/** Takes mono 16-bit samples of one rate; waits when its bound is reached. */
public interface AudioSink {
    /** Said once, before the first samples. */
    void start(int sampleRate) throws InterruptedException;

    void write(short[] samples, int offset, int length) throws InterruptedException;
}
