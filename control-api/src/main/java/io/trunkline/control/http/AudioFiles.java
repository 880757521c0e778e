package io.trunkline.control.http;

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
        if (audio.length > Limits.AUDIO) {
            throw Problem.of(413, "too_large", field + " is larger than " + Limits.AUDIO + " bytes.");
        }
        String extension = extension(audio);
        if (extension.isEmpty()) {
            throw Problem.of(422, "unplayable_audio", field + " is neither WAV nor MP3.");
        }
        Path file = folder.resolve(hash(audio) + extension);
        if (!Files.exists(file)) {
            write(file, audio);
        }
        return file;
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
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException wrong) {
            throw Problem.invalid(field, "is no base64");
        }
    }

    /** By what it begins with: a RIFF header, an ID3 tag, or an MPEG frame's sync word. */
    private static String extension(byte[] audio) {
        if (audio.length > 44 && begins(audio, "RIFF")) {
            return ".wav";
        }
        boolean frame = audio.length > 4 && (audio[0] & 0xff) == 0xff && (audio[1] & 0xe0) == 0xe0;
        return frame || begins(audio, "ID3") ? ".mp3" : "";
    }

    private static boolean begins(byte[] audio, String mark) {
        return audio.length > mark.length()
                && new String(audio, 0, mark.length(), StandardCharsets.ISO_8859_1).equals(mark);
    }

    private static String hash(byte[] audio) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(audio));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
