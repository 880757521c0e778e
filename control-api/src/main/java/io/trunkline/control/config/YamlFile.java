package io.trunkline.control.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a YAML file into flat dotted keys, each with the line it stands on. */
final class YamlFile {
    private final Path file;
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private YamlFile(Path file) {
        this.file = file;
    }

    static Map<String, Setting> read(Path file) {
        YamlFile yaml = new YamlFile(file);
        LoadSettings options = LoadSettings.builder()
                .setLabel(file.toString())
                .setUseMarks(true)
                .build();
        try (Reader reader = Files.newBufferedReader(file)) {
            new Compose(options).composeReader(reader).ifPresent(yaml::flattenAll);
        } catch (MarkedYamlEngineException e) {
            String origin = e.getProblemMark().map(yaml::at).orElse(file.toString());
            throw new ConfigException(origin + ": not valid YAML: " + e.getProblem());
        } catch (YamlEngineException | IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage());
        }
        return yaml.settings;
    }

    private void flattenAll(Node root) {
        if (!(root instanceof MappingNode)) {
            throw new ConfigException(at(root) + ": expected 'key: value' lines");
        }
        flatten("", root);
    }

    private void flatten(String prefix, Node node) {
        switch (node) {
            case MappingNode mapping -> mapping.getValue().forEach(tuple -> entry(prefix, tuple));
            case SequenceNode list -> {
                List<String> items = list.getValue().stream().map(this::scalar).toList();
                settings.put(prefix, new Setting(at(list), items));
            }
            case ScalarNode scalar ->
                settings.put(
                        prefix,
                        new Setting(
                                at(scalar), scalar.getTag().equals(Tag.NULL) ? List.of() : List.of(scalar.getValue())));
            default -> throw new ConfigException(at(node) + ": YAML anchors are not used here");
        }
    }

    private void entry(String prefix, NodeTuple tuple) {
        String name = scalar(tuple.getKeyNode());
        String key = prefix.isEmpty() ? name : prefix + "." + name;
        if (settings.containsKey(key)) {
            throw new ConfigException(at(tuple.getKeyNode()) + ": " + key + " is set twice");
        }
        flatten(key, tuple.getValueNode());
    }

    private String scalar(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new ConfigException(at(node) + ": expected a plain value");
    }

    private String at(Node node) {
        return node.getStartMark().map(this::at).orElse(file.toString());
    }

    private String at(Mark mark) {
        return file + ":" + (mark.getLine() + 1);
    }
}
