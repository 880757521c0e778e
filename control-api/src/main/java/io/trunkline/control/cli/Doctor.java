package io.trunkline.control.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trunkline.control.ControlConfig;
import io.trunkline.control.config.ConfigException;
import io.trunkline.control.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code trunkline doctor}: looks at everything a start depends on, and says what to do about it. */
public final class Doctor {
    private Doctor() {}

    /** Ends with status 1 if anything would keep the server from starting. */
    public static void main(String[] arguments) {
        List<String> options = List.of(arguments);
        if (!options.isEmpty() && !options.equals(List.of("--json"))) {
            System.err.println("doctor takes --json or nothing");
            System.exit(2);
        }
        List<Check> checks = examine(System.getenv());
        System.out.print(options.isEmpty() ? text(checks) : json(checks));
        System.exit(checks.stream().anyMatch(check -> check.level() == Check.Level.FAIL) ? 1 : 0);
    }

    static List<Check> examine(Map<String, String> environment) {
        List<Check> checks = new ArrayList<>();
        try {
            ControlConfig config = ConfigLoader.load(environment);
            checks.add(Check.ok("configuration", "every key is known and every value fits"));
            checks.addAll(MachineChecks.all());
            checks.addAll(PortChecks.all(config));
            checks.addAll(SpeechChecks.all(config.speech()));
            checks.addAll(StorageChecks.all(config));
        } catch (ConfigException e) {
            checks.add(Check.fail("configuration", String.valueOf(e.getMessage()), "mend it, then look again"));
        }
        return checks;
    }

    static String text(List<Check> checks) {
        StringBuilder text = new StringBuilder();
        for (Check check : checks) {
            text.append(String.format("%-5s %-16s %s%n", mark(check.level()), check.name(), check.finding()));
            if (!check.advice().isEmpty()) {
                text.append(String.format("%-22s -> %s%n", "", check.advice()));
            }
        }
        return text.toString();
    }

    static String json(List<Check> checks) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("checks", checks))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mark(Check.Level level) {
        return switch (level) {
            case OK -> "ok";
            case WARN -> "warn";
            case FAIL -> "FAIL";
        };
    }
}
