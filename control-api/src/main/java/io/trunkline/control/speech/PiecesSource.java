package io.trunkline.control.speech;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Speech piece by piece, of one voice: each in its manner, with silence between; the first is heard while others are made. */
record PiecesSource(Voices.Choice choice, double rate, List<Piece> pieces, String key) implements AudioSource {
    @Override
    public void writeTo(AudioSink sink) throws IOException, InterruptedException {
        int sampleRate = choice.voice().sampleRate();
        Joint joint = new Joint(sink, sampleRate);
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Silence(var length) -> joint.silence(length.toMillis());
                case Piece.Words(String text, double pace, double gainDb) -> {
                    joint.gain(gainDb);
                    choice.engine().speak(new SpeechRequest(text, choice.voice(), rate * pace), joint);
                }
            }
        }
    }

    @Override
    public Optional<String> cacheKey() {
        return Optional.of(key);
    }

    /** One stream out of many: begun once, at the rate of the first that speaks. */
    private static final class Joint implements AudioSink {
        private final AudioSink sink;
        private int sampleRate;
        private boolean started;
        private double factor = 1;

        Joint(AudioSink sink, int sampleRate) {
            this.sink = sink;
            this.sampleRate = sampleRate;
        }

        void gain(double db) {
            factor = Math.pow(10, db / 20);
        }

        @Override
        public void start(int rate) throws InterruptedException {
            if (!started) {
                started = true;
                sampleRate = rate;
                sink.start(rate);
            }
        }

        @Override
        public void write(short[] samples, int offset, int length) throws InterruptedException {
            if (factor == 1) {
                sink.write(samples, offset, length);
                return;
            }
            short[] scaled = new short[length];
            for (int i = 0; i < length; i++) {
                scaled[i] =
                        (short) Math.clamp(Math.round(samples[offset + i] * factor), Short.MIN_VALUE, Short.MAX_VALUE);
            }
            sink.write(scaled, 0, length);
        }

        void silence(long millis) throws InterruptedException {
            start(sampleRate);
            short[] nothing = new short[(int) (sampleRate * millis / 1000)];
            sink.write(nothing, 0, nothing.length);
        }
    }
}
