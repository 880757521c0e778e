package io.trunkline.control.http;

import io.trunkline.control.recording.Vault;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A recording in other forms: one of its channels, MP3, Opus. Made once and kept in a folder that may be emptied at any
 * time. Blocks: run on a worker.
 */
public final class AudioForms {
    private static final int HEADER = 44;
    private static final int SAMPLE = 2;
    private static final long MOST_BYTES = 1L << 30;
    private static final long ENCODE_SECONDS = 120;

    private final Vault vault;
    private final Path cache;

    /** @param vault whose WAVs are 16-bit PCM behind a header of 44 bytes; it also looks after what is made here */
    public AudioForms(Vault vault) {
        this.vault = vault;
        this.cache = vault.opened();
    }

    private Path original(String id) throws IOException, InterruptedException {
        return vault.wav(id).orElseThrow(Problem::notFound);
    }

    /** What there is so far of one that is still being made. */
    Optional<Path> unfinished(String id) {
        return Optional.of(vault.made(id)).filter(Files::isRegularFile);
    }

    Path file(String id, String format, Optional<Integer> channel) throws IOException, InterruptedException {
        Path wav = original(id);
        Path source = channel.isPresent() ? oneChannel(wav, id, channel.get()) : wav;
        Path form = format.equals("wav") ? source : encoded(source, format);
        if (!form.equals(wav)) {
            FormCache.keepWithin(cache, form, MOST_BYTES);
        }
        return form;
    }

    private Path oneChannel(Path wav, String id, int channel) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(wav), 1 << 16)) {
            byte[] header = in.readNBytes(HEADER);
            int channels = header.length < HEADER
                    ? 0
                    : ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getShort(22);
            if (channel >= channels) {
                throw Problem.invalid("channel", "must be less than the number of channels, " + channels);
            }
            Path made = cache.resolve(id + "." + channel + ".wav");
            return Files.exists(made)
                    ? made
                    : write(made, out -> split(in, header, channels, channel, Files.size(wav), out));
        }
    }

    private static void split(InputStream in, byte[] header, int channels, int channel, long size, OutputStream out)
            throws IOException {
        long data = (size - HEADER) / channels;
        ByteBuffer mono = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        mono.putInt(4, (int) Math.min(data + HEADER - 8, 0xffffffffL))
                .putShort(22, (short) 1)
                .putInt(28, mono.getInt(24) * SAMPLE)
                .putShort(32, (short) SAMPLE)
                .putInt(40, (int) Math.min(data, 0xffffffffL));
        out.write(header);
        byte[] frame = new byte[channels * SAMPLE];
        while (in.readNBytes(frame, 0, frame.length) == frame.length) {
            out.write(frame, channel * SAMPLE, SAMPLE);
        }
    }

    private Path encoded(Path source, String format) throws IOException, InterruptedException {
        Path made = cache.resolve(source.getFileName() + "." + (format.equals("mp3") ? "mp3" : "ogg"));
        if (Files.exists(made)) {
            return made;
        }
        Files.createDirectories(cache);
        Path part = Files.createTempFile(cache, "form", made.getFileName().toString());
        boolean done = ffmpeg(source, part, format)
                || (format.equals("mp3") && run(List.of("lame", "--quiet", source.toString(), part.toString())));
        if (!done) {
            Files.deleteIfExists(part);
            throw Problem.of(
                    422,
                    "format_unavailable",
                    "This machine has no program that writes " + format + ": install ffmpeg.");
        }
        return Files.move(part, made, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean ffmpeg(Path source, Path target, String format) throws InterruptedException {
        String codec = format.equals("mp3") ? "libmp3lame" : "libopus";
        return run(List.of(
                "ffmpeg",
                "-nostdin",
                "-y",
                "-loglevel",
                "error",
                "-i",
                source.toString(),
                "-c:a",
                codec,
                target.toString()));
    }

    /** False when the program is missing or failed. */
    private static boolean run(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(ENCODE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    @FunctionalInterface
    private interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private Path write(Path made, Writer writer) throws IOException {
        Files.createDirectories(cache);
        Path part = Files.createTempFile(cache, "form", ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
            writer.write(out);
        }
        return Files.move(part, made, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The loudest sample of each of so many stretches, of one channel or all together, 0 to 1. */
    List<Double> peaks(String id, int points, Optional<Integer> channel) throws IOException, InterruptedException {
        Path wav = file(id, "wav", channel);
        long samples = Math.max(1, (Files.size(wav) - HEADER) / SAMPLE);
        double[] peaks = new double[points];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(wav), 1 << 16)) {
            in.skipNBytes(Math.min(HEADER, Files.size(wav)));
            byte[] sample = new byte[SAMPLE];
            for (long i = 0; in.readNBytes(sample, 0, SAMPLE) == SAMPLE && i < samples; i++) {
                int value = Math.abs((short) ((sample[0] & 0xff) | (sample[1] << 8)));
                int point = (int) (i * points / samples);
                peaks[point] = Math.max(peaks[point], value / 32768.0);
            }
        }
        return Arrays.stream(peaks)
                .map(peak -> Math.round(peak * 1000) / 1000.0)
                .boxed()
                .toList();
    }

    /** Deletes the file and all its forms. */
    void delete(String id) throws IOException {
        vault.deleteHere(id);
    }
}
