package io.trunkline.media.play;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** An audio file in memory. */
public final class BytesSource extends AudioFile {
    private final byte[] audio;
    private final String key;

    public BytesSource(byte[] audio) {
        this.audio = audio.clone();
        key = "bytes:" + sha256(this.audio);
    }

    @Override
    InputStream open() {
        return new ByteArrayInputStream(audio);
    }

    @Override
    public Optional<String> cacheKey() {
        return Optional.of(key);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
