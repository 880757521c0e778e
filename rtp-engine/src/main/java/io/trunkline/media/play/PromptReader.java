package io.trunkline.media.play;

import io.trunkline.media.Codec;
import org.jspecify.annotations.Nullable;

/** One call's place in a shared prompt. */
final class PromptReader implements FrameReader {
    private static final int READY_FRAMES = 5;

    private final Prompt prompt;
    private final Prompt.Edition edition;
    private int position;
    private int lastRead = -1;

    PromptReader(Prompt prompt, Codec codec) {
        this.prompt = prompt;
        this.edition = prompt.edition(codec);
    }

    /** Goes to a moment, on a frame's border. */
    PromptReader at(long micros) {
        int frame = edition.frameSamples();
        position = (int) (micros * edition.sampleRate() / 1_000_000 / frame) * frame;
        return this;
    }

    @Override
    public int read(short[] out, int samples) {
        int given = Math.clamp(edition.readySamples() - position, 0, samples);
        System.arraycopy(edition.samples(), position, out, 0, given);
        lastRead = given == samples ? position : -1;
        position += given;
        return given;
    }

    @Override
    public @Nullable EncodedFrame encoded(int frameSamples) {
        boolean aligned = lastRead >= 0 && frameSamples == edition.frameSamples() && lastRead % frameSamples == 0;
        return aligned ? edition.frame(lastRead / frameSamples) : null;
    }

    @Override
    public boolean isReady() {
        return edition.isComplete() || edition.readySamples() >= READY_FRAMES * edition.frameSamples();
    }

    @Override
    public boolean isDrained() {
        return edition.isComplete() && position >= edition.readySamples();
    }

    @Override
    public String failure() {
        return prompt.failure();
    }

    @Override
    public void rewind() {
        position = 0;
    }

    @Override
    public void abandon() {
        // Shared: it goes on for the others.
    }
}
