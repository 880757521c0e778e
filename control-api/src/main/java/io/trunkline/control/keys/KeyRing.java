package io.trunkline.control.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys by name: the first one seals, every one opens what it sealed. To change keys, a new one is put on top. */
public final class KeyRing {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_.-]{1,64})\\s+(\\S+)");

    /** A key and the name that sealed things remember it by. */
    public record Named(String name, SecretKey key) {}

    private final Map<String, Named> keys = new LinkedHashMap<>();

    private KeyRing() {}

    /**
     * Reads lines of a name and 32 bytes in base64; empty lines and those that begin with # say nothing.
     *
     * @throws IllegalArgumentException with the file and the line that is wrong
     */
    public static KeyRing read(Path file) {
        KeyRing keys = new KeyRing();
        int number = 0;
        try {
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    keys.add(line.strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file of keys, " + file + ", cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " line " + number + ": " + e.getMessage(), e);
        }
        if (keys.keys.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " holds no key: write a name and the output of `openssl rand -base64 32` on one line");
        }
        return keys;
    }

    /**
     * As {@link #read}, after making a file with one key, for its owner alone, where there is none. The name is random:
     * another installation's key is not taken for this one.
     */
    public static KeyRing readOrMake(Path file) {
        if (Files.notExists(file)) {
            OwnersFile.write(
                    file,
                    "# Keep this file: without it, what was sealed with it is lost. To change keys, put a new one on top.\n"
                            + "made-" + HexFormat.of().formatHex(AesGcm.random(4)) + " "
                            + Base64.getEncoder().encodeToString(AesGcm.random(AesGcm.KEY_BYTES)) + "\n");
        }
        return read(file);
    }

    private void add(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not a name and a key in base64");
        }
        byte[] key = Base64.getDecoder().decode(parts.group(2));
        if (key.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException("the key is " + key.length + " bytes long, not " + AesGcm.KEY_BYTES);
        }
        Named named = new Named(parts.group(1), new SecretKeySpec(key, "AES"));
        if (keys.putIfAbsent(named.name(), named) != null) {
            throw new IllegalArgumentException("a second key of the name " + named.name());
        }
    }

    public Named current() {
        return keys.values().iterator().next();
    }

    /** @throws IOException when no key has this name any more */
    public Named named(String name) throws IOException {
        Named found = keys.get(name);
        if (found == null) {
            throw new IOException("it was sealed with the key '" + name + "', which is no longer in the file of keys");
        }
        return found;
    }
}
