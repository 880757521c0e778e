package io.trunkline.control.http;

import io.trunkline.control.store.IdempotencyStore;
import io.trunkline.control.store.IdempotencyStore.Kept;
import io.trunkline.control.store.Principal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code Idempotency-Key}: the work is done once and its answer told again. Of two requests at once the second waits
 * for the first. What went wrong on our side (5xx) and what is only a matter of time (429) is not kept.
 */
public final class Idempotency {
    private static final int LONGEST = 255;
    private static final long LOOK_AGAIN_MILLIS = 50;
    /** Ten seconds: told to come again before the connection counts as idle. */
    private static final int LOOKS = 200;

    private final Vertx vertx;
    private final IdempotencyStore store;

    public Idempotency(Vertx vertx, IdempotencyStore store) {
        this.vertx = vertx;
        this.store = store;
    }

    Future<Answer> once(
            Optional<String> header,
            Principal principal,
            String path,
            JsonObject body,
            Function<Optional<IdempotencyClaim>, Future<Answer>> work) {
        if (header.isEmpty()) {
            return work.apply(Optional.empty());
        }
        String text = header.get();
        if (text.isBlank() || text.length() > LONGEST || !text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return Future.failedFuture(
                    Problem.invalid("Idempotency-Key", "must be 1 to " + LONGEST + " printable ASCII characters"));
        }
        String owner = principal.applicationId().orElse("key:" + principal.keyId());
        return attempt(new IdempotencyStore.Key(owner, path, text, hash(body)), work, 0);
    }

    private Future<Answer> attempt(
            IdempotencyStore.Key key, Function<Optional<IdempotencyClaim>, Future<Answer>> work, int looks) {
        return store.claim(key).compose(kept -> {
            if (kept.isEmpty()) {
                // work that throws at once fails here too: a claim is never left behind
                return Future.succeededFuture(Optional.of(new IdempotencyClaim(key)))
                        .compose(work)
                        .transform(done -> done.succeeded()
                                ? keep(key, done.result())
                                : keepProblem(key, Problem.of(done.cause()))
                                        .compose(stored -> Future.failedFuture(done.cause())));
            }
            if (!kept.get().requestHash().equals(key.requestHash())) {
                return Future.failedFuture(Problem.of(
                        409, "idempotency_conflict", "This Idempotency-Key was used for another request body."));
            }
            return kept.get().running() ? lookAgain(key, work, looks) : Future.succeededFuture(replay(kept.get()));
        });
    }

    private Future<Answer> lookAgain(
            IdempotencyStore.Key key, Function<Optional<IdempotencyClaim>, Future<Answer>> work, int looks) {
        if (looks >= LOOKS) {
            return Future.failedFuture(Problem.later(
                    503, "overloaded", "The first request under this key is still at work.", Duration.ofSeconds(5)));
        }
        Promise<Answer> answer = Promise.promise();
        vertx.setTimer(LOOK_AGAIN_MILLIS, timer -> attempt(key, work, looks + 1).onComplete(answer));
        return answer.future();
    }

    private Future<Answer> keep(IdempotencyStore.Key key, Answer answer) {
        if (answer instanceof Answer.Json json) {
            JsonObject headers = new JsonObject();
            json.headers().forEach(headers::put);
            return store.keep(key, json.status(), headers, json.kept().encode()).map(answer);
        }
        return store.forget(key).map(answer);
    }

    private Future<Void> keepProblem(IdempotencyStore.Key key, Problem problem) {
        boolean passes = problem.status() >= 500 || problem.status() == 429;
        Future<Void> stored = passes
                ? store.forget(key)
                : store.keep(
                        key,
                        problem.status(),
                        new JsonObject().put("Content-Type", Responses.PROBLEM),
                        problem.json("").encode());
        return stored.otherwiseEmpty();
    }

    private static Answer replay(Kept kept) {
        Map<String, String> headers = new HashMap<>();
        kept.headers().forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
        headers.put("Idempotent-Replayed", "true");
        JsonObject body = new JsonObject(kept.body());
        return new Answer.Json(kept.status().orElse(500), body, Map.copyOf(headers), body);
    }

    private static String hash(JsonObject body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(body.encode().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
