package io.trunkline.media.amd.synth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** espeak-ng, flite and festival, as installed: a text in, trimmed speech at 8 kHz out. */
public final class SpeechPrograms {
    private static final int TIMEOUT_SECONDS = 30;
    private static final int ESPEAK_WORDS_A_MINUTE = 170;
    private static final int WAV_HEADER = 44;

    private final List<Speaker.Program> installed = new ArrayList<>();
    private final Path scratch;

    private SpeechPrograms(Path scratch) {
        this.scratch = scratch;
        find(Speaker.Program.ESPEAK, "espeak-ng");
        find(Speaker.Program.FLITE, "flite");
    }

    /** All that are installed. */
    public static SpeechPrograms find() throws IOException {
        SpeechPrograms programs = quick();
        programs.find(Speaker.Program.FESTIVAL, "text2wave");
        return programs;
    }

    /** Without festival, which takes half a second to start. */
    public static SpeechPrograms quick() throws IOException {
        Path scratch = Files.createTempFile("speech", ".wav");
        scratch.toFile().deleteOnExit();
        return new SpeechPrograms(scratch);
    }

    /** Whether both programs are here that every corpus needs. */
    public boolean usable() {
        return installed.contains(Speaker.Program.ESPEAK) && installed.contains(Speaker.Program.FLITE);
    }

    List<Speaker.Program> installed() {
        return installed;
    }

    float[] say(Speaker speaker, String text) throws IOException {
        run(command(speaker), text);
        byte[] wav = Files.readAllBytes(scratch);
        if (wav.length <= WAV_HEADER) {
            throw new IOException(speaker.voice() + " said nothing of: " + text);
        }
        ByteBuffer bytes = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        int rate = bytes.getInt(24);
        float[] samples = new float[(wav.length - WAV_HEADER) / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort(WAV_HEADER + 2 * i) / 32768f;
        }
        return Signal.trimmed(Signal.resampled(samples, (double) rate / Signal.RATE * speaker.pitch()));
    }

    private List<String> command(Speaker speaker) {
        String out = scratch.toString();
        // playing faster by the pitch also shortens: the program speaks that much slower
        double pace = speaker.pace() / speaker.pitch();
        String stretch = String.format(Locale.ROOT, "%.3f", 1 / pace);
        return switch (speaker.program()) {
            case ESPEAK ->
                List.of(
                        "espeak-ng",
                        "-v",
                        speaker.voice(),
                        "-s",
                        String.valueOf((int) (ESPEAK_WORDS_A_MINUTE * pace)),
                        "-w",
                        out,
                        "--stdin");
            case FLITE ->
                List.of("flite", "-voice", speaker.voice(), "--setf", "duration_stretch=" + stretch, "-o", out);
            case FESTIVAL ->
                List.of(
                        "text2wave",
                        "-eval",
                        "(voice_" + speaker.voice() + ")",
                        "-eval",
                        "(Parameter.set 'Duration_Stretch " + stretch + ")",
                        "-o",
                        out);
        };
    }

    private static void run(List<String> command, String text) throws IOException {
        List<String> line = new ArrayList<>(command);
        if (command.getFirst().equals("flite")) {
            line.add("-t");
            line.add(text);
        }
        Process process = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // a program that takes its text otherwise has closed its input
        }
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("failed: " + line);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void find(Speaker.Program program, String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                installed.add(program);
                return;
            }
        }
    }
}
