package io.trunkline.control.agent;

import io.trunkline.control.Ids;
import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.Verb;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What an agent may do: the user's tools behind webhooks, and ours on the call. */
final class AgentTools {
    static final String HANG_UP = "hang_up";
    static final String TRANSFER = "transfer_call";
    static final String SEND_DIGITS = "send_dtmf";
    private static final int MOST_DIGITS = 64;

    private final AgentSpec spec;
    private final SignedPost post;

    AgentTools(AgentSpec spec, SignedPost post) {
        this.spec = spec;
        this.post = post;
    }

    /** One wish of the agent's. */
    record Wish(String callId, String name, String arguments) {
        JsonObject parsed() {
            try {
                return new JsonObject(arguments);
            } catch (DecodeException | ClassCastException wrong) {
                return new JsonObject();
            }
        }
    }

    static JsonArray describe(AgentSpec spec) {
        JsonArray tools = new JsonArray();
        for (AgentSpec.Tool tool : spec.tools()) {
            tools.add(
                    tool.builtIn()
                            ? builtIn(tool.name(), spec.transferTo())
                            : function(tool.name(), tool.description(), new JsonObject(tool.parameters())));
        }
        return tools;
    }

    private static JsonObject function(String name, String description, JsonObject parameters) {
        return new JsonObject()
                .put("type", "function")
                .put("name", name)
                .put("description", description)
                .put("parameters", parameters);
    }

    private static JsonObject builtIn(String name, List<String> transferTo) {
        return switch (name) {
            case HANG_UP -> function(name, "Ends the call, after what has been said.", object("", new JsonObject()));
            case TRANSFER ->
                function(
                        name,
                        "Transfers the call.",
                        object("to", new JsonObject().put("type", "string").put("enum", new JsonArray(transferTo))));
            default ->
                function(
                        name,
                        "Presses keys of the telephone.",
                        object("digits", new JsonObject().put("type", "string").put("pattern", "^[0-9*#]+$")));
        };
    }

    private static JsonObject object(String field, JsonObject type) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        if (!field.isEmpty()) {
            properties.put(field, type);
            required.add(field);
        }
        return new JsonObject()
                .put("type", "object")
                .put("properties", properties)
                .put("required", required);
    }

    private Optional<AgentSpec.Tool> find(String name) {
        return spec.tools().stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /** What a built-in tool does to the call; empty for a tool of the user's, or a wish that may not be. */
    Optional<Verb> verb(Wish wish) {
        if (find(wish.name()).filter(AgentSpec.Tool::builtIn).isEmpty()) {
            return Optional.empty();
        }
        return switch (wish.name()) {
            case HANG_UP -> Optional.of(new Verb.Hangup());
            case TRANSFER -> {
                String to = String.valueOf(wish.parsed().getValue("to"));
                // An agent can be talked into anything: only where its owner lets it.
                yield spec.transferTo().contains(to)
                        ? Optional.of(new Verb.Transfer(Ids.next("call"), to, true))
                        : Optional.empty();
            }
            default -> {
                String digits = String.valueOf(wish.parsed().getValue("digits"));
                boolean holds = digits.length() <= MOST_DIGITS && digits.matches("[0-9A-D*#w]+");
                yield holds ? Optional.of(new Verb.SendDigits(digits)) : Optional.empty();
            }
        };
    }

    /** Asks the tool's webhook; never fails: what went wrong is the tool's output. */
    Future<String> ask(Wish wish, JsonObject context) {
        Optional<String> url = find(wish.name())
                .filter(tool -> !tool.builtIn())
                .flatMap(tool -> tool.url().or(spec::toolUrl));
        if (url.isEmpty()) {
            return Future.succeededFuture(error("this tool is not available or was not used as it has to be"));
        }
        JsonObject body = context.copy()
                .put("tool_call_id", wish.callId())
                .put("name", wish.name())
                .put("arguments", wish.parsed());
        return post.ask(url.get(), body).otherwise(failure -> error("the tool failed: " + failure.getMessage()));
    }

    static String error(String why) {
        return new JsonObject().put("error", why).encode();
    }
}
