package io.trunkline.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trunkline.control.ControlConfig;
import io.trunkline.control.FirstKeys;
import io.trunkline.control.Secret;
import io.trunkline.control.config.ConfigException;
import io.trunkline.control.config.ConfigLoader;
import io.trunkline.control.http.HttpConfig;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code trunkline call}: places one call against a running server, or one of its own, and tells how it went. */
public final class CallCommand {
    private CallCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) throws InterruptedException {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        CallScreen screen = new CallScreen(System.out, terminal);
        try {
            return place(CallOptions.parse(arguments), screen);
        } catch (IllegalArgumentException e) {
            System.err.println("trunkline: " + e.getMessage() + "\n" + CallOptions.USAGE);
        } catch (ConfigException e) {
            System.err.println("trunkline: " + e.getMessage());
        } catch (ServerTrouble | IOException e) {
            System.err.println("trunkline: " + e.getMessage());
            return ExitStatus.TROUBLE;
        }
        return ExitStatus.USAGE;
    }

    private static int place(CallOptions options, CallScreen screen) throws IOException, InterruptedException {
        ControlConfig config = ConfigLoader.load(System.getenv());
        URI server = options.server().orElseGet(() -> local(config));
        Optional<Path> known = options.server().isPresent() ? Optional.empty() : certificate(config);
        try (ApiClient api = new ApiClient(server, key(options, config).orElse("none"), known)) {
            if (api.isUp()) {
                return new PhoneCall(api, options, screen).place();
            }
        }
        if (options.server().isPresent()) {
            throw new ServerTrouble("no server answers at " + server);
        }
        screen.line("No server answers at " + server + "; starting one for this call.");
        try (ThrowAwayServer own = ThrowAwayServer.start();
                ApiClient api = new ApiClient(own.url(), own.key())) {
            own.awaitReady(api);
            return new PhoneCall(api, options, screen).place();
        }
    }

    static URI local(ControlConfig config) {
        String host = config.http().bind().getFirst();
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        String scheme = config.http().certificate().isPresent() ? "https://" : "http://";
        return URI.create(scheme + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":"
                + config.http().port());
    }

    static Optional<Path> certificate(ControlConfig config) {
        return config.http().certificate().map(HttpConfig.Certificate::chain);
    }

    private static Optional<String> key(CallOptions options, ControlConfig config) throws IOException {
        Optional<String> told = options.text("--key");
        return told.isPresent() ? told : key(config);
    }

    /** The one that is configured, or that the server made for itself. */
    static Optional<String> key(ControlConfig config) throws IOException {
        Path file = FirstKeys.file(config.data(), "api");
        Optional<String> known = config.apiKey().map(Secret::value);
        if (known.isEmpty() && Files.isReadable(file)) {
            return Optional.of(Files.readString(file).strip());
        }
        return known;
    }

    /** What the shell is told. */
    static final class ExitStatus {
        static final int TROUBLE = 1;
        static final int USAGE = 2;

        private ExitStatus() {}

        static int of(JsonNode call) {
            return switch (call.path("status").asText()) {
                case "completed" -> 0;
                case "busy" -> 3;
                case "no_answer" -> 4;
                case "rejected" -> 5;
                case "cancelled" -> 6;
                default -> 7;
            };
        }
    }
}
