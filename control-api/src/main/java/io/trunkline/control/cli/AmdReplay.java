package io.trunkline.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trunkline.control.ControlConfig;
import io.trunkline.control.config.ConfigException;
import io.trunkline.control.config.ConfigLoader;
import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdTrial;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code trunkline amd replay}: the detector over the stored calls of a server that carry somebody's label. */
public final class AmdReplay {
    private static final String USAGE = """
            Usage: trunkline amd replay [--threshold P] [--model FILE] [--server URL] [--key KEY]
            Calls need a recording from their answer on and a label: PUT /v1/calls/{id}/amd-label.
            """;
    private static final Set<String> OPTIONS = Set.of("--threshold", "--model", "--server", "--key");

    private final ApiClient api;
    private final AmdTrial trial;
    private final double threshold;

    AmdReplay(ApiClient api, AmdTrial trial, double threshold) {
        this.api = api;
        this.trial = trial;
        this.threshold = threshold;
    }

    public static void main(String[] words) throws InterruptedException {
        System.exit(run(List.of(words), System.out, System.err));
    }

    /** Returns the process's exit code. */
    public static int run(List<String> words, PrintStream out, PrintStream errors) throws InterruptedException {
        try {
            Map<String, String> options = parse(words);
            ControlConfig config = ConfigLoader.load(System.getenv());
            URI server = option(options, "--server").map(URI::create).orElseGet(() -> CallCommand.local(config));
            Optional<String> given = option(options, "--key");
            String key =
                    given.isPresent() ? given.get() : CallCommand.key(config).orElse("none");
            Optional<Path> own = options.containsKey("--server") ? Optional.empty() : CallCommand.certificate(config);
            try (ApiClient api = new ApiClient(server, key, own)) {
                out.print(new AmdReplay(api, trial(options), threshold(options)).report());
            }
            return 0;
        } catch (IllegalArgumentException | ConfigException e) {
            errors.println("trunkline: " + e.getMessage() + "\n" + USAGE);
            return 2;
        } catch (ServerTrouble | IOException e) {
            errors.println("trunkline: " + e.getMessage());
            return 1;
        }
    }

    private static Map<String, String> parse(List<String> words) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            if (!OPTIONS.contains(words.get(i)) || i + 1 == words.size()) {
                throw new IllegalArgumentException("what is '" + words.get(i) + "'?");
            }
            options.put(words.get(i), words.get(i + 1));
        }
        return options;
    }

    private static double threshold(Map<String, String> options) {
        double threshold =
                option(options, "--threshold").map(Double::parseDouble).orElse(AmdSpec.DEFAULT.threshold());
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("--threshold is a probability between 0 and 1");
        }
        return threshold;
    }

    private static AmdTrial trial(Map<String, String> options) throws IOException {
        return AmdTrial.with(option(options, "--model").map(Path::of));
    }

    private static Optional<String> option(Map<String, String> options, String name) {
        return Optional.ofNullable(options.get(name));
    }

    String report() throws IOException, InterruptedException {
        ReplayReport report = new ReplayReport(threshold);
        String next = "/v1/amd-labels?limit=200";
        while (!next.isEmpty()) {
            JsonNode page = api.get(next);
            for (JsonNode call : page.path("items")) {
                replay(call, report);
            }
            String cursor = page.path("next_cursor").asText("");
            next = cursor.isEmpty() || cursor.equals("null") ? "" : "/v1/amd-labels?limit=200&cursor=" + cursor;
        }
        return report.text();
    }

    private void replay(JsonNode call, ReplayReport report) throws IOException, InterruptedException {
        JsonNode recording = call.path("recordings").path(0);
        if (recording.isMissingNode() || call.path("label").asText().equals("unknown")) {
            return;
        }
        Set<Double> thresholds = new TreeSet<>(ReplayReport.TRIED);
        thresholds.add(threshold);
        Path file = Files.createTempFile("replay", ".wav");
        try {
            api.download("/v1/recordings/" + recording.asText() + "/audio?format=wav&channel=left", file);
            report.add(ReplayedCall.of(call, AmdTrial.read(file), trial, thresholds));
        } finally {
            Files.delete(file);
        }
    }
}
