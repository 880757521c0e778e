package io.trunkline.media.speech;

import io.trunkline.media.SpeechSynthesizer.Voice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a speech program is asked. Text always goes in on standard input: it can never become an option.
 *
 * @param engine the name in voices and configuration
 * @param listing the command that lists voices, or proves that the program is there
 * @param voices reads that list
 * @param streams it writes its WAV to standard output as it speaks; else to a file, whole
 * @param keptReady processes, at most, that wait for a text with their voice loaded
 * @param speaking the command that speaks in a voice at a rate, into a file where it does not stream
 */
record SpeechProgram(
        String engine,
        List<String> listing,
        Function<List<String>, List<Voice>> voices,
        boolean streams,
        int keptReady,
        Speaking speaking) {

    private static final int WORDS_PER_MINUTE = 165;
    /** Each takes 2 MB. */
    private static final int ESPEAKS_READY = 64;

    interface Speaking {
        List<String> command(String voiceName, double rate, String file);
    }

    static List<SpeechProgram> known() {
        return List.of(PiperVoices.program("piper", PiperVoices.folders()), espeak(), flite(), festival());
    }

    private static SpeechProgram espeak() {
        return new SpeechProgram(
                "espeak-ng",
                List.of("espeak-ng", "--voices"),
                lines -> lines.stream()
                        .skip(1)
                        .flatMap(line -> espeakVoice(line).stream())
                        .toList(),
                true,
                ESPEAKS_READY,
                (voice, rate, _) -> List.of(
                        "espeak-ng", "--stdin", "--stdout", "-v", voice, "-s", wordsPerMinute(rate), "-a", "80"));
    }

    /** {@code Pty Language Age/Gender VoiceName File Other}. */
    private static Optional<Voice> espeakVoice(String line) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns.length < 5) {
            return Optional.empty();
        }
        String sex = columns[2].endsWith("F") ? "female" : columns[2].endsWith("M") ? "male" : "unknown";
        return Optional.of(new Voice("espeak-ng/" + columns[1], "espeak-ng", columns[1], sex, 22_050));
    }

    /** Flite seeks in what it writes, so it cannot stream. */
    private static SpeechProgram flite() {
        return new SpeechProgram(
                "flite",
                List.of("flite", "-lv"),
                lines -> lines.stream()
                        .filter(line -> line.startsWith("Voices available:"))
                        .flatMap(line -> Stream.of(
                                line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1)))
                        .filter(name -> !name.endsWith("_time") && !name.equals("kal"))
                        .map(name -> new Voice(
                                "flite/" + name, "flite", "en-us", name.equals("slt") ? "female" : "male", 16_000))
                        .toList(),
                false,
                0,
                (voice, rate, file) -> List.of(
                        "flite",
                        "-voice",
                        voice,
                        "--setf",
                        String.format(Locale.ROOT, "duration_stretch=%.2f", 1 / rate),
                        "-f",
                        "/dev/stdin",
                        "-o",
                        file));
    }

    private static SpeechProgram festival() {
        return new SpeechProgram(
                "festival",
                List.of("festival", "--version"),
                _ -> List.of(new Voice("festival/default", "festival", "en-us", "male", 16_000)),
                false,
                0,
                (_, _, file) -> List.of("text2wave", "-o", file));
    }

    private static String wordsPerMinute(double rate) {
        return Long.toString(Math.round(WORDS_PER_MINUTE * rate));
    }
}
