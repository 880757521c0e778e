package io.trunkline.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events, of which only the data lines matter here: each holds one event as JSON. */
final class EventFeed implements AutoCloseable {
    private final BufferedReader lines;

    EventFeed(InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Blocks for the next event; empty when the feed has ended, for whatever reason. */
    Optional<JsonNode> next() {
        StringBuilder data = new StringBuilder();
        try {
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith("data:")) {
                    data.append(line.substring("data:".length())).append('\n');
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return Optional.of(ApiClient.JSON.readTree(data.toString()));
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new ServerTrouble("the event feed cannot be closed: " + e.getMessage());
        }
    }
}
