package io.trunkline.media.amd.synth;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One clip's line of the manifest. */
final class ManifestEntry {
    private ManifestEntry() {}

    static String of(String name, String kind, Scene scene, @Nullable Speaker speaker, String text) {
        String turns =
                scene.turns().stream().map(t -> "[" + t[0] + ", " + t[1] + "]").collect(Collectors.joining(", "));
        String beeps = scene.beeps().stream()
                .map(b -> String.format(
                        Locale.ROOT,
                        "{\"onset_ms\": %d, \"freq_hz\": %.1f, \"dur_ms\": %d}",
                        b.onsetMs(),
                        b.hertz(),
                        b.lengthMs()))
                .collect(Collectors.joining(", "));
        return """
                {"clip": "%s", "label": "%s", "subtype": "%s", "text": "%s", "voice": "%s", "dur_ms": %d, \
                "turns_ms": [%s], "greeting_end_ms": %s, "beeps": [%s]}""".formatted(
                        name,
                        kind.substring(0, kind.indexOf('/')),
                        kind.substring(kind.indexOf('/') + 1),
                        text.replace("\"", "'"),
                        speaker == null ? "" : speaker.group(),
                        scene.lengthMs(),
                        turns,
                        scene.greetingEndMs() < 0 ? "null" : String.valueOf(scene.greetingEndMs()),
                        beeps);
    }
}
