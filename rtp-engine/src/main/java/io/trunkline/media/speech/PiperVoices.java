package io.trunkline.media.speech;

import io.trunkline.media.SpeechSynthesizer.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Piper, whose voices are files beside it: a model, and what it says of itself. Another program of that name sets up
 * mice: only one that answers with a bare version number is it.
 */
final class PiperVoices {
    private static final Logger LOG = LoggerFactory.getLogger(PiperVoices.class);
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)*");
    private static final Pattern SAMPLE_RATE = Pattern.compile("\"sample_rate\"\\s*:\\s*(\\d{4,6})");
    private static final String MODEL = ".onnx";
    private static final int RATE = 22_050;
    /** A model takes 60 MB and more. */
    private static final int READY = 2;

    private PiperVoices() {}

    /** Where people keep the models. */
    static List<Path> folders() {
        return List.of(
                Path.of(System.getProperty("user.home"), ".local", "share", "piper-voices"),
                Path.of("/usr/local/share/piper-voices"),
                Path.of("/usr/share/piper-voices"));
    }

    static SpeechProgram program(String command, List<Path> folders) {
        Map<String, Path> models = models(folders);
        return new SpeechProgram(
                "piper",
                List.of(command, "--version"),
                lines -> isPiper(lines)
                        ? models.values().stream().map(PiperVoices::voice).toList()
                        : List.of(),
                true,
                READY,
                (voice, rate, _) -> List.of(
                        command,
                        "--model",
                        String.valueOf(models.get(voice)),
                        "--length_scale",
                        String.format(Locale.ROOT, "%.2f", 1 / rate),
                        "--output_file",
                        "-"));
    }

    private static boolean isPiper(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .anyMatch(line -> VERSION.matcher(line).matches());
    }

    /** By name; of two files of one name the first folder's is taken. */
    private static Map<String, Path> models(List<Path> folders) {
        Map<String, Path> models = new TreeMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                addModels(folder, models);
            }
        }
        return models;
    }

    private static void addModels(Path folder, Map<String, Path> models) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(MODEL))
                    .forEach(file -> models.putIfAbsent(name(file), file.toAbsolutePath()));
        } catch (IOException e) {
            LOG.warn("the voices in {} cannot be listed: {}", folder, e.toString());
        }
    }

    private static String name(Path model) {
        String file = String.valueOf(model.getFileName());
        return file.substring(0, file.length() - MODEL.length());
    }

    /** {@code en_US-lessac-medium}: the language comes first. */
    private static Voice voice(Path model) {
        String name = name(model);
        String language = name.split("-", 2)[0].replace('_', '-').toLowerCase(Locale.ROOT);
        return new Voice("piper/" + name, "piper", language, "unknown", sampleRate(model));
    }

    private static int sampleRate(Path model) {
        try {
            Matcher rate = SAMPLE_RATE.matcher(Files.readString(model.resolveSibling(model.getFileName() + ".json")));
            return rate.find() ? Integer.parseInt(rate.group(1)) : RATE;
        } catch (IOException unsaid) {
            return RATE;
        }
    }
}
