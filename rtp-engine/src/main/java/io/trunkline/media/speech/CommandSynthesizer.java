package io.trunkline.media.speech;

import io.trunkline.media.AudioSink;
import io.trunkline.media.SpeechSynthesizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Speaks by a program: a process for each text, often started before the text is known, its PCM passed on as it comes,
 * killed when it takes too long.
 */
public final class CommandSynthesizer implements SpeechSynthesizer {
    /** More at once would only slow each other: speech programs use a whole core while they speak. */
    private static final int PROCESSES = Math.max(2, Runtime.getRuntime().availableProcessors() * 4);

    private static final Duration LISTING = Duration.ofSeconds(5);
    private static final Duration SPEAKING = Duration.ofMinutes(2);
    private static final int MAX_TEXT = 100_000;
    private static final double SLOWEST = 0.25;
    private static final double FASTEST = 4;
    private static final int CHUNK_SAMPLES = 2048;

    private final SpeechProgram program;
    private final List<Voice> voices;
    private final Semaphore places = new Semaphore(PROCESSES, true);
    private final ReadyProcesses ready;

    private CommandSynthesizer(SpeechProgram program, List<Voice> voices) {
        this.program = program;
        this.voices = voices;
        this.ready = new ReadyProcesses(program.keptReady(), System::nanoTime);
    }

    /** The program's synthesizer, when it is installed and has voices. */
    static Optional<SpeechSynthesizer> of(SpeechProgram program) {
        try {
            List<Voice> voices = program.voices().apply(list(program.listing()));
            return voices.isEmpty() ? Optional.empty() : Optional.of(new CommandSynthesizer(program, voices));
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    /** A command line that speaks whatever comes: its voice and pace are its own. */
    static SpeechSynthesizer given(List<String> command) {
        SpeechProgram program =
                new SpeechProgram("command", List.of(), _ -> List.of(), true, 0, (_, _, _) -> List.copyOf(command));
        return new CommandSynthesizer(
                program, List.of(new Voice("command/default", "command", "und", "unknown", 22_050)));
    }

    private static List<String> list(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        killAfter(process, LISTING);
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readNBytes(1 << 20), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public String engine() {
        return program.engine();
    }

    @Override
    public List<Voice> voices() {
        return voices;
    }

    @Override
    public void speak(SpeechRequest request, AudioSink sink) throws IOException, InterruptedException {
        if (request.text().length() > MAX_TEXT) {
            throw new IOException("the text is longer than " + MAX_TEXT + " characters");
        }
        if (!voices.contains(request.voice())) {
            throw new IOException("no voice " + request.voice().id());
        }
        places.acquire();
        try {
            if (program.streams()) {
                streamed(request, sink);
            } else {
                byFile(request, sink);
            }
        } finally {
            places.release();
        }
    }

    private void streamed(SpeechRequest request, AudioSink sink) throws IOException, InterruptedException {
        Process process = ready.take(command(request, ""));
        killAfter(process, SPEAKING);
        try (InputStream wav = process.getInputStream()) {
            Thread.ofVirtual().start(() -> feed(process, request.text()));
            pass(wav, sink);
        } finally {
            process.destroyForcibly();
        }
    }

    private void byFile(SpeechRequest request, AudioSink sink) throws IOException, InterruptedException {
        Path file = Files.createTempFile("speech", ".wav");
        Process process = new ProcessBuilder(command(request, file.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        killAfter(process, SPEAKING);
        try {
            feed(process, request.text());
            process.waitFor();
            try (InputStream wav = Files.newInputStream(file)) {
                pass(wav, sink);
            }
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(file);
        }
    }

    private WavStream open(InputStream wav) throws IOException {
        try {
            return WavStream.open(wav);
        } catch (EOFException e) {
            throw new IOException(program.engine() + " ended without a sound", e);
        }
    }

    private List<String> command(SpeechRequest request, String file) {
        String id = request.voice().id();
        double rate = Math.clamp(request.rate(), SLOWEST, FASTEST);
        return program.speaking().command(id.substring(id.indexOf('/') + 1), rate, file);
    }

    private static void killAfter(Process process, Duration limit) {
        Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException nobodyInterruptsIt) {
                process.destroyForcibly();
            }
        });
    }

    private static void feed(Process process, String text) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(printable(text).getBytes(StandardCharsets.UTF_8));
            in.write('\n');
        } catch (IOException gone) {
            process.destroyForcibly(); // it ended before it had read the text; its output tells
        }
    }

    /** A zero byte would end the text in a C program; the rest of the control characters mean nothing spoken. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private void pass(InputStream wav, AudioSink sink) throws IOException, InterruptedException {
        WavStream audio = open(wav);
        sink.start(audio.sampleRate());
        short[] samples = new short[CHUNK_SAMPLES];
        int count = audio.read(samples);
        while (count > 0) {
            sink.write(samples, 0, count);
            count = audio.read(samples);
        }
    }
}
