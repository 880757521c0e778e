package io.trunkline.control.speech;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speech once made, on disk, by text, voice and pace: the next call that says it, also after a restart, has it at once.
 * Past the bound what was not used the longest goes. A full disk costs the cache, never the speech. Blocks: for the
 * virtual threads that render.
 */
public final class SpeechCache {
    private static final Logger LOG = LoggerFactory.getLogger(SpeechCache.class);
    private static final int CHUNK = 8192;

    private final Path folder;
    private final long mostBytes;
    /** Below zero until the folder has been looked through. */
    private long kept = Long.MIN_VALUE;

    /** @param mostBytes 0 keeps nothing */
    public SpeechCache(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    AudioSource of(AudioSource source) {
        return mostBytes == 0 || source.cacheKey().isEmpty() ? source : new Cached(source);
    }

    private final class Cached implements AudioSource {
        private final AudioSource source;

        Cached(AudioSource source) {
            this.source = source;
        }

        @Override
        public Optional<String> cacheKey() {
            return source.cacheKey();
        }

        @Override
        public void writeTo(AudioSink sink) throws IOException, InterruptedException {
            Path file = folder.resolve(hash(source.cacheKey().orElseThrow()) + ".pcm");
            if (Files.isRegularFile(file)) {
                play(file, sink);
                return;
            }
            Path part = part();
            if (part == null) {
                source.writeTo(sink);
                return;
            }
            try {
                try (Copy copy = new Copy(sink, part)) {
                    source.writeTo(copy);
                    copy.finish();
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                added(Files.size(file));
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private @org.jspecify.annotations.Nullable Path part() {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "speech", ".part");
        } catch (IOException full) {
            LOG.warn("speech is not kept: {}", full.toString());
            return null;
        }
    }

    private static void play(Path file, AudioSink sink) throws IOException, InterruptedException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(raw)) {
            sink.start(in.readInt());
            byte[] bytes = in.readNBytes(CHUNK);
            while (bytes.length > 1) {
                short[] samples = new short[bytes.length / 2];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = (short) ((bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xff));
                }
                sink.write(samples, 0, samples.length);
                bytes = in.readNBytes(CHUNK);
            }
        }
    }

    /** The folder is looked through at first and when it may be full, not for each text. */
    private synchronized void added(long bytes) throws IOException {
        kept += bytes;
        if (kept < 0 || kept > mostBytes) {
            kept = evict();
        }
    }

    /** Makes room for more than one text; gives what is left. */
    private long evict() throws IOException {
        record Entry(Path file, long size, FileTime used) {}
        List<Entry> entries = new ArrayList<>();
        long total = 0;
        try (var files = Files.newDirectoryStream(folder, "*.pcm")) {
            for (Path file : files) {
                Entry entry = new Entry(file, Files.size(file), Files.getLastModifiedTime(file));
                entries.add(entry);
                total += entry.size();
            }
        }
        if (total <= mostBytes) {
            return total;
        }
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry oldest : entries) {
            if (total <= mostBytes * 9 / 10) {
                break;
            }
            Files.deleteIfExists(oldest.file());
            total -= oldest.size();
        }
        return total;
    }

    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** Passes on what it also writes down; once the disk fails it only passes on. */
    private static final class Copy implements AudioSink, AutoCloseable {
        private final AudioSink sink;
        private final DataOutputStream out;
        private boolean broken;

        Copy(AudioSink sink, Path part) throws IOException {
            this.sink = sink;
            this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16));
        }

        @Override
        public void start(int sampleRate) throws InterruptedException {
            keep(() -> out.writeInt(sampleRate));
            sink.start(sampleRate);
        }

        @Override
        public void write(short[] samples, int offset, int length) throws InterruptedException {
            ByteBuffer bytes = ByteBuffer.allocate(2 * length);
            bytes.asShortBuffer().put(samples, offset, length);
            keep(() -> out.write(bytes.array()));
            sink.write(samples, offset, length);
        }

        private interface Write {
            void run() throws IOException;
        }

        private void keep(Write write) {
            if (!broken) {
                try {
                    write.run();
                } catch (IOException full) {
                    broken = true;
                }
            }
        }

        /** Half a text is none. */
        void finish() throws IOException {
            out.flush();
            if (broken) {
                throw new IOException("the disk took only a part of the speech");
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
