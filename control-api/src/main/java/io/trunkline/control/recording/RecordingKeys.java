package io.trunkline.control.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys that recordings are sealed with: the first one seals, every one opens what it sealed. */
public final class RecordingKeys {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_.-]{1,64})\\s+(\\S+)");
    private static final int KEY_BYTES = 32;

    /** A key and the name that sealed files remember it by. */
    record Named(String name, SecretKey key) {}

    private final Map<String, Named> keys = new LinkedHashMap<>();

    private RecordingKeys() {}

    /**
     * Reads lines of a name and 32 bytes in base64; empty lines and those that begin with # say nothing.
     *
     * @throws IllegalArgumentException with the file and the line that is wrong
     */
    public static RecordingKeys read(Path file) {
        RecordingKeys keys = new RecordingKeys();
        int number = 0;
        try {
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    keys.add(line.strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file of recording keys, " + file + ", cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " line " + number + ": " + e.getMessage(), e);
        }
        if (keys.keys.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " holds no key: write a name and the output of `openssl rand -base64 32` on one line");
        }
        return keys;
    }

    private void add(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not a name and a key in base64");
        }
        byte[] key = Base64.getDecoder().decode(parts.group(2));
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key is " + key.length + " bytes long, not " + KEY_BYTES);
        }
        Named named = new Named(parts.group(1), new SecretKeySpec(key, "AES"));
        if (keys.putIfAbsent(named.name(), named) != null) {
            throw new IllegalArgumentException("a second key of the name " + named.name());
        }
    }

    Named current() {
        return keys.values().iterator().next();
    }

    /** @throws IOException when no key has this name any more */
    Named named(String name) throws IOException {
        Named found = keys.get(name);
        if (found == null) {
            throw new IOException("it was sealed with the key '" + name + "', which is no longer in the file of keys");
        }
        return found;
    }
}
