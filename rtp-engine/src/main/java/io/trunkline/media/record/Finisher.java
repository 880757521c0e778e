package io.trunkline.media.record;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.trunkline.media.RecordingFile;
import io.trunkline.media.RecordingFile.Gap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Turns an unfinished recording into a finished one, after a call as after a crash: keeps every segment whose checksum
 * holds, leaves silence where one is missing and says so, then makes the file durable and drops the index.
 */
final class Finisher {
    private static final int BLOCK_BYTES = 1 << 16;

    private Finisher() {}

    /**
     * Empty when not a single frame was recorded; then nothing is left on disk.
     *
     * @param frames there should be, as far as it is known: what a full disk did not take at the end is a gap, too
     * @param trim silence at both ends is cut off
     */
    static Optional<RecordingFile> finish(Path index, long frames, boolean trim) throws IOException {
        Path wav = wavOf(index);
        byte[] bytes = Files.readAllBytes(index);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        SegmentIndex.Head head = SegmentIndex.readHead(bytes, in);
        List<SegmentIndex.Entry> entries = new ArrayList<>(SegmentIndex.readEntries(bytes, in));
        entries.sort(Comparator.comparingLong(SegmentIndex.Entry::position));
        Contents contents;
        try (FileChannel file = FileChannel.open(wav, READ, WRITE)) {
            contents = Contents.verify(file, head, entries);
            if (contents.frames() > 0) {
                seal(file, head, contents.frames());
            }
        }
        if (contents.frames() == 0) {
            discard(index, wav, true);
            return Optional.empty();
        }
        Contents whole = contents.upTo(frames);
        return Optional.of(trim ? finishTrimmed(index, wav, head, whole) : finishWhole(index, wav, head, whole));
    }

    private static RecordingFile finishWhole(Path index, Path wav, SegmentIndex.Head head, Contents contents)
            throws IOException {
        RecordingFile finished = describe(head, wav, contents);
        discard(index, wav, false);
        return finished;
    }

    /**
     * The index goes before the trimmed file takes the place of the whole one: it speaks of the whole one alone. A crash
     * at any moment leaves either of the two, complete.
     */
    private static RecordingFile finishTrimmed(Path index, Path wav, SegmentIndex.Head head, Contents contents)
            throws IOException {
        Optional<Trimming> trimming = Trimming.of(wav, head, contents);
        if (trimming.isEmpty() || !trimming.get().write()) {
            return finishWhole(index, wav, head, contents);
        }
        discard(index, wav, false);
        trimming.get().replace();
        return describe(head, wav, trimming.get().contents());
    }

    private static Path wavOf(Path index) {
        String name = String.valueOf(index.getFileName());
        return index.resolveSibling(name.substring(0, name.length() - ".index".length()));
    }

    private static void seal(FileChannel file, SegmentIndex.Head head, long frames) throws IOException {
        long dataBytes = frames * head.channels() * 2;
        file.write(WavHeader.of(head.sampleRate(), head.channels(), dataBytes), 0);
        if (file.size() > WavHeader.BYTES + dataBytes) {
            file.truncate(WavHeader.BYTES + dataBytes);
        } else if (file.size() < WavHeader.BYTES + dataBytes) {
            file.write(ByteBuffer.allocate(1), WavHeader.BYTES + dataBytes - 1);
        }
        file.force(true);
    }

    private static RecordingFile describe(SegmentIndex.Head head, Path wav, Contents contents) throws IOException {
        long millis = (Files.size(wav) - WavHeader.BYTES) / (2L * head.channels()) * 1000 / head.sampleRate();
        List<Gap> gaps = contents.gapsMillis(head.sampleRate());
        return new RecordingFile(
                head.id(), wav, head.channels(), head.sampleRate(), millis, Files.size(wav), sha256(wav), gaps);
    }

    /** What a finished file says of itself; its gaps went with its index, and are silence in it. */
    static RecordingFile describe(String id, Path wav) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(WavHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(wav, READ)) {
            file.read(header, 0);
        }
        int channels = header.getShort(WavHeader.CHANNELS_AT);
        int sampleRate = header.getInt(WavHeader.RATE_AT);
        if (channels <= 0 || sampleRate <= 0) {
            throw new IOException("no WAV file: " + wav);
        }
        long size = Files.size(wav);
        long millis = (size - WavHeader.BYTES) / (2L * channels) * 1000 / sampleRate;
        return new RecordingFile(id, wav, channels, sampleRate, millis, size, sha256(wav), List.of());
    }

    private static void discard(Path index, Path wav, boolean empty) throws IOException {
        if (empty) {
            Files.deleteIfExists(wav);
        }
        Files.deleteIfExists(index);
        forceFolderOf(index);
    }

    /** Makes names durable. */
    static void forceFolderOf(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            try (FileChannel directory = FileChannel.open(folder, READ)) {
                directory.force(true);
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = newSha256();
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        try (FileChannel in = FileChannel.open(file, READ)) {
            while (in.read(block.clear()) >= 0) {
                digest.update(block.flip());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
