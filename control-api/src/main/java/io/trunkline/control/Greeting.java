package io.trunkline.control;

import java.time.Duration;
import java.util.Locale;

/** What a start ends with: where everything is, and a first call to paste. */
record Greeting(ControlConfig config, FirstKeys keys, int httpPort, Duration startup) {
    String text() {
        String scheme = config.http().certificate().isPresent() ? "https://" : "http://";
        String base = scheme + host() + ":" + httpPort;
        return """

                Trunkline %s is ready after %s s.

                  API        %s/v1
                  Docs       %s/docs
                  Console    %s/console
                  Key        %s
                  Admin key  %s

                A first call:

                  curl -s %s/v1/calls -H "Authorization: Bearer %s" \\
                    -H "Content-Type: application/json" \\
                    -d '{"to": "+15550100001", "say": {"text": "Hello from Trunkline"}, "record": true}'

                """.formatted(
                        Version.current(),
                        String.format(Locale.ROOT, "%.1f", startup.toMillis() / 1000.0),
                        base,
                        base,
                        base,
                        shown(keys.api()),
                        shown(keys.admin()),
                        base,
                        bearer(keys.api()));
    }

    private static String shown(FirstKeys.Key key) {
        return switch (key.origin()) {
            case GENERATED -> key.secret().value() + "  (shown this once, kept in " + key.file() + ")";
            case KEPT -> "in " + key.file();
            case CONFIGURED -> "as configured";
        };
    }

    /** What the shell puts into the header. */
    private static String bearer(FirstKeys.Key key) {
        return switch (key.origin()) {
            case GENERATED -> key.secret().value();
            case KEPT -> "$(cat " + key.file() + ")";
            case CONFIGURED -> "$TRUNKLINE_API_KEY";
        };
    }

    private String host() {
        String first = config.http().bind().getFirst();
        return switch (first) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> first.contains(":") ? "[" + first + "]" : first;
        };
    }
}
