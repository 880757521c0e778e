package io.trunkline.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToneDetectorTest {
    private final StringBuilder digits = new StringBuilder();
    private final List<Integer> durations = new ArrayList<>();

    private void listen(int rate, short[] samples) {
        ToneDetector detector = new ToneDetector(rate, (digit, durationMs) -> {
            digits.append(digit);
            durations.add(durationMs);
        });
        int frame = rate / 50;
        for (int at = 0; at + frame <= samples.length; at += frame) {
            detector.process(Signal.part(samples, at, frame), frame);
        }
        detector.process(new short[rate], rate);
    }

    private static short[] sent(String digits, int rate, int toneMs, int gapMs) {
        ToneSender sender = new ToneSender(rate, toneMs, gapMs);
        assertThat(sender.enqueue(digits)).isTrue();
        short[] all = new short[rate * 10];
        short[] frame = new short[rate / 50];
        int at = rate / 100;
        while (sender.next(frame, frame.length)) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return all;
    }

    private static short[] pair(double low, double high, double lowAmplitude, double highAmplitude, int ms) {
        short[] tones = Signal.sum(
                Signal.sine(low, 8000, ms * 8, lowAmplitude), Signal.sine(high, 8000, ms * 8, highAmplitude));
        short[] padded = new short[tones.length + 3200];
        System.arraycopy(tones, 0, padded, 1600, tones.length);
        return padded;
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000})
    void everyDigitWeSendIsHeardOnceInOrder(int rate) {
        listen(rate, sent("0123456789*#ABCD99", rate, 100, 80));

        assertThat(digits).hasToString("0123456789*#ABCD99");
        assertThat(durations).allMatch(ms -> ms >= 80 && ms <= 130);
    }

    @Test
    void theSendersTonesHaveTheRightLevelsAndNoClick() {
        short[] tone = Signal.part(sent("5", 8000, 200, 80), 160, 1400);

        assertThat(Signal.amplitude(tone, 8000, 770)).isBetween(7800.0, 8500.0);
        assertThat(Signal.amplitude(tone, 8000, 1336)).isBetween(10_000.0, 10_900.0);
        assertThat(Math.abs((int) sent("5", 8000, 200, 80)[81]))
                .as("it begins softly")
                .isLessThan(2500);
    }

    @Test
    void fortyMillisecondsAreEnoughAndTwentyAreNot() {
        for (int offset = 0; offset < 100; offset += 7) {
            digits.setLength(0);
            listen(8000, Signal.part(pair(770, 1336, 5000, 5000, 40), offset, 3300));
            assertThat(digits).as("offset " + offset).hasToString("5");
            digits.setLength(0);
            listen(8000, Signal.part(pair(770, 1336, 5000, 5000, 20), offset, 3300));
            assertThat(digits).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // dB of the high tone over the low one, heard
        "0, true",
        "6, true",
        "7, true",
        "10, false",
        "-3, true",
        "-6, false"
    })
    void twistIsTakenWithinItsLimits(double twist, boolean heard) {
        double high = 3000 * Math.pow(10, twist / 20);
        listen(8000, pair(852, 1477, 3000, high, 100));

        assertThat(digits).hasToString(heard ? "9" : "");
    }

    @ParameterizedTest
    @CsvSource({"1.015, true", "0.985, true", "1.06, false", "0.94, false"})
    void frequenciesMayBeOffByOneAndAHalfPercent(double factor, boolean heard) {
        listen(8000, pair(941 * factor, 1336 * factor, 5000, 5000, 100));

        assertThat(digits).hasToString(heard ? "0" : "");
    }

    @Test
    void digitsAreHeardThroughNoiseFifteenDecibelsBelow() {
        Random random = new Random(11);
        short[] samples = sent("13579", 8000, 60, 60);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.clamp(samples[i] + Math.round(1600 * random.nextGaussian()), -32768, 32767);
        }
        listen(8000, samples);

        assertThat(digits).hasToString("13579");
    }

    @Test
    void oneToneAloneOrAThirdToneIsNoDigit() {
        listen(8000, Signal.sine(770, 8000, 4000, 8000));
        listen(8000, Signal.sum(pair(770, 1336, 5000, 5000, 200), Signal.sine(1000, 8000, 4800, 7000)));

        assertThat(digits).isEmpty();
    }

    @Test
    void voicedSpeechOfEveryPitchIsNoDigit() {
        for (double pitch = 80; pitch < 420; pitch += 3.3) {
            short[] voiced = new short[4000];
            for (int harmonic = 1; harmonic * pitch < 3800; harmonic++) {
                double formants = 1 / (1 + Math.pow((harmonic * pitch - 700) / 200, 2))
                        + 0.7 / (1 + Math.pow((harmonic * pitch - 1300) / 200, 2));
                voiced = Signal.sum(voiced, Signal.sine(harmonic * pitch, 8000, 4000, 6000 * formants));
            }
            listen(8000, voiced);
        }
        assertThat(digits).isEmpty();
    }

    @Test
    void aBreakOfTenMillisecondsIsStillOnePress() {
        short[] tone = pair(697, 1209, 5000, 5000, 200);
        Arrays.fill(tone, 2400, 2480, (short) 0);
        listen(8000, tone);

        assertThat(digits).hasToString("1");
    }
}
