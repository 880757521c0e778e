package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.Verb;
import io.trunkline.control.events.FetchPolicy;
import io.trunkline.control.events.UrlGuard;
import io.trunkline.control.speech.Voices;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of docs/scripts.md is a script that is understood, and every verb has one. */
class ScriptsPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final Set<String> ELSEWHERE = Set.of("stream", "agent", "webrtc", "browser");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void everyExampleIsUnderstood() throws IOException {
        ScriptParser parser = new ScriptParser(
                new UrlGuard(vertx, FetchPolicy.loopback()),
                new AudioFiles(folder),
                new Voices(List.of(new StandInVoice()), Optional.empty()),
                new ApiDocument().schemas());
        List<Verb> verbs = new ArrayList<>();
        for (String example : examples()) {
            verbs.addAll(parser.parse(example));
        }
        assertThat(verbs).hasSizeGreaterThan(25);
    }

    @Test
    void everyVerbHasAnExample() throws IOException {
        Set<String> shown = new HashSet<>();
        for (String example : examples()) {
            new JsonArray(example).forEach(verb -> shown.addAll(((JsonObject) verb).fieldNames()));
        }
        Map<String, Object> verb = new ApiDocument().schemas().named("Verb");
        Set<String> known = new HashSet<>(((Map<?, ?>) verb.get("properties"))
                .keySet().stream().map(Object::toString).toList());
        known.removeAll(ELSEWHERE);
        assertThat(shown).containsAll(known);
    }

    private static List<String> examples() throws IOException {
        String home = System.getProperty("trunkline.home", "..");
        Matcher found = EXAMPLE.matcher(Files.readString(Path.of(home, "docs", "scripts.md")));
        List<String> examples = new ArrayList<>();
        while (found.find()) {
            examples.add(found.group(1));
        }
        return examples;
    }
}
