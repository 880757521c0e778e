package io.trunkline.control.stream;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSources;
import io.vertx.core.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/**
 * A program's MP3, decoded as it arrives on a virtual thread of its own; its sound comes back to the stream's context, a
 * bounded number of pieces at a time.
 */
final class Mp3Voice implements AudioSink, AutoCloseable {
    private static final int ENOUGH_BYTES = 256 * 1024;
    private static final int PIECES_AHEAD = 50;

    /** Of the sound, on the stream's context. */
    interface Listener {
        /** False when there is no room for more: {@link #goOn} when there is. */
        boolean onSound(short[] samples, int sampleRate);

        void onBroken();
    }

    private final Context home;
    private final Listener listener;
    private final ArrivingBytes bytes = new ArrivingBytes();
    private final Semaphore pieces = new Semaphore(PIECES_AHEAD);
    private final Thread thread;
    private int sampleRate;
    private int held;

    Mp3Voice(Context home, Listener listener) {
        this.home = home;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("stream-mp3").start(this::decode);
    }

    void say(byte[] message) {
        bytes.add(message);
    }

    /** False while no more should come. */
    boolean hasRoom() {
        return bytes.waiting() < ENOUGH_BYTES;
    }

    /** What was decoded has found its place: on the stream's context. */
    void goOn() {
        pieces.release(held);
        held = 0;
    }

    private void decode() {
        try {
            AudioSources.liveMp3(bytes).writeTo(this);
        } catch (IOException | RuntimeException notMp3) {
            home.runOnContext(_ -> listener.onBroken());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start(int rate) {
        sampleRate = rate;
    }

    @Override
    public void write(short[] samples, int offset, int length) throws InterruptedException {
        short[] sound = Arrays.copyOfRange(samples, offset, offset + length);
        pieces.acquire();
        home.runOnContext(_ -> {
            if (listener.onSound(sound, sampleRate)) {
                pieces.release();
            } else {
                held++;
            }
        });
    }

    @Override
    public void close() {
        bytes.end();
        thread.interrupt();
    }
}
