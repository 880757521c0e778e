package io.trunkline.control.agent;

import io.trunkline.control.events.GuardedHttp;
import io.trunkline.control.events.Signature;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a user's own server something, signed as every webhook is. */
final class SignedPost {
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final GuardedHttp http;
    private final Future<List<String>> secrets;
    private final Clock clock;

    SignedPost(GuardedHttp http, Future<List<String>> secrets, Clock clock) {
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
    }

    Future<String> ask(String url, JsonObject question) {
        String body = question.encode();
        return secrets.otherwise(List.of())
                .compose(live -> http.post(url, headers(live, body), Buffer.buffer(body), LONGEST_ANSWER))
                .map(answer -> answer.toString(StandardCharsets.UTF_8));
    }

    private Map<String, String> headers(List<String> live, String body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        if (!live.isEmpty()) {
            headers.put("Trunkline-Signature", Signature.of(live, clock.instant(), body));
        }
        return headers;
    }
}
