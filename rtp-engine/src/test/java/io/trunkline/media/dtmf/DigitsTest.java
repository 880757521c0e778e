package io.trunkline.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigitsTest {
    @Test
    void knowsADigitsTonesThoughTheyAreALittleOff() {
        assertThat(Digits.areDigit(697, 1209)).isTrue();
        assertThat(Digits.areDigit(695, 1218)).isTrue();
        assertThat(Digits.areDigit(941, 1633)).isTrue();
    }

    @Test
    void takesNoOtherPairForADigit() {
        assertThat(Digits.areDigit(425, 1209)).isFalse();
        assertThat(Digits.areDigit(697, 1260)).isFalse();
        assertThat(Digits.areDigit(852, 0)).isFalse();
        assertThat(Digits.areDigit(1209, 697)).isFalse();
    }
}
