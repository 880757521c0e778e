package io.trunkline.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleFormatTest {
    private static final short[] SAMPLES = {0, 1000, -1000, 32_000, -32_000, 7, -7};

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadBackToWithinTheFormatsSteps(SampleFormat format) {
        byte[] bytes = format.encode(SAMPLES, 0, SAMPLES.length);
        short[] again = format.decode(bytes);

        assertThat(bytes).hasSize(SAMPLES.length * format.bytesPerSample());
        for (int i = 0; i < SAMPLES.length; i++) {
            assertThat(Math.abs(again[i] - SAMPLES[i])).isLessThanOrEqualTo(8 + Math.abs(SAMPLES[i]) / 25);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondPassChangesNothing(SampleFormat format) {
        short[] once = format.decode(format.encode(SAMPLES, 0, SAMPLES.length));

        assertThat(format.decode(format.encode(once, 0, once.length))).containsExactly(once);
    }

    @ParameterizedTest
    @EnumSource
    void halfASampleAtTheEndIsLeftOut(SampleFormat format) {
        byte[] bytes = Arrays.copyOf(format.encode(SAMPLES, 0, 2), 3);

        assertThat(format.decode(bytes)).hasSize(3 / format.bytesPerSample());
    }
}
