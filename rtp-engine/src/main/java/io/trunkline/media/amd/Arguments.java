package io.trunkline.media.amd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line: names, and options with or without a value. */
record Arguments(List<String> names, Map<String, String> options) {
    private static final Set<String> FLAGS = Set.of("json");
    private static final Set<String> VALUED = Set.of("threshold", "model", "png", "out", "seed", "folds", "count");

    static Arguments parse(List<String> words) {
        List<String> names = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String option = word.startsWith("--") ? word.substring(2) : "";
            if (FLAGS.contains(option)) {
                options.put(option, "true");
            } else if (VALUED.contains(option) && i + 1 < words.size()) {
                options.put(option, words.get(++i));
            } else if (word.startsWith("-")) {
                throw new IllegalArgumentException("unknown option, or one without its value: " + word);
            } else {
                names.add(word);
            }
        }
        return new Arguments(names, options);
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** A NumberFormatException is an IllegalArgumentException, which is what a bad command line is. */
    Optional<Long> number(String option) {
        return value(option).map(Long::valueOf);
    }

    Optional<Double> decimal(String option) {
        return value(option).map(Double::valueOf);
    }
}
