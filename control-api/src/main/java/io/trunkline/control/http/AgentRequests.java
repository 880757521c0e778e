package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.Verb;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the API's {@code agent} to the agent that is meant. */
final class AgentRequests {
    private static final Map<String, String> BUILT_IN =
            Map.of("hang_up", "hang_up", "transfer", "transfer_call", "send_dtmf", "send_dtmf");

    private final StreamRequests streams;
    private final ScriptParser scripts;

    AgentRequests(StreamRequests streams, ScriptParser scripts) {
        this.streams = streams;
        this.scripts = scripts;
    }

    Verb.Agent agent(JsonObject agent, String path) {
        return new Verb.Agent(Ids.next("agent"), spec(agent, path));
    }

    private AgentSpec spec(JsonObject agent, String path) {
        List<String> transferTo = strings(agent.getJsonArray("transfer_to", new JsonArray()));
        return new AgentSpec(
                text(agent, "url").map(url -> streams.url(url, path + ".url")),
                text(agent, "model"),
                text(agent, "api_key"),
                agent.getString("instructions", ""),
                text(agent, "voice"),
                text(agent, "language"),
                text(agent, "greeting"),
                tools(agent.getJsonArray("tools", new JsonArray()), transferTo, path),
                text(agent, "tool_url").map(url -> scripts.url(url, path + ".tool_url")),
                transferTo,
                agent.getBoolean("barge_in", true),
                localTurns(agent),
                agent.getBoolean("speech_events", false),
                seconds(agent, "silence_timeout"),
                seconds(agent, "max_seconds"),
                text(agent, "fallback"),
                agent.getString("api", "ga").equals("beta"),
                text(agent, "encoding"),
                StreamRequests.headers(agent.getJsonObject("headers", new JsonObject()), path + ".headers"),
                PlainJson.map(agent.getJsonObject("session", new JsonObject())),
                text(agent, "webhook").map(url -> webhook(agent, scripts.url(url, path + ".webhook"), path)));
    }

    private AgentSpec.Webhook webhook(JsonObject agent, String url, String path) {
        return new AgentSpec.Webhook(
                url,
                Optional.ofNullable(agent.getJsonObject("transcription"))
                        .map(server -> new AgentSpec.Transcription(
                                scripts.url(server.getString("url"), path + ".transcription.url"),
                                text(server, "model"),
                                text(server, "api_key"))));
    }

    /** Where a webhook answers, there is no server to find turns. */
    private static boolean localTurns(JsonObject agent) {
        return agent.getString("turn_detection", "server").equals("local") || agent.containsKey("webhook");
    }

    private List<AgentSpec.Tool> tools(JsonArray tools, List<String> transferTo, String path) {
        return tools.stream()
                .map(tool -> tool instanceof JsonObject described
                        ? tool(described, path + ".tools")
                        : builtIn((String) tool, transferTo, path))
                .toList();
    }

    private static AgentSpec.Tool builtIn(String name, List<String> transferTo, String path) {
        if (name.equals("transfer") && transferTo.isEmpty()) {
            throw Problem.invalid(path + ".transfer_to", "must say where the agent may transfer to");
        }
        return new AgentSpec.Tool(BUILT_IN.getOrDefault(name, name), "", Map.of(), Optional.empty(), true);
    }

    private AgentSpec.Tool tool(JsonObject tool, String path) {
        if (BUILT_IN.containsValue(tool.getString("name"))) {
            throw Problem.invalid(path + ".name", "is the name of a built-in tool");
        }
        return new AgentSpec.Tool(
                tool.getString("name"),
                tool.getString("description", ""),
                PlainJson.map(tool.getJsonObject("parameters", new JsonObject())),
                text(tool, "url").map(url -> scripts.url(url, path + ".url")),
                false);
    }

    private static List<String> strings(JsonArray array) {
        return array.stream().map(String::valueOf).toList();
    }

    private static Optional<String> text(JsonObject object, String field) {
        return Optional.ofNullable(object.getString(field));
    }

    private static Optional<Duration> seconds(JsonObject object, String field) {
        return Optional.ofNullable(object.getNumber(field)).map(ScriptParser::seconds);
    }
}
