package io.trunkline.control.speech;

import io.trunkline.control.call.CallRefused;
import io.trunkline.media.SpeechSynthesizer;
import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import io.trunkline.media.SpeechSynthesizer.Voice;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The voices of this server, best engine first, and how one is chosen. */
public final class Voices {
    private static final int NEAR_NAMES = 3;

    private final List<SpeechSynthesizer> engines;
    private final Optional<String> preferred;

    /** A voice with who speaks it. */
    public record Choice(SpeechSynthesizer engine, Voice voice) {}

    /**
     * Engines in order of preference.
     *
     * @param preferred the voice of requests that name none
     */
    public Voices(List<SpeechSynthesizer> engines, Optional<String> preferred) {
        this.engines = List.copyOf(engines);
        this.preferred = preferred;
    }

    public List<Voice> all() {
        return engines.stream().flatMap(engine -> engine.voices().stream()).toList();
    }

    /** By name; else by language; else the preferred one; else the first there is. */
    public Choice choose(Optional<String> name, Optional<String> language) {
        if (name.isPresent()) {
            return named(name.get()).orElseThrow(() -> unknown(name.get()));
        }
        if (language.isPresent()) {
            return speaking(language.get())
                    .orElseThrow(() -> CallRefused.invalid(
                            "language",
                            "No installed voice speaks '" + language.get() + "': GET /v1/voices lists what there is."));
        }
        return preferred
                .flatMap(this::named)
                .or(() -> speaking("en"))
                .or(() -> choices().findFirst())
                .orElseThrow(() -> CallRefused.of(422, "format_unavailable", "No speech engine is installed."));
    }

    /** A short sentence in this voice, as a WAV. Blocks. */
    public byte[] sample(Choice choice) throws IOException, InterruptedException {
        WavSink wav = new WavSink();
        String name = shortName(choice.voice()).replaceAll("[^A-Za-z0-9]+", " ");
        choice.engine().speak(new SpeechRequest("Hello. This is the voice " + name + ".", choice.voice(), 1), wav);
        return wav.bytes();
    }

    private Stream<Choice> choices() {
        return engines.stream().flatMap(engine -> engine.voices().stream().map(voice -> new Choice(engine, voice)));
    }

    /** The whole id, or what comes after the engine's name. */
    private Optional<Choice> named(String name) {
        return choices()
                .filter(choice -> choice.voice().id().equalsIgnoreCase(name)
                        || shortName(choice.voice()).equalsIgnoreCase(name))
                .findFirst();
    }

    /** {@code en-GB} takes a voice of just that, else of {@code en} in any country. */
    private Optional<Choice> speaking(String language) {
        String wanted = language.toLowerCase(Locale.ROOT).replace('_', '-');
        String base = wanted.split("-", 2)[0];
        return choices()
                .filter(choice -> speaksAny(choice)
                        || languageOf(choice).equals(base)
                        || languageOf(choice).startsWith(base + "-"))
                .min(Comparator.comparingInt(choice -> rank(choice, wanted, base)));
    }

    /** A voice of any language is the first choice of the engine that was chosen, and the last of the others. */
    private int rank(Choice choice, String wanted, String base) {
        String has = languageOf(choice);
        if (speaksAny(choice)) {
            return choice.engine().equals(engines.getFirst()) ? 0 : 3;
        }
        if (has.equals(wanted)) {
            return 0;
        }
        return has.equals(base) ? 1 : 2;
    }

    /** Many languages, or nobody knows which (ISO 639-2). */
    private static boolean speaksAny(Choice choice) {
        return languageOf(choice).equals("mul") || languageOf(choice).equals("und");
    }

    private static String languageOf(Choice choice) {
        return choice.voice().language().toLowerCase(Locale.ROOT);
    }

    private static String shortName(Voice voice) {
        return voice.id().substring(voice.id().indexOf('/') + 1);
    }

    private CallRefused unknown(String name) {
        String near = all().stream()
                .map(Voice::id)
                .sorted(Comparator.comparingInt(id -> distance(name, id.substring(id.indexOf('/') + 1))))
                .limit(NEAR_NAMES)
                .collect(Collectors.joining(", "));
        return CallRefused.invalid("voice", "There is no voice '" + name + "'. Near: " + near + ".");
    }

    /** Levenshtein's, over at most the names of voices. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
