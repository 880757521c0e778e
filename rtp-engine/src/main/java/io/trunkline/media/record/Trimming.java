package io.trunkline.media.record;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A sealed recording without the silence at its ends: written beside it, then put in its place. What could not be
 * recorded is not taken for silence: nothing is cut from a gap on.
 */
final class Trimming {
    private static final String SUFFIX = ".trimmed";
    private static final int BLOCKS_PER_SECOND = 50;
    /** Blocks left before and after the sound: a word begins and ends softly. */
    private static final int MARGIN_BLOCKS = 5;
    /** The power of −45 dBFS: over a line's noise, under the faintest word. */
    private static final double SOUND_POWER = Math.pow(32_768 * Math.pow(10, -45 / 20.0), 2);

    private final Path wav;
    private final SegmentIndex.Head head;
    private final long first;
    private final long last;
    private final Contents contents;

    private Trimming(Path wav, SegmentIndex.Head head, long first, long last, Contents contents) {
        this.wav = wav;
        this.head = head;
        this.first = first;
        this.last = last;
        this.contents = contents;
    }

    /** Empty when there is nothing to cut, and when all of it is silence: that is left as it is. */
    static Optional<Trimming> of(Path wav, SegmentIndex.Head head, Contents contents) throws IOException {
        int blockFrames = head.sampleRate() / BLOCKS_PER_SECOND;
        long frames = (Files.size(wav) - WavHeader.BYTES) / (2L * head.channels());
        long blocks = (frames + blockFrames - 1) / blockFrames;
        try (FileChannel file = FileChannel.open(wav, READ)) {
            Sounds sounds = new Sounds(file, head.channels(), blockFrames, frames, contents);
            long from = 0;
            while (from < blocks && !sounds.in(from)) {
                from++;
            }
            long to = blocks;
            while (to > from && !contents.missesAfter(frames) && !sounds.in(to - 1)) {
                to--;
            }
            long first = Math.max(0, from - MARGIN_BLOCKS) * blockFrames;
            long last = Math.min(frames, (to + MARGIN_BLOCKS) * blockFrames);
            boolean nothingToCut = from == blocks || (first == 0 && last == frames);
            Contents left = contents.between(first, last == frames ? contents.frames() : last);
            return nothingToCut ? Optional.empty() : Optional.of(new Trimming(wav, head, first, last, left));
        }
    }

    /** Which blocks of a file are more than silence. */
    private record Sounds(FileChannel file, int channels, int blockFrames, long frames, Contents contents) {
        boolean in(long block) throws IOException {
            long from = block * blockFrames;
            long to = Math.min(frames, from + blockFrames);
            return contents.misses(from, to) || loudest(from, (int) (to - from)) > SOUND_POWER;
        }

        private double loudest(long from, int count) throws IOException {
            ByteBuffer samples = ByteBuffer.allocate(count * 2 * channels).order(ByteOrder.LITTLE_ENDIAN);
            long at = WavHeader.BYTES + from * 2 * channels;
            while (samples.hasRemaining() && file.read(samples, at + samples.position()) >= 0) {
                // Reads until the block is there.
            }
            double loudest = 0;
            for (int channel = 0; channel < channels; channel++) {
                loudest = Math.max(loudest, power(samples, channel, count));
            }
            return loudest;
        }

        private double power(ByteBuffer samples, int channel, int count) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                double sample = samples.getShort((i * channels + channel) * 2);
                sum += sample * sample;
            }
            return sum / count;
        }
    }

    private Path aside() {
        return wav.resolveSibling(wav.getFileName() + SUFFIX);
    }

    /** Writes the trimmed file, durably, beside the whole one; false when the disk does not take it. */
    boolean write() throws IOException {
        try {
            copy();
            return true;
        } catch (IOException full) {
            Files.deleteIfExists(aside());
            return false;
        }
    }

    private void copy() throws IOException {
        long frameBytes = 2L * head.channels();
        long bytes = (last - first) * frameBytes;
        try (FileChannel in = FileChannel.open(wav, READ);
                FileChannel out = FileChannel.open(aside(), CREATE, TRUNCATE_EXISTING, WRITE)) {
            out.write(WavHeader.of(head.sampleRate(), head.channels(), bytes));
            long begin = WavHeader.BYTES + first * frameBytes;
            long done = 0;
            while (done < bytes) {
                done += in.transferTo(begin + done, bytes - done, out);
            }
            out.force(true);
        }
    }

    /** Puts it in the whole one's place. */
    void replace() throws IOException {
        Files.move(aside(), wav, ATOMIC_MOVE);
        Finisher.forceFolderOf(wav);
    }

    Contents contents() {
        return contents;
    }

    /** Removes what a crash left half written; the whole files are still there. */
    static void forget(Path folder) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*.wav" + SUFFIX)) {
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
