package io.trunkline.control;

import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.ScriptSource;
import io.trunkline.control.call.Verb;
import io.trunkline.control.events.GuardedHttp;
import io.trunkline.control.events.Signature;
import io.trunkline.control.http.ScriptParser;
import io.trunkline.control.store.ApplicationSecrets;
import io.trunkline.control.store.CallJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Posts the call to a user's URL, signed as webhooks are, or gets it; reads the script that comes back. */
final class ScriptFetcher implements ScriptSource {
    private static final int MAX_SCRIPT = 256 * 1024;

    private final GuardedHttp http;
    private final ApplicationSecrets secrets;
    private final UnaryOperator<String> words;
    private final Supplier<ScriptParser> parser;
    private final Clock clock;

    /** @param words puts a script that speaks another API's words into ours */
    ScriptFetcher(
            GuardedHttp http,
            ApplicationSecrets secrets,
            UnaryOperator<String> words,
            Supplier<ScriptParser> parser,
            Clock clock) {
        this.http = http;
        this.secrets = secrets;
        this.words = words;
        this.parser = parser;
        this.clock = clock;
    }

    @Override
    public CompletionStage<List<Verb>> fetch(Verb.Redirect where, CallSnapshot call) {
        return (where.byGet() ? http.get(naming(where.url(), call), MAX_SCRIPT) : post(where.url(), call))
                .map(answer -> parser.get().parse(words.apply(answer.toString(StandardCharsets.UTF_8))))
                .toCompletionStage();
    }

    /** A GET has nothing to say but whose call it is about. */
    private static String naming(String url, CallSnapshot call) {
        return url + (url.indexOf('?') < 0 ? "?" : "&") + "call_id=" + call.id();
    }

    private Future<Buffer> post(String url, CallSnapshot call) {
        String body = CallJson.call(call).encode();
        return secrets.live(call.owner().applicationId())
                .otherwise(List.of()) // a database that is away costs the signature, not the call
                .compose(live -> ask(url, body, live));
    }

    private Future<Buffer> ask(String url, String body, List<String> live) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        if (!live.isEmpty()) {
            headers.put("Trunkline-Signature", Signature.of(live, clock.instant(), body));
        }
        return http.post(url, headers, Buffer.buffer(body), MAX_SCRIPT);
    }
}
