package io.trunkline.control.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.keys.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFileTest {
    private static final String OLD = "old " + "A".repeat(43) + "=\n";
    private static final String NEW = "new " + "B".repeat(42) + "A=\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
    void whatWasSealedIsOpenedAsItWas(int length) throws IOException {
        byte[] audio = audio(length);
        Path sealed = seal(audio, keys(OLD));
        assertThat(new String(Files.readAllBytes(sealed), StandardCharsets.ISO_8859_1))
                .doesNotContain("RIFF of a voice");
        assertThat(open(sealed, keys(OLD))).isEqualTo(audio);
    }

    @Test
    void afterAChangeOfKeysTheOldOneStillOpens() throws IOException {
        byte[] audio = audio(100_000);
        Path sealed = seal(audio, keys(OLD));
        assertThat(open(sealed, keys(NEW + OLD))).isEqualTo(audio);
        assertThatThrownBy(() -> open(sealed, keys(NEW))).hasMessageContaining("the key 'old'");
    }

    @Test
    void anotherKeyOfTheSameNameOpensNothing() throws IOException {
        Path sealed = seal(audio(1000), keys(OLD));
        assertThatThrownBy(() -> open(sealed, keys(NEW.replace("new", "old")))).hasMessageContaining("damaged");
    }

    @Test
    void aChangedSwappedOrCutFileIsRefused() throws IOException {
        Path sealed = seal(audio(200_000), keys(OLD));
        byte[] whole = Files.readAllBytes(sealed);
        int head = whole.length - 200_000 - 4 * 16;
        int piece = 65_536 + 16;

        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        byte[] swapped = whole.clone();
        System.arraycopy(whole, head, swapped, head + piece, piece);
        System.arraycopy(whole, head + piece, swapped, head, piece);
        byte[] cut = Arrays.copyOf(whole, head + 2 * piece);

        for (byte[] wrong : new byte[][] {changed, swapped, cut, Arrays.copyOf(whole, 20), {1, 2, 3}}) {
            Files.write(sealed, wrong);
            assertThatThrownBy(() -> open(sealed, keys(OLD))).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only words\n", "short QUJD\n", "two keys here\n", "x not*base64\n"})
    void aFileOfKeysThatHoldsNoneIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), text);
        assertThatThrownBy(() -> KeyRing.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString());
    }

    private static byte[] audio(int length) {
        byte[] audio = new byte[length];
        new Random(length).nextBytes(audio);
        byte[] start = "RIFF of a voice".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, audio, 0, Math.min(length, start.length));
        return audio;
    }

    private KeyRing keys(String text) throws IOException {
        return KeyRing.read(Files.writeString(folder.resolve("keys"), text));
    }

    private Path seal(byte[] audio, KeyRing keys) throws IOException {
        Path plain = Files.write(folder.resolve("plain"), audio);
        Path sealed = folder.resolve("sealed");
        SealedFile.seal(plain, sealed, keys.current());
        return sealed;
    }

    private byte[] open(Path sealed, KeyRing keys) throws IOException {
        Path opened = folder.resolve("opened");
        SealedFile.open(sealed, opened, keys);
        return Files.readAllBytes(opened);
    }
}
