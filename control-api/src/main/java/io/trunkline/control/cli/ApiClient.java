package io.trunkline.control.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The few requests a phone call from the command line takes. */
final class ApiClient implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI server;
    private final String key;

    ApiClient(URI server, String key) {
        this(server, key, Optional.empty());
    }

    /** @param certificate what the server is known by, when it is our own */
    ApiClient(URI server, String key, Optional<Path> certificate) {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(3));
        certificate.map(OwnCertificate::trusting).ifPresent(client::sslContext);
        this.http = client.build();
        this.server = server;
        this.key = key;
    }

    URI server() {
        return server;
    }

    boolean isUp() throws InterruptedException {
        try {
            return http.send(request("/health/ready").GET().build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return json(http.send(authorized(path).GET().build(), BodyHandlers.ofString()));
    }

    /** Each call is one request that a retry cannot double. */
    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = authorized(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return json(http.send(request, BodyHandlers.ofString()));
    }

    void delete(String path) throws IOException, InterruptedException {
        http.send(authorized(path).DELETE().build(), BodyHandlers.discarding());
    }

    void download(String path, Path file) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(authorized(path).GET().build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                String problem = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                throw new ServerTrouble(problem(response.statusCode(), parse(problem)));
            }
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The feed of events, open until it is closed or the server ends it. */
    EventFeed feed() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/v1/events"))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new ServerTrouble("the event feed answered " + response.statusCode());
        }
        return new EventFeed(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    }

    private HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + key);
    }

    private static JsonNode json(HttpResponse<String> response) {
        JsonNode body = parse(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new ServerTrouble(problem(response.statusCode(), body));
        }
        return body;
    }

    /** RFC 9457 in one line. */
    private static String problem(int status, JsonNode body) {
        StringBuilder text = new StringBuilder(status + " " + body.path("code").asText(""));
        text.append(body.has("detail") ? ": " + body.path("detail").asText() : "");
        body.path("errors")
                .forEach(error -> text.append("\n  ")
                        .append(error.path("field").asText())
                        .append(": ")
                        .append(error.path("message").asText()));
        return text.toString();
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("detail", "the answer is no JSON: is this a Trunkline server?");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
