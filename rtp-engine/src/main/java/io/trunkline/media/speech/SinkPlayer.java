package io.trunkline.media.speech;

import com.sun.speech.freetts.audio.AudioPlayer;
import io.trunkline.media.AudioSink;
import javax.sound.sampled.AudioFormat;
import org.jspecify.annotations.Nullable;

/** FreeTTS's idea of a loudspeaker, which is our sink; it hands over 16-bit big-endian PCM. */
final class SinkPlayer implements AudioPlayer {
    private final AudioSink sink;
    private AudioFormat format = new AudioFormat(16_000, 16, 1, true, true);
    private boolean started;
    private volatile @Nullable InterruptedException interrupted;

    SinkPlayer(AudioSink sink) {
        this.sink = sink;
    }

    void rethrow() throws InterruptedException {
        InterruptedException stopped = interrupted;
        if (stopped != null) {
            throw stopped;
        }
    }

    @Override
    public boolean write(byte[] audio, int offset, int length) {
        try {
            if (!started) {
                started = true;
                sink.start((int) format.getSampleRate());
            }
            short[] samples = new short[length / 2];
            for (int i = 0; i < samples.length; i++) {
                int at = offset + 2 * i;
                samples[i] = (short) ((audio[at] << 8) | (audio[at + 1] & 0xff));
            }
            sink.write(samples, 0, samples.length);
            return true;
        } catch (InterruptedException e) {
            interrupted = e;
            return false;
        }
    }

    @Override
    public boolean write(byte[] audio) {
        return write(audio, 0, audio.length);
    }

    @Override
    public void setAudioFormat(AudioFormat next) {
        format = next;
    }

    @Override
    public AudioFormat getAudioFormat() {
        return format;
    }

    @Override
    public void begin(int size) {}

    @Override
    public boolean end() {
        return interrupted == null;
    }

    @Override
    public boolean drain() {
        return true;
    }

    @Override
    public float getVolume() {
        return 1;
    }

    @Override
    public void setVolume(float volume) {}

    @Override
    public long getTime() {
        return 0;
    }

    @Override
    public void resetTime() {}

    @Override
    public void startFirstSampleTimer() {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {}

    @Override
    public void reset() {}

    @Override
    public void close() {}

    @Override
    public void showMetrics() {}
}
