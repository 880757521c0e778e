package io.trunkline.control.config;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The file's settings with the environment's on top, asked for by key and type.
 *
 * <p>It remembers every key it was asked for: those are the known ones, and {@link #refuseUnknown} holds what was
 * written against them.
 */
final class Settings {
    private static final String PREFIX = "TRUNKLINE_";

    private final Map<String, Setting> file;
    private final Map<String, String> environment;
    private final Set<String> known = new LinkedHashSet<>();

    Settings(Map<String, Setting> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    Set<String> known() {
        return known;
    }

    /** A value of any type; {@code parse} explains what is wrong by an {@link IllegalArgumentException}. */
    <T> Optional<T> optional(String key, Function<String, T> parse) {
        return setting(key).map(setting -> parse(key, setting, setting.text(), parse));
    }

    <T> T value(String key, T standard, Function<String, T> parse) {
        return optional(key, parse).orElse(standard);
    }

    <T> List<T> list(String key, List<T> standard, Function<String, T> parse) {
        return setting(key)
                .map(setting -> split(setting).stream()
                        .map(item -> parse(key, setting, item, parse))
                        .toList())
                .orElse(standard);
    }

    String text(String key, String standard) {
        return value(key, standard, text -> text);
    }

    int port(String key, int standard) {
        return number(key, standard, 0, 65535);
    }

    int number(String key, int standard, int lowest, int highest) {
        return value(key, standard, text -> Values.number(text, lowest, highest));
    }

    boolean flag(String key, boolean standard) {
        return value(key, standard, Values::flag);
    }

    Duration duration(String key, Duration standard) {
        return value(key, standard, Values::duration);
    }

    private Optional<Setting> setting(String key) {
        known.add(key);
        String override = environment.get(variable(key));
        Setting written = override == null ? file.get(key) : new Setting(variable(key), List.of(override));
        return Optional.ofNullable(written).filter(setting -> !setting.isEmpty());
    }

    private static List<String> split(Setting setting) {
        return setting.items().stream()
                .flatMap(item -> List.of(item.split(",", -1)).stream())
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static <T> T parse(String key, Setting setting, String text, Function<String, T> parse) {
        try {
            return parse.apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw setting.refuse(key, String.valueOf(e.getMessage()));
        }
    }

    /** An unknown key is a setting that silently does nothing: better not to start. */
    void refuseUnknown() {
        file.forEach((key, setting) -> {
            if (!known.contains(key) && !(setting.isEmpty() && isSection(key))) {
                throw new ConfigException(setting.origin() + ": unknown key '" + key + "'" + meant(key, known));
            }
        });
        Set<String> variables = new LinkedHashSet<>(LauncherVariables.NAMES);
        known.forEach(key -> variables.add(variable(key)));
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !variables.contains(name) && !LauncherVariables.isServiceLink(name, value)) {
                throw new ConfigException("environment: unknown variable " + name + meant(name, variables));
            }
        });
    }

    private boolean isSection(String key) {
        return known.stream().anyMatch(name -> name.startsWith(key + "."));
    }

    private static String meant(String name, Set<String> candidates) {
        return NearestName.of(name, candidates)
                .map(best -> "; did you mean '" + best + "'?")
                .orElse("");
    }
}
