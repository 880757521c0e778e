package io.trunkline.media.bench;

import io.trunkline.media.Codec;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What to measure.
 *
 * @param warmupSeconds before anything counts
 * @param runs of which each figure's median is reported
 * @param amd detect from each call's answer on, as if calls lasted half a minute
 * @param amdAlways detect in every call all the time
 * @param srtp encrypt every call with AES_CM_128_HMAC_SHA1_80
 * @param netty with {@code sockets}: Netty channels in place of plain ones
 */
record BenchOptions(
        String what,
        int calls,
        int seconds,
        int warmupSeconds,
        int loops,
        int runs,
        boolean record,
        boolean amd,
        boolean amdAlways,
        boolean netty,
        boolean srtp,
        Codec codec,
        boolean json) {
    static final String USAGE =
            "bench media|sockets --calls N --seconds S [--warmup S] [--loops N] [--runs N] [--record]"
                    + " [--amd | --amd-always] [--codec NAME] [--srtp] [--netty] [--json]";
    private static final Set<String> WITH_VALUE =
            Set.of("--calls", "--seconds", "--warmup", "--loops", "--runs", "--codec");
    private static final Set<String> FLAGS = Set.of("--record", "--amd", "--amd-always", "--netty", "--srtp", "--json");

    static BenchOptions parse(String[] args) {
        Map<String, String> given = new HashMap<>();
        String what = "media";
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("media") || args[i].equals("sockets")) {
                what = args[i];
            } else if (WITH_VALUE.contains(args[i]) && i + 1 < args.length) {
                given.put(args[i], args[++i]);
            } else if (FLAGS.contains(args[i])) {
                given.put(args[i], "");
            } else {
                throw new IllegalArgumentException("unknown option " + args[i] + "\n" + USAGE);
            }
        }
        return of(what, given);
    }

    private static BenchOptions of(String what, Map<String, String> given) {
        String codec = given.getOrDefault("--codec", "PCMA");
        return new BenchOptions(
                what,
                Integer.parseUnsignedInt(given.getOrDefault("--calls", "100")),
                Integer.parseUnsignedInt(given.getOrDefault("--seconds", "10")),
                Integer.parseUnsignedInt(given.getOrDefault("--warmup", "20")),
                Integer.parseUnsignedInt(given.getOrDefault("--loops", "1")),
                Math.clamp(Integer.parseUnsignedInt(given.getOrDefault("--runs", "1")), 1, 99),
                given.containsKey("--record"),
                given.containsKey("--amd"),
                given.containsKey("--amd-always"),
                given.containsKey("--netty"),
                given.containsKey("--srtp"),
                Codec.named(codec).orElseThrow(() -> new IllegalArgumentException("no codec " + codec)),
                given.containsKey("--json"));
    }
}
