package io.trunkline.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trunkline.media.AudioSources;
import io.trunkline.media.Heard;
import io.trunkline.media.Program;
import io.trunkline.media.Signal;
import io.trunkline.media.UnplayableAudioException;
import io.trunkline.media.UnplayableAudioException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavDecoderTest {
    private static final short[] TONE = Signal.sine(440, 16_000, 8000, 12_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-e signed -b 16",
                "-e unsigned -b 8",
                "-e signed -b 24",
                "-e signed -b 32",
                "-e float -b 32",
                "-e float -b 64",
                "-e a-law -b 8",
                "-e mu-law -b 8",
                "-e signed -b 16 -r 44100 -c 2",
                "-e signed -b 24 -r 48000 -c 2",
                "-e signed -b 16 -r 11025",
                "-e signed -b 16 -c 6"
            })
    void everyEncodingOfSoxKeepsItsLevelAndFrequency(String options) throws Exception {
        Program.needs("sox");
        String command = "sox -V1 -D -t raw -r 16000 -e signed -b 16 -c 1 - -t wav " + options + " -";
        byte[] wav = Program.filter(Wav.bytes(TONE), command.split(" ", -1));
        Heard heard = Heard.from(AudioSources.bytes(wav));

        assertThat(heard.durationMs()).isBetween(498L, 502L);
        short[] middle = heard.part(50, 400);
        assertThat(Signal.amplitude(middle, heard.sampleRate(), 440)).isBetween(11_500.0, 12_500.0);
    }

    @Test
    void stereoIsTheMeanOfItsChannels() throws Exception {
        short[] stereo = new short[16_000];
        for (int i = 0; i < 8000; i++) {
            stereo[2 * i] = TONE[i];
        }
        byte[] wav = Wav.riff(Wav.chunk("fmt ", Wav.format(1, 2, 16_000, 16)), Wav.chunk("data", Wav.bytes(stereo)));

        assertThat(Heard.from(AudioSources.bytes(wav)).amplitude(440)).isBetween(5800.0, 6200.0);
    }

    @Test
    void chunksOfOtherKindsArePassedOverAndOddOnesPadded() throws Exception {
        byte[] wav = Wav.riff(
                Wav.chunk("LIST", new byte[33]),
                Wav.chunk("fmt ", Wav.format(1, 1, 16_000, 16)),
                Wav.chunk("bext", new byte[601]),
                Wav.chunk("data", Wav.bytes(TONE)),
                Wav.chunk("LIST", new byte[400]));

        assertThat(Heard.from(AudioSources.bytes(wav)).samples()).hasSize(8000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x7FFFFFFF})
    void aStreamedFileWithoutALengthPlaysToItsEnd(int length) throws Exception {
        byte[] wav = Wav.pcm16(TONE, 16_000);
        ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(40, length);

        assertThat(Heard.from(AudioSources.bytes(wav)).samples()).hasSize(8000);
    }

    @ParameterizedTest
    @CsvSource({"20, TRUNCATED", "42, TRUNCATED", "44, EMPTY", "0, EMPTY", "3, NOT_AUDIO"})
    void aFileThatIsCutOffSaysSo(int length, Reason reason) {
        refused(Arrays.copyOf(Wav.pcm16(TONE, 16_000), length), reason);
    }

    @Test
    void whatWavAllowsButWeDoNotIsNamed() {
        assertThat(refused(header(2, 1, 8000, 4), Reason.UNSUPPORTED)).hasMessageContaining("format 2");
        assertThat(refused(header(1, 1, 8000, 12), Reason.UNSUPPORTED)).hasMessageContaining("12 bits");
        assertThat(refused(header(1, 0, 8000, 16), Reason.UNSUPPORTED)).hasMessageContaining("0 channels");
        assertThat(refused(header(1, 99, 8000, 16), Reason.UNSUPPORTED)).hasMessageContaining("99 channels");
        assertThat(refused(header(1, 1, -1, 16), Reason.UNSUPPORTED)).hasMessageContaining("4294967295 samples");
        assertThat(refused(header(1, 1, 1, 16), Reason.UNSUPPORTED)).hasMessageContaining("1 samples");
    }

    @Test
    void samplesBeforeTheirFormatAreRefused() {
        refused(Wav.riff(Wav.chunk("data", new byte[100])), Reason.NOT_AUDIO);
        refused(Wav.riff(Wav.chunk("fmt ", new byte[8])), Reason.NOT_AUDIO);
        refused(Wav.chunk("RIFF", "AVI LIST".getBytes(StandardCharsets.US_ASCII)), Reason.NOT_AUDIO);
    }

    private static byte[] header(int tag, int channels, int rate, int bits) {
        return Wav.riff(Wav.chunk("fmt ", Wav.format(tag, channels, rate, bits)), Wav.chunk("data", new byte[100]));
    }

    private static UnplayableAudioException refused(byte[] bytes, Reason reason) {
        UnplayableAudioException[] caught = new UnplayableAudioException[1];
        assertThatExceptionOfType(UnplayableAudioException.class)
                .isThrownBy(() -> Heard.from(AudioSources.bytes(bytes)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> caught[0] = e);
        return caught[0];
    }
}
