package io.trunkline.media.dtmf;

/** Presses to tones in the audio itself, for peers without telephone events; the two tones at −9 and −7 dBFS. */
public final class ToneSender {
    private static final double LOW_AMPLITUDE = 32_767 * 0.25;
    private static final double HIGH_AMPLITUDE = 32_767 * 0.32;
    private static final int RAMP_MS = 2;

    private final int sampleRate;
    private final int toneSamples;
    private final int gapSamples;
    private final DigitQueue queue = new DigitQueue();

    private char digit = DigitQueue.NONE;
    private int position;
    private int waiting;

    public ToneSender(int sampleRate, int toneMs, int gapMs) {
        this.sampleRate = sampleRate;
        toneSamples = sampleRate * toneMs / 1000;
        gapSamples = sampleRate * gapMs / 1000;
    }

    /** Queues digits; false when one of them is none or the queue is full, and then nothing is queued. */
    public boolean enqueue(String digits) {
        return queue.offer(digits);
    }

    public boolean isIdle() {
        return digit == DigitQueue.NONE && queue.isEmpty() && waiting <= 0;
    }

    /** Writes the next samples over {@code out}; false, and {@code out} untouched, when there is nothing to send. */
    public boolean next(short[] out, int samples) {
        if (isIdle()) {
            return false;
        }
        for (int i = 0; i < samples; i++) {
            out[i] = next();
        }
        return true;
    }

    private short next() {
        if (digit == DigitQueue.NONE) {
            if (waiting > 0) {
                waiting--;
                return 0;
            }
            begin();
            if (digit == DigitQueue.NONE) {
                return 0;
            }
        }
        short sample = tone();
        if (++position == toneSamples) {
            digit = DigitQueue.NONE;
            waiting = gapSamples;
        }
        return sample;
    }

    private void begin() {
        char next = queue.poll();
        position = 0;
        if (next == DigitQueue.PAUSE) {
            waiting = sampleRate * DigitQueue.PAUSE_MS / 1000;
        } else {
            digit = next;
        }
    }

    private short tone() {
        double time = 2 * Math.PI * position / sampleRate;
        double sum = LOW_AMPLITUDE * Math.sin(Digits.low(digit) * time)
                + HIGH_AMPLITUDE * Math.sin(Digits.high(digit) * time);
        int ramp = sampleRate * RAMP_MS / 1000;
        int edge = Math.min(position + 1, toneSamples - position);
        return (short) (edge >= ramp ? sum : sum * edge / ramp);
    }
}
