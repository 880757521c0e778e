package io.trunkline.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.trunkline.media.Codec;
import io.trunkline.media.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class G711Test {
    @ParameterizedTest
    @MethodSource("laws")
    void everyCodeComesBackAsItsOwnValue(G711 law) {
        for (int code = 0; code < 256; code++) {
            short value = law.expand((byte) code);
            assertThat(law.expand(law.compress(value))).isEqualTo(value);
        }
    }

    static List<G711> laws() {
        return List.of(G711.ULAW, G711.ALAW);
    }

    @Test
    void theLawsAreThoseOfTheStandard() {
        // G.711 tables: the extremes, and the codes on either side of zero
        assertThat(G711.ULAW.expand((byte) 0x00)).isEqualTo((short) -32124);
        assertThat(G711.ULAW.expand((byte) 0x80)).isEqualTo((short) 32124);
        assertThat(G711.ULAW.expand((byte) 0xFF)).isZero();
        assertThat(G711.ULAW.expand((byte) 0xFE)).isEqualTo((short) 8);
        assertThat(G711.ALAW.expand((byte) 0xAA)).isEqualTo((short) 32256);
        assertThat(G711.ALAW.expand((byte) 0x2A)).isEqualTo((short) -32256);
        assertThat(G711.ALAW.expand((byte) 0xD5)).isEqualTo((short) 8);
        assertThat(G711.ALAW.expand((byte) 0x55)).isEqualTo((short) -8);
        assertThat(G711.ULAW.compress((short) 0)).isEqualTo((byte) 0xFF);
        assertThat(G711.ALAW.compress((short) 0)).isEqualTo((byte) 0xD5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"PCMU", "PCMA"})
    void aToneKeepsItsLevelAndFrequencyAcrossLevels(Codec codec) {
        for (double amplitude : new double[] {300, 3000, 30000}) {
            short[] tone = Signal.sine(1020, 8000, 800, amplitude);
            byte[] payload = new byte[800];
            short[] back = new short[800];
            FrameEncoder encoder = Codecs.encoder(codec, CodecParams.of(0, 20));
            FrameDecoder decoder = Codecs.decoder(codec, CodecParams.of(0, 20));

            assertThat(encoder.encode(tone, 0, 800, payload, 0)).isEqualTo(800);
            assertThat(decoder.decode(payload, 0, 800, back)).isEqualTo(800);

            // G.712 asks for 33 dB between −30 and 0 dBm0
            assertThat(Signal.toneToNoise(back, 8000, 1020)).isGreaterThan(33);
            assertThat(Signal.amplitude(back, 8000, 1020)).isCloseTo(amplitude, withinPercentage(1));
        }
    }
}
