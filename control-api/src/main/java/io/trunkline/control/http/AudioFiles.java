package io.trunkline.control.http;

import io.trunkline.media.AudioInfo;
import io.trunkline.media.AudioSources;
import io.trunkline.media.UnplayableAudioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Audio that came as base64, kept in files named by their content: the same audio sent a thousand times is one file.
 * Blocks; requests that carry audio are read on a worker.
 */
public final class AudioFiles {
    private final Path folder;

    public AudioFiles(Path folder) {
        this.folder = folder;
    }

    /** @param field named when it is no audio */
    Path keep(String base64, String field) {
        byte[] audio = decode(base64, field);
        Path file = folder.resolve(hash(audio));
        if (!Files.exists(file)) {
            inspect(audio, field);
            write(file, audio);
        }
        return file;
    }

    /** Kept under a name of its own until it is forgotten. */
    AudioInfo keepAs(String name, String base64, String field) {
        byte[] audio = decode(base64, field);
        AudioInfo info = inspect(audio, field);
        write(folder.resolve(name), audio);
        return info;
    }

    void forget(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    private static AudioInfo inspect(byte[] audio, String field) {
        try {
            return AudioSources.inspect(audio);
        } catch (UnplayableAudioException wrong) {
            throw Problem.of(422, "unplayable_audio", field + " cannot be played: " + wrong.getMessage());
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "draining", "This node is shutting down.");
        }
    }

    private void write(Path file, byte[] audio) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "upload", ".part");
            Files.write(part, audio);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static byte[] decode(String base64, String field) {
        try {
            byte[] audio = Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
            if (audio.length > Limits.AUDIO) {
                throw Problem.of(413, "too_large", field + " is larger than " + Limits.AUDIO + " bytes.");
            }
            return audio;
        } catch (IllegalArgumentException wrong) {
            throw Problem.invalid(field, "is no base64");
        }
    }

    private static String hash(byte[] audio) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(audio));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
