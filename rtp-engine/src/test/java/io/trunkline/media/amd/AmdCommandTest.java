package io.trunkline.media.amd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmdCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void printsAJsonLineAFile() throws IOException {
        Path fax = wav("fax.wav", Sounds.joined(Sounds.silence(400), Sounds.tone(3000, 2100)));
        Path nobody = wav("nobody.wav", Sounds.silence(9000));

        assertThat(run("--json", fax.toString(), nobody.toString())).isZero();

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .matches("\\{\"clip\":\"fax.wav\",\"verdict\":\"fax\",\"decided_at_ms\":\\d+,"
                        + "\"beep_at_ms\":null,\"beep_emitted_ms\":null\\}");
        assertThat(lines.getLast()).contains("\"verdict\":\"silence\"");
    }

    @Test
    void saysInWordsWhatItHeard() throws IOException {
        Path fax = wav("fax.wav", Sounds.joined(Sounds.silence(400), Sounds.tone(3000, 2100)));

        assertThat(run(fax.toString())).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("fax.wav: fax")
                .contains("2100 Hz");
    }

    @Test
    void readsARecordingAtTheRateOfAWidebandCall() throws IOException {
        short[] narrow = Sounds.joined(Sounds.silence(400), Sounds.tone(3000, 2100));
        short[] wide = new short[2 * narrow.length];
        for (int i = 0; i < wide.length; i++) {
            int next = narrow[Math.min(narrow.length - 1, (i + 1) / 2)];
            wide[i] = (short) ((narrow[i / 2] + next) / 2);
        }
        Path fax = wav("wide.wav", wide, 16_000);

        assertThat(run(fax.toString())).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("wide.wav: fax");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(run("--jsn", "x.wav")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("--jsn").contains("usage");
        assertThat(run()).isEqualTo(2);
        assertThat(run("--threshold", "2", "x.wav")).isEqualTo(2);
    }

    @Test
    void saysWhichFileIsNotWhatItReads() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.wav"), "not audio");

        assertThat(run(text.toString())).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("notes.wav")
                .contains("not a WAV file");
    }

    private int run(String... words) {
        return AmdCommand.run(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private Path wav(String name, short[] samples) throws IOException {
        return wav(name, samples, 8000);
    }

    private Path wav(String name, short[] samples, int rate) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        bytes.putInt(rate).putInt(2 * rate).putShort((short) 2).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        for (short sample : samples) {
            bytes.putShort(sample);
        }
        return Files.write(folder.resolve(name), bytes.array());
    }
}
