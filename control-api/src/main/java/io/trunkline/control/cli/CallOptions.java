package io.trunkline.control.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The command line of {@code trunkline call}, read once. */
record CallOptions(String to, Map<String, String> given) {
    static final String USAGE = """
            Usage: trunkline call NUMBER [--say TEXT [--voice NAME] | --play FILE_OR_URL] [--record FILE.wav] [--amd]
                                         [--from NUMBER] [--timeout SECONDS] [--server URL] [--key KEY]
            Without a running server it starts one for this call. It ends with 0 when the call was completed,
            3 busy, 4 no answer, 5 rejected, 6 cancelled, 7 failed; 2 for a mistake here, 1 for trouble with the server.
            """;

    private static final Set<String> WITH_VALUE =
            Set.of("--say", "--voice", "--play", "--record", "--from", "--timeout", "--server", "--key");
    private static final Set<String> FLAGS = Set.of("--amd");

    CallOptions {
        given = Map.copyOf(given);
    }

    /** @throws IllegalArgumentException in words for the person who typed it */
    static CallOptions parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        String to = "";
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (FLAGS.contains(word)) {
                given.put(word, "");
            } else if (WITH_VALUE.contains(word)) {
                given.put(word, value(word, words));
            } else if (word.startsWith("-") || !to.isEmpty()) {
                throw new IllegalArgumentException("what is '" + word + "'?");
            } else {
                to = word;
            }
        }
        return checked(new CallOptions(to, given));
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    private static CallOptions checked(CallOptions options) {
        if (options.to.isEmpty()) {
            throw new IllegalArgumentException("whom to call?");
        }
        if (options.given.containsKey("--say") && options.given.containsKey("--play")) {
            throw new IllegalArgumentException("--say or --play, not both");
        }
        if (options.text("--timeout")
                .filter(text -> !text.matches("[1-9]\\d{0,2}"))
                .isPresent()) {
            throw new IllegalArgumentException("--timeout takes seconds, 1 to 600");
        }
        return options;
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(given.get(option));
    }

    Optional<Path> recordTo() {
        return text("--record").map(Path::of);
    }

    Optional<URI> server() {
        return text("--server").map(URI::create);
    }
}
