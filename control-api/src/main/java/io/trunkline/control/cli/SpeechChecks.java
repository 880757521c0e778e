package io.trunkline.control.cli;

import io.trunkline.control.ControlConfig.Speech;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What can turn text into speech here. */
final class SpeechChecks {
    private static final Map<Speech.Engine, String> PROGRAMS = Map.of(
            Speech.Engine.PIPER, "piper",
            Speech.Engine.ESPEAK, "espeak-ng",
            Speech.Engine.FLITE, "flite",
            Speech.Engine.FESTIVAL, "text2wave");

    private SpeechChecks() {}

    static List<Check> all(Speech speech) {
        return List.of(
                switch (speech.engine()) {
                    case AUTO, FREETTS -> found();
                    case PIPER, ESPEAK, FLITE, FESTIVAL -> wanted(PROGRAMS.getOrDefault(speech.engine(), ""));
                    case COMMAND ->
                        speech.command()
                                .map(command -> wanted(command.split(" ", 2)[0]))
                                .orElseGet(() -> missing("speech.command"));
                    case HTTP ->
                        speech.url()
                                .map(url -> Check.ok("speech", "spoken by " + url))
                                .orElseGet(() -> missing("speech.url"));
                });
    }

    private static Check found() {
        String programs = PROGRAMS.values().stream()
                .filter(Programs::isInstalled)
                .sorted()
                .collect(Collectors.joining(", "));
        return programs.isEmpty()
                ? Check.warn(
                        "speech",
                        "only FreeTTS, which is built in and sounds its age",
                        "apt-get install espeak-ng, or piper for a natural voice, or set speech.url")
                : Check.ok("speech", "FreeTTS is built in; found beside it: " + programs);
    }

    private static Check wanted(String program) {
        boolean there = program.startsWith("/") ? Files.isExecutable(Path.of(program)) : Programs.isInstalled(program);
        return there
                ? Check.ok("speech", "spoken by " + program)
                : Check.fail("speech", program + " is not installed", "install it, or set speech.engine to auto");
    }

    private static Check missing(String key) {
        return Check.fail("speech", key + " is not set", "set it, or set speech.engine to auto");
    }
}
