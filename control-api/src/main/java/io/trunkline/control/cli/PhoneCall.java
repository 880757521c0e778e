package io.trunkline.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One call from request to result. Owns two threads while it lasts: one redraws the screen, one hangs up when the
 * program is interrupted.
 */
final class PhoneCall {
    private static final long RECORDING_WAIT_SECONDS = 15;

    private final ApiClient api;
    private final CallOptions options;
    private final CallScreen screen;
    private long lastSeq;
    private boolean ended;
    private Optional<String> recording = Optional.empty();

    PhoneCall(ApiClient api, CallOptions options, CallScreen screen) {
        this.api = api;
        this.options = options;
        this.screen = screen;
    }

    int place() throws IOException, InterruptedException {
        String id = api.post("/v1/calls", request()).path("id").asText();
        Thread hangUp = new Thread(() -> hangUp(id), "hang-up");
        Runtime.getRuntime().addShutdownHook(hangUp);
        Thread redraw = Thread.ofVirtual().start(this::redraw);
        follow(id);
        redraw.interrupt();
        Runtime.getRuntime().removeShutdownHook(hangUp);
        JsonNode call = api.get("/v1/calls/" + id);
        summarise(call);
        fetchRecording(id);
        return CallCommand.ExitStatus.of(call);
    }

    private ObjectNode request() throws IOException {
        ObjectNode body = ApiClient.JSON.createObjectNode().put("to", options.to());
        options.text("--from").ifPresent(from -> body.put("from", from));
        options.text("--say").ifPresent(text -> {
            ObjectNode say = body.putObject("say").put("text", text);
            options.text("--voice").ifPresent(voice -> say.put("voice", voice));
        });
        Optional<String> play = options.text("--play");
        if (play.isPresent()) {
            play(body.putObject("play"), play.get());
        }
        options.text("--timeout").ifPresent(seconds -> body.put("timeout", Integer.parseInt(seconds)));
        if (options.recordTo().isPresent()) {
            body.put("record", true);
        }
        if (options.given().containsKey("--amd")) {
            body.put("amd", true);
        }
        return body;
    }

    private static void play(ObjectNode play, String source) throws IOException {
        if (source.matches("https?://.*")) {
            play.put("url", source);
        } else {
            play.put("audio_base64", Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(source))));
        }
    }

    /** First what the log holds, then what the feed brings; a feed that breaks off is opened again. */
    private void follow(String id) throws IOException, InterruptedException {
        while (!ended) {
            try (EventFeed feed = api.feed()) {
                api.get("/v1/calls/" + id + "/events?limit=1000&after=" + lastSeq)
                        .path("items")
                        .forEach(this::take);
                while (!ended) {
                    Optional<JsonNode> event = feed.next();
                    if (event.isEmpty()) {
                        break;
                    }
                    if (event.get().path("call_id").asText().equals(id)) {
                        take(event.get());
                    }
                }
            }
        }
    }

    private void take(JsonNode event) {
        if (event.path("seq").asLong() <= lastSeq) {
            return;
        }
        lastSeq = event.path("seq").asLong();
        screen.event(event);
        String type = event.path("type").asText();
        if (type.equals("recording.completed")) {
            recording = Optional.of(event.path("data").path("recording_id").asText());
        }
        ended |= type.equals("call.ended");
    }

    private void redraw() {
        try {
            while (true) {
                screen.tick(Clock.systemUTC().instant());
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hangUp(String id) {
        try {
            api.delete("/v1/calls/" + id);
        } catch (IOException e) {
            System.err.println("trunkline: the call could not be hung up: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void summarise(JsonNode call) {
        JsonNode cause = call.path("cause");
        StringBuilder line = new StringBuilder(call.path("status").asText());
        if (call.path("answered_at").isTextual()) {
            line.append(String.format(
                    Locale.ROOT, ", %.1f s", call.path("duration_ms").asLong() / 1000.0));
        }
        String text = cause.path("text").asText("");
        line.append(text.isEmpty() ? "" : ": " + text);
        if (call.path("amd").path("verdict").isTextual()) {
            line.append("; answered by ")
                    .append(call.path("amd").path("verdict").asText());
        }
        screen.line(line.toString());
    }

    /** A recording may come after the end of the call; whatever happens to it is an event in the log. */
    private void fetchRecording(String id) throws IOException, InterruptedException {
        if (options.recordTo().isEmpty()) {
            return;
        }
        Path file = options.recordTo().get();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(RECORDING_WAIT_SECONDS);
        while (recording.isEmpty() && System.nanoTime() < deadline) {
            api.get("/v1/calls/" + id + "/events?limit=1000&after=" + lastSeq)
                    .path("items")
                    .forEach(this::take);
            TimeUnit.MILLISECONDS.sleep(recording.isEmpty() ? 200 : 0);
        }
        if (recording.isEmpty()) {
            throw new ServerTrouble("the call left no recording");
        }
        api.download("/v1/recordings/" + recording.get() + "/audio?format=wav", file);
        screen.line("recording in " + file);
    }
}
