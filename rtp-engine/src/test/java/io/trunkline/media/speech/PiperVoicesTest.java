package io.trunkline.media.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.AudioSink;
import io.trunkline.media.SpeechSynthesizer;
import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that behaves as Piper does on its command line; the voice it speaks in is a file of silence. Another one may
 * already wait for the next text, and writes nothing until it has one.
 */
class PiperVoicesTest {
    private static final int RATE = 16_000;

    @TempDir
    Path folder;

    @BeforeEach
    void installVoice() throws IOException {
        Files.writeString(folder.resolve("en_GB-alba-medium.onnx"), "a model");
        Files.writeString(folder.resolve("en_GB-alba-medium.onnx.json"), "{\"audio\": {\"sample_rate\": 16000}}");
        Files.writeString(folder.resolve("readme.txt"), "no model");
    }

    private Optional<SpeechSynthesizer> piper(String answerToVersion) throws IOException {
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * RATE).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * RATE);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        wav.putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * RATE);
        Files.write(folder.resolve("out.wav"), wav.array());
        Path program =
                Files.writeString(folder.resolve("piper"), """
                #!/bin/sh
                if [ "$1" = --version ]; then echo "%s"; exit 0; fi
                IFS= read -r line || exit 0
                echo "$@" > %s/asked
                { printf '%%s\\n' "$line"; cat; } > %s/text
                cat %s/out.wav
                """.formatted(answerToVersion, folder, folder, folder));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return CommandSynthesizer.of(PiperVoices.program(program.toString(), List.of(folder.resolve("no"), folder)));
    }

    @Test
    void itsModelsAreItsVoicesAndATextIsSpokenInOne() throws Exception {
        SpeechSynthesizer piper = piper("1.2.0").orElseThrow();
        assertThat(piper.voices())
                .containsExactly(
                        new SpeechSynthesizer.Voice("piper/en_GB-alba-medium", "piper", "en-gb", "unknown", RATE));
        Heard heard = new Heard();
        piper.speak(new SpeechRequest("--help me", piper.voices().getFirst(), 2), heard);
        assertThat(heard.rate).isEqualTo(RATE);
        assertThat(heard.samples).isEqualTo(RATE);
        assertThat(Files.readString(folder.resolve("text"))).isEqualTo("--help me\n");
        assertThat(Files.readString(folder.resolve("asked")).strip())
                .isEqualTo(
                        "--model " + folder.resolve("en_GB-alba-medium.onnx") + " --length_scale 0.50 --output_file -");
    }

    @Test
    void theProgramThatSetsUpMiceIsNotPiper() throws Exception {
        assertThat(piper("Piper 0.7, configures gaming mice")).isEmpty();
    }

    @Test
    void withoutAModelThereIsNothingToSpeakWith() throws Exception {
        Files.delete(folder.resolve("en_GB-alba-medium.onnx"));
        assertThat(piper("1.2.0")).isEmpty();
    }

    private static final class Heard implements AudioSink {
        private int rate;
        private int samples;

        @Override
        public void start(int sampleRate) {
            rate = sampleRate;
        }

        @Override
        public void write(short[] written, int offset, int length) {
            samples += length;
        }
    }
}
