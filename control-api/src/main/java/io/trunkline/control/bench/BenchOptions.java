package io.trunkline.control.bench;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to measure.
 *
 * @param rate calls, or with {@code api} requests, begun a second
 * @param concurrent calls up at once, which gives each its length; with {@code api} requests at once
 * @param seconds how long calls are begun
 * @param warmupSeconds of the same load before it, not counted
 * @param ringMillis how long the carrier rings
 * @param record both sides of every call
 * @param amd listen for machines on every call
 * @param server somebody else's server, with its keys, in place of one of our own
 */
record BenchOptions(
        String what,
        int rate,
        int concurrent,
        int seconds,
        int warmupSeconds,
        int ringMillis,
        boolean record,
        boolean amd,
        boolean json,
        Optional<Target> server) {
    static final String USAGE = """
            bench calls|api --rate R --concurrent C --seconds S [--warmup S] [--ring-ms MS] [--no-record] [--amd]
                  [--url URL --key KEY --admin-key KEY] [--json]""";
    private static final Set<String> WITH_VALUE =
            Set.of("--rate", "--concurrent", "--seconds", "--warmup", "--ring-ms", "--url", "--key", "--admin-key");
    private static final Set<String> FLAGS = Set.of("--no-record", "--amd", "--json");
    private static final int SHORTEST_CALL_MILLIS = 1_000;

    record Target(URI url, String key, String adminKey) {}

    static BenchOptions parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        String what = "calls";
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            if (word.equals("calls") || word.equals("api")) {
                what = word;
            } else if (WITH_VALUE.contains(word) && i + 1 < arguments.length) {
                given.put(word, arguments[++i]);
            } else if (FLAGS.contains(word)) {
                given.put(word, "");
            } else {
                throw new IllegalArgumentException("unknown option " + word + "\n" + USAGE);
            }
        }
        return of(what, given);
    }

    private static BenchOptions of(String what, Map<String, String> given) {
        boolean calls = what.equals("calls");
        int rate = number(given, "--rate", calls ? 20 : 500);
        return new BenchOptions(
                what,
                rate,
                number(given, "--concurrent", calls ? rate * 5 : 50),
                number(given, "--seconds", 30),
                number(given, "--warmup", 10),
                number(given, "--ring-ms", 100),
                !given.containsKey("--no-record"),
                given.containsKey("--amd"),
                given.containsKey("--json"),
                Optional.ofNullable(given.get("--url")).map(url -> target(url, given)));
    }

    private static Target target(String url, Map<String, String> given) {
        return new Target(URI.create(url), given.getOrDefault("--key", ""), given.getOrDefault("--admin-key", ""));
    }

    private static int number(Map<String, String> given, String name, int standard) {
        try {
            return Integer.parseUnsignedInt(given.getOrDefault(name, Integer.toString(standard)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a number\n" + USAGE, e);
        }
    }

    /** By Little's law: so long that {@code concurrent} of them are up when {@code rate} begin each second. */
    int talkMillis() {
        return Math.max(SHORTEST_CALL_MILLIS, 1000 * concurrent / Math.max(1, rate) - ringMillis);
    }
}
