package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of WAV files with a {@code manifest.json} that says what each holds. */
public final class Manifest {
    private Manifest() {}

    /** All clips of a folder, and of its folders that have a manifest of their own. */
    public static List<Clip> read(Path folder) throws IOException {
        List<Clip> clips = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path manifest :
                    files.filter(f -> f.endsWith("manifest.json")).sorted().toList()) {
                addAll(manifest, clips);
            }
        }
        if (clips.isEmpty()) {
            throw new IOException(folder + ": no manifest.json with clips in it");
        }
        return clips;
    }

    private static void addAll(Path manifest, List<Clip> clips) throws IOException {
        Object root = Json.parse(Files.readString(manifest));
        if (!(root instanceof Map<?, ?> map) || !(map.get("clips") instanceof List<?> list)) {
            throw new IOException(manifest + ": no list of clips in it");
        }
        Path folder = manifest.toAbsolutePath().getParent();
        for (Object each : list) {
            if (each instanceof Map<?, ?> clip) {
                clips.add(clip(folder, clip));
            }
        }
    }

    private static Clip clip(@Nullable Path folder, Map<?, ?> map) {
        String name = string(map, "clip");
        Path file = Path.of(name);
        Path beside = folder == null ? file : folder.resolve(file.getFileName());
        List<String> sources = sources(map);
        boolean recorded = string(map, "voice").equals("real") && !sources.isEmpty();
        return new Clip(
                beside,
                name,
                AmdVerdict.valueOf(string(map, "label").toUpperCase(Locale.ROOT)),
                string(map, "subtype"),
                recorded ? Groups.speaker(sources.getFirst()) : Groups.voice(string(map, "voice")),
                recorded ? Groups.words(sources) : Groups.text(string(map, "text")),
                number(map.get("dur_ms"), -1),
                turns(map),
                number(map.get("greeting_end_ms"), -1),
                beeps(map));
    }

    private static List<String> sources(Map<?, ?> map) {
        return map.get("sources") instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toList())
                : List.of();
    }

    private static List<int[]> turns(Map<?, ?> map) {
        List<int[]> turns = new ArrayList<>();
        if (map.get("turns_ms") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof List<?> pair && pair.size() == 2) {
                    turns.add(new int[] {number(pair.getFirst(), 0), number(pair.getLast(), 0)});
                }
            }
        }
        return turns;
    }

    private static List<Clip.Beep> beeps(Map<?, ?> map) {
        List<Clip.Beep> beeps = new ArrayList<>();
        if (map.get("beeps") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> beep) {
                    double hertz = beep.get("freq_hz") instanceof Double value ? value : 0;
                    beeps.add(new Clip.Beep(number(beep.get("onset_ms"), 0), hertz, number(beep.get("dur_ms"), 0)));
                }
            }
        }
        return beeps;
    }

    private static String string(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    private static int number(@Nullable Object value, int otherwise) {
        return value instanceof Double number ? number.intValue() : otherwise;
    }
}
