package io.trunkline.control.config;

import java.util.List;

/**
 * One value as it was written, and where.
 *
 * @param origin "file:line" or the name of the environment variable
 * @param items one text for a plain value, several for a list, none for a key left empty
 */
record Setting(String origin, List<String> items) {
    Setting {
        items = List.copyOf(items);
    }

    boolean isEmpty() {
        return items.stream().allMatch(String::isBlank);
    }

    String text() {
        return String.join(",", items);
    }

    ConfigException refuse(String key, String why) {
        return new ConfigException(origin + ": " + key + ": " + why);
    }
}
