package io.trunkline.control.agent;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was said so far, the oldest forgotten first. Lives on its agent's context. */
final class Conversation {
    private static final int MOST_LINES = 100;
    private static final int MOST_CHARACTERS = 32_000;

    private final List<Line> lines = new ArrayList<>();
    private int characters;

    /** One side's words; an agent's that were cut short were heard for {@code heardMs}. */
    record Line(String role, String text, String itemId, Optional<Long> heardMs) {
        JsonObject json() {
            JsonObject json = new JsonObject().put("role", role).put("text", text);
            heardMs.ifPresent(heard -> json.put("interrupted", true).put("heard_ms", heard));
            return json;
        }
    }

    void add(String role, String text, String itemId) {
        lines.add(new Line(role, text, itemId, Optional.empty()));
        characters += text.length();
        while (lines.size() > MOST_LINES || (characters > MOST_CHARACTERS && lines.size() > 1)) {
            characters -= lines.removeFirst().text().length();
        }
    }

    /** These words were not heard to their end. */
    void cut(String itemId, long heardMs) {
        lines.replaceAll(line ->
                line.itemId().equals(itemId) ? new Line(line.role(), line.text(), itemId, Optional.of(heardMs)) : line);
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** It is for the agent to speak. */
    boolean awaitsAnswer() {
        return !lines.isEmpty() && lines.getLast().role().equals("user");
    }

    JsonArray json() {
        JsonArray all = new JsonArray();
        lines.forEach(line -> all.add(line.json()));
        return all;
    }
}
