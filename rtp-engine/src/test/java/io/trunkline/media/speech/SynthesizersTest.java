package io.trunkline.media.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.AudioSink;
import io.trunkline.media.SpeechSynthesizer;
import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import io.trunkline.media.SpeechSynthesizer.Voice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SynthesizersTest {
    private static final List<SpeechSynthesizer> INSTALLED = Speech.installed();

    @ParameterizedTest
    @ValueSource(strings = {"espeak-ng", "flite", "builtin"})
    void speaksAudiblyAtTheVoicesRate(String engine) throws Exception {
        SpeechSynthesizer synthesizer = engine(engine);
        Voice voice = english(synthesizer);
        Heard heard = new Heard();
        synthesizer.speak(new SpeechRequest("Hello, this is a test.", voice, 1), heard);
        assertThat(heard.rate).isEqualTo(voice.sampleRate());
        assertThat(heard.samples).isGreaterThan(heard.rate / 2);
        assertThat(heard.peak).isGreaterThan(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"espeak-ng", "flite", "builtin"})
    void speaksFasterWhenAsked(String engine) throws Exception {
        SpeechSynthesizer synthesizer = engine(engine);
        String text = "One two three four five six seven eight nine ten.";
        Heard plain = new Heard();
        Heard fast = new Heard();
        synthesizer.speak(new SpeechRequest(text, english(synthesizer), 1), plain);
        synthesizer.speak(new SpeechRequest(text, english(synthesizer), 1.5), fast);
        assertThat(fast.samples).isLessThan(plain.samples * 9 / 10);
    }

    @Test
    void textIsNeverAnOption() throws Exception {
        SpeechSynthesizer espeak = engine("espeak-ng");
        Heard heard = new Heard();
        espeak.speak(new SpeechRequest("--version", english(espeak), 1), heard);
        assertThat(heard.samples).isPositive();
    }

    @Test
    void aVoiceThatIsNotInstalledIsRefusedAndNeverReachesTheProgram() {
        SpeechSynthesizer espeak = engine("espeak-ng");
        Voice invented = new Voice("espeak-ng/--path=/etc", "espeak-ng", "en-us", "male", 22_050);
        assertThatThrownBy(() -> espeak.speak(new SpeechRequest("hello", invented, 1), new Heard()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no voice");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -3, 1e9, Double.NaN})
    void anImpossibleRateIsBroughtIntoRange(double rate) throws Exception {
        SpeechSynthesizer espeak = engine("espeak-ng");
        Heard heard = new Heard();
        espeak.speak(new SpeechRequest("hello\u0000 you", english(espeak), rate), heard);
        assertThat(heard.samples).isPositive();
    }

    @Test
    void aCallThatHangsUpStopsItsProgram() {
        SpeechSynthesizer espeak = engine("espeak-ng");
        AudioSink gone = new AudioSink() {
            @Override
            public void start(int sampleRate) {}

            @Override
            public void write(short[] samples, int offset, int length) throws InterruptedException {
                throw new InterruptedException("hung up");
            }
        };
        long before = speaking();
        assertThatThrownBy(() -> espeak.speak(new SpeechRequest("many words. ".repeat(2000), english(espeak), 1), gone))
                .isInstanceOf(InterruptedException.class);
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (speaking() > before && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(speaking()).isEqualTo(before);
    }

    /** Those that wait for a text have used next to no processor time, and stay. */
    private static long speaking() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(child ->
                        child.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() > 100)
                .count();
    }

    @Test
    void theBuiltInVoiceIsAlwaysThereAndTheLastChoice() {
        assertThat(INSTALLED.getLast().engine()).isEqualTo("builtin");
    }

    @Test
    void aProgramThatIsNotInstalledIsLeftOut() {
        SpeechProgram absent = new SpeechProgram(
                "absent",
                List.of("no-such-speech-program"),
                lines -> List.of(),
                true,
                0,
                (voice, rate, file) -> List.of());
        assertThat(CommandSynthesizer.of(absent)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RIFF", "not a wav at all", "RIFFxxxxWAVEfmt \u0001\u0000\u0000\u007f"})
    void refusesWhatIsNoWav(String bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> WavStream.open(in)).isInstanceOf(IOException.class);
    }

    private static SpeechSynthesizer engine(String name) {
        var found = INSTALLED.stream().filter(one -> one.engine().equals(name)).findFirst();
        assumeTrue(found.isPresent(), "needs " + name);
        return found.orElseThrow();
    }

    private static Voice english(SpeechSynthesizer synthesizer) {
        return synthesizer.voices().stream()
                .filter(voice -> voice.language().equalsIgnoreCase("en-us"))
                .findFirst()
                .orElseThrow();
    }

    private static final class Heard implements AudioSink {
        private int rate;
        private int samples;
        private int peak;

        @Override
        public void start(int sampleRate) {
            rate = sampleRate;
        }

        @Override
        public void write(short[] written, int offset, int length) {
            samples += length;
            for (int i = offset; i < offset + length; i++) {
                peak = Math.max(peak, Math.abs(written[i]));
            }
        }
    }
}
