package io.trunkline.control.bench;

import java.util.HashMap;
import java.util.Map;

/** Reads Prometheus' text format, as far as figures without labels go. */
final class Exposition {
    private Exposition() {}

    static Map<String, Double> parse(String text) {
        Map<String, Double> figures = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            if (space > 0 && line.indexOf('{') < 0) {
                figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            }
        });
        return figures;
    }
}
