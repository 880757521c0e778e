package io.trunkline.control;

import io.trunkline.control.keys.OwnersFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The two keys a node starts with. What the configuration does not fix is generated once and kept in the data folder,
 * readable by its owner alone, so that the command line beside the server needs no key typed in.
 */
public record FirstKeys(Key admin, Key api) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 40;

    /** @param file where it is kept, unless it is configured */
    public record Key(Secret secret, Origin origin, Path file) {}

    /** Where a key comes from: only one generated this very time is ever shown. */
    public enum Origin {
        CONFIGURED,
        KEPT,
        GENERATED
    }

    static FirstKeys of(ControlConfig config) {
        return new FirstKeys(
                key(config.adminKey(), file(config.data(), "admin"), "tka_"),
                key(config.apiKey(), file(config.data(), "api"), "tk_"));
    }

    /** Where a generated key is kept: {@code keys/api} and {@code keys/admin} under the data folder. */
    public static Path file(Path data, String name) {
        return data.resolve("keys").resolve(name);
    }

    private static Key key(Optional<Secret> configured, Path file, String prefix) {
        return configured
                .map(secret -> new Key(secret, Origin.CONFIGURED, file))
                .or(() -> read(file).map(secret -> new Key(secret, Origin.KEPT, file)))
                .orElseGet(() -> new Key(generate(file, prefix), Origin.GENERATED, file));
    }

    private static Optional<Secret> read(Path file) {
        try {
            return Optional.of(new Secret(Files.readString(file).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A prefix of its own lets secret scanners recognise a key that strayed into a repository. */
    private static Secret generate(Path file, String prefix) {
        SecureRandom random = new SecureRandom();
        StringBuilder key = new StringBuilder(prefix);
        for (int i = 0; i < LENGTH; i++) {
            key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        OwnersFile.write(file, key + "\n");
        return new Secret(key.toString());
    }
}
