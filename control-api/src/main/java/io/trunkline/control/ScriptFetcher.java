package io.trunkline.control;

import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.ScriptSource;
import io.trunkline.control.call.Verb;
import io.trunkline.control.events.GuardedHttp;
import io.trunkline.control.http.ScriptParser;
import io.trunkline.control.store.CallJson;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Posts the call to a user's URL and reads the script that comes back. */
final class ScriptFetcher implements ScriptSource {
    private static final int MAX_SCRIPT = 256 * 1024;

    private final GuardedHttp http;
    private final Supplier<ScriptParser> parser;

    ScriptFetcher(GuardedHttp http, Supplier<ScriptParser> parser) {
        this.http = http;
        this.parser = parser;
    }

    @Override
    public CompletionStage<List<Verb>> fetch(String url, CallSnapshot call) {
        Buffer body = Buffer.buffer(CallJson.call(call).encode());
        return http.post(url, Map.of("Content-Type", "application/json"), body, MAX_SCRIPT)
                .map(answer -> parser.get().parse(answer.toString(StandardCharsets.UTF_8)))
                .toCompletionStage();
    }
}
