package io.trunkline.control.console;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** One file as it goes out: plain, compressed, and the mark by which a browser knows that it has it already. */
record ConsoleFile(String type, String tag, Buffer plain, Buffer gzip) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final int TAG_LENGTH = 16;

    static Optional<ConsoleFile> load(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        try (InputStream in = ConsoleFile.class.getResourceAsStream("/console/" + name)) {
            return in == null || type == null ? Optional.empty() : Optional.of(of(type, in.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ConsoleFile of(String type, byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return new ConsoleFile(type, tag(bytes), Buffer.buffer(bytes), Buffer.buffer(packed.toByteArray()));
    }

    private static String tag(byte[] bytes) {
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return '"' + hash.substring(0, TAG_LENGTH) + '"';
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
