package io.trunkline.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trunkline.media.AudioInfo;
import io.trunkline.media.AudioSource;
import io.trunkline.media.AudioSources;
import io.trunkline.media.Heard;
import io.trunkline.media.Program;
import io.trunkline.media.Signal;
import io.trunkline.media.UnplayableAudioException;
import io.trunkline.media.UnplayableAudioException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioSourcesTest {
    @TempDir
    private Path folder;

    static byte[] resource(String name) throws IOException {
        try (InputStream in = AudioSourcesTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({"tone-440.mp3, mp3, 44100", "tone-440.opus, opus, 48000"})
    void compressedFilesAreToldByContentAndKeepTheirTone(String name, String format, int rate) throws Exception {
        byte[] bytes = resource(name);
        AudioInfo info = AudioSources.inspect(bytes);
        Heard heard = Heard.from(AudioSources.bytes(bytes));

        assertThat(info.format()).isEqualTo(format);
        assertThat(info.sampleRate()).isEqualTo(rate).isEqualTo(heard.sampleRate());
        assertThat(info.durationMs()).isBetween(990L, 1090L);
        // an eighth of full scale; ffmpeg takes 3 dB off where mono becomes stereo
        assertThat(Signal.amplitude(heard.part(300, 400), rate, 440)).isBetween(2650.0, 4500.0);
        assertThat(Signal.toneToNoise(heard.part(300, 400), rate, 440)).isGreaterThan(15);
    }

    @Test
    void theOpusFileIsTrimmedToTheSample() throws Exception {
        assertThat(Heard.from(AudioSources.bytes(resource("tone-440.opus"))).samples())
                .hasSize(48_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "libmp3lame -f mp3 -b:a 32k -ar 22050 -ac 1",
                "libmp3lame -f mp3 -q:a 4 -ar 48000",
                "libopus -f ogg -b:a 24k"
            })
    void tenSecondsFromFfmpegHaveTheirLength(String options) throws Exception {
        Program.needs("ffmpeg");
        byte[] wav = Wav.pcm16(Signal.sine(440, 48_000, 48_000 * 10, 8000), 48_000);
        byte[] packed = Program.filter(
                wav, ("ffmpeg -v error -f wav -i - -metadata title=x -c:a " + options + " -").split(" ", -1));

        assertThat(AudioSources.inspect(packed).durationMs()).isBetween(9_950L, 10_150L);
    }

    @Test
    void aTagOfAnyClaimedSizeIsSkippedWithoutBeingKept() throws Exception {
        byte[] mp3 = resource("tone-440.mp3");
        byte[] huge = mp3.clone();
        Arrays.fill(huge, 6, 10, (byte) 0x7F);

        refused(huge, Reason.TRUNCATED);
    }

    @Test
    void whatIsNoAudioSaysWhatItLooksLike() throws Exception {
        byte[] noise = new byte[40_000];
        new Random(4).nextBytes(noise);
        assertThat(refused(noise, Reason.NOT_AUDIO)).hasMessageContaining("not audio");
        assertThat(refused(ascii("<html>404"), Reason.NOT_AUDIO)).hasMessageContaining("error page");
        assertThat(refused(ascii("fLaC0000"), Reason.UNSUPPORTED)).hasMessageContaining("FLAC");
        assertThat(refused(ascii("0000ftypM4A "), Reason.UNSUPPORTED)).hasMessageContaining("M4A");
        assertThat(refused(resource("tone-440.ogg"), Reason.UNSUPPORTED)).hasMessageContaining("Vorbis");
        assertThat(refused(new byte[0], Reason.EMPTY)).hasMessageContaining("empty");
        assertThat(refused(Arrays.copyOf(resource("tone-440.opus"), 20), Reason.TRUNCATED))
                .hasMessageContaining("cut off");
    }

    @Test
    void aFileOnDiskChangesItsKeyWhenItChanges() throws Exception {
        Path file = folder.resolve("named.txt");
        Files.write(file, Wav.pcm16(Signal.sine(440, 8000, 8000, 9000), 8000));
        AudioSource source = AudioSources.file(file);
        String key = source.cacheKey().orElseThrow();
        assertThat(Heard.from(source).amplitude(440)).isBetween(8900.0, 9100.0);
        assertThat(AudioSources.file(file).cacheKey()).contains(key);

        Files.write(file, Wav.pcm16(Signal.sine(440, 8000, 9000, 9000), 8000));
        assertThat(source.cacheKey().orElseThrow()).isNotEqualTo(key);
        Files.delete(file);
        assertThat(source.cacheKey()).isEmpty();
    }

    @Test
    void soundCutInMidWaveBeginsAndEndsWithoutAClick() throws Exception {
        short[] cut = new short[4000];
        Arrays.fill(cut, (short) 20_000);
        short[] heard = Heard.from(AudioSources.bytes(Wav.pcm16(cut, 8000))).samples();

        assertThat(heard).hasSize(4000);
        assertThat(heard[0]).isZero();
        assertThat(heard[3999]).isZero();
        assertThat(Signal.largestStep(heard)).isLessThan(1200);
        assertThat(Signal.part(heard, 100, 3800)).containsOnly(20_000);
    }

    @Test
    void normalizedSoundHasTheAskedForLevelAndIsNeverClipped() throws Exception {
        short[] quiet = Signal.sine(440, 8000, 16_000, 500);
        short[] raised = Heard.from(AudioSources.normalized(AudioSources.bytes(Wav.pcm16(quiet, 8000)), -20))
                .samples();
        assertThat(Signal.level(Signal.part(raised, 4000, 8000))).isBetween(-20.5, -19.5);

        short[] peaky = Signal.sine(440, 8000, 16_000, 700);
        System.arraycopy(Signal.sine(440, 8000, 400, 32_000), 0, peaky, 8000, 400);
        AudioSource loud = AudioSources.normalized(AudioSources.bytes(Wav.pcm16(peaky, 8000)), -3);
        assertThat(Arrays.stream(toInts(Heard.from(loud).samples())).max().orElseThrow())
                .isBetween(20_000, 29_300);
    }

    @Test
    @Tag("full")
    void aFileLongerThanFourHoursIsStopped() {
        byte[] day = Wav.riff(Wav.chunk("fmt ", Wav.format(6, 1, 4000, 8)), Wav.chunk("data", new byte[4000 * 14_401]));

        refused(day, Reason.TOO_LONG);
    }

    @Test
    void tonesHaveTheirFrequenciesAndCadence() throws Exception {
        Heard gb = Heard.from(AudioSources.tone("ringback:gb"));
        assertThat(gb.durationMs()).isEqualTo(3000);
        assertThat(Signal.amplitude(gb.part(50, 300), 8000, 400)).isGreaterThan(6000);
        assertThat(Signal.amplitude(gb.part(50, 300), 8000, 450)).isGreaterThan(6000);
        assertThat(Signal.rms(gb.part(420, 150))).isZero();
        assertThat(Signal.rms(gb.part(1020, 1900))).isZero();

        Heard de = Heard.from(AudioSources.tone("busy:de"));
        assertThat(de.durationMs()).isEqualTo(960);
        assertThat(Signal.level(de.part(50, 400))).isBetween(-11.0, -9.0);
        Heard sit = Heard.from(AudioSources.tone("sit"));
        assertThat(Signal.amplitude(sit.part(340, 300), 8000, 1400)).isGreaterThan(9000);
        Heard digits = Heard.from(AudioSources.tone("dtmf:1#"));
        assertThat(Signal.amplitude(digits.part(205, 90), 8000, 1477)).isGreaterThan(6000);
        assertThat(Heard.from(AudioSources.tone("congestion")).durationMs()).isEqualTo(500);
        assertThat(AudioSources.tone("beep").cacheKey()).contains("tone:beep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ring", "ringback:xx", "busy:", "dtmf", "dtmf:12x", "dtmf:"})
    void anUnknownToneIsRefusedByName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AudioSources.tone(name))
                .withMessage("no tone " + name);
    }

    @Test
    void silenceLastsAsLongAsAsked() throws Exception {
        Heard heard = Heard.from(AudioSources.silence(Duration.ofMillis(2345)));

        assertThat(heard.durationMs()).isEqualTo(2345);
        assertThat(Signal.rms(heard.samples())).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> AudioSources.silence(Duration.ofDays(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> AudioSources.silence(Duration.ofMillis(-1)));
    }

    private static int[] toInts(short[] samples) {
        int[] out = new int[samples.length];
        Arrays.setAll(out, i -> samples[i]);
        return out;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static UnplayableAudioException refused(byte[] bytes, Reason reason) {
        UnplayableAudioException[] caught = new UnplayableAudioException[1];
        assertThatExceptionOfType(UnplayableAudioException.class)
                .isThrownBy(() -> AudioSources.inspect(bytes))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> caught[0] = e);
        return caught[0];
    }
}
