package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.call.AmdPolicy;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.NewCall.Program;
import io.trunkline.control.call.Verb;
import io.trunkline.control.store.Principal;
import io.trunkline.control.store.Tenants;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the body of {@code POST /v1/calls} to the call that is meant. */
final class CallRequests {
    /** Headers of users' own; all others are ours to write. */
    private static final Set<String> OPEN_HEADERS =
            Set.of("user-to-user", "subject", "priority", "alert-info", "call-info", "reply-to", "organization");

    private final ScriptParser scripts;
    private final InstantSource clock;

    CallRequests(ScriptParser scripts, InstantSource clock) {
        this.scripts = scripts;
        this.clock = clock;
    }

    /** @param caller whose application answers for what the call leaves open: its answer and fallback URLs */
    NewCall parse(JsonObject body, Tenants.Caller caller, Principal who, Optional<IdempotencyClaim> claim) {
        return new NewCall(
                Ids.next("call"),
                caller.owner(),
                body.getString("to"),
                Optional.ofNullable(body.getString("from")),
                Optional.ofNullable(body.getString("line")).or(who::lineId),
                Optional.ofNullable(body.getString("trunk")),
                program(body, caller.answerUrl()).fallingBackTo(fallback(body).or(caller::fallbackUrl)),
                record(body, caller),
                amd(body),
                Optional.ofNullable(body.getJsonObject("ring")).map(ring -> seconds(ring, "seconds", Duration.ZERO)),
                seconds(body, "timeout", NewCall.DEFAULT_RING_TIMEOUT),
                seconds(body, "max_duration", NewCall.DEFAULT_MAX_DURATION),
                seconds(body, "wait", Duration.ZERO),
                body.containsKey("wait_for"),
                callback(body, who),
                Optional.ofNullable(body.getString("send_digits")),
                headers(body.getJsonObject("headers", new JsonObject())),
                Optional.ofNullable(body.getString("caller_name")),
                body.getBoolean("privacy", false),
                Optional.ofNullable(body.getString("max_price_per_minute")).map(BigDecimal::new),
                Optional.ofNullable(body.getString("tag")),
                PlainJson.map(body.getJsonObject("metadata", new JsonObject())),
                claim.map(key -> key.forCall(clock.instant())));
    }

    private Program program(JsonObject body, Optional<String> answerUrl) {
        boolean keep = body.getBoolean("keep", false);
        if (body.containsKey("say")) {
            return new Program(List.of(scripts.say(body.getValue("say"))), keep || kept(body, "say"));
        }
        if (body.containsKey("play")) {
            return new Program(List.of(scripts.play(body.getValue("play"), "play")), keep || kept(body, "play"));
        }
        if (body.containsKey("stream")) {
            return new Program(
                    List.of(scripts.verb("stream", body.getValue("stream"), "stream")), keep || kept(body, "stream"));
        }
        if (body.containsKey("agent")) {
            return new Program(
                    List.of(scripts.verb("agent", body.getValue("agent"), "agent")), keep || kept(body, "agent"));
        }
        if (body.containsKey("script")) {
            return new Program(scripts.verbs(body.getJsonArray("script"), "script"), keep);
        }
        if (body.containsKey("webrtc")) {
            String offer = body.getJsonObject("webrtc").getString("sdp_offer");
            return new Program(List.of(new Verb.Browser(Optional.of(offer))), true);
        }
        if (body.containsKey("answer_url")) {
            return asking(scripts.url(body.getString("answer_url"), "answer_url"), keep);
        }
        return body.containsKey("ring")
                ? Program.SILENT
                : answerUrl.map(url -> asking(url, keep)).orElse(Program.SILENT);
    }

    private Optional<String> fallback(JsonObject body) {
        return Optional.ofNullable(body.getString("fallback_url")).map(url -> scripts.url(url, "fallback_url"));
    }

    private static Program asking(String url, boolean keep) {
        return new Program(List.of(new Verb.Redirect(url)), keep);
    }

    private static boolean kept(JsonObject body, String field) {
        return body.getValue(field) instanceof JsonObject what && what.getBoolean("keep", false);
    }

    /** What the call says stands before what its account says. */
    private static Optional<Verb.StartRecording> record(JsonObject body, Tenants.Caller caller) {
        return Optional.ofNullable(body.getValue("record")).or(caller::record).flatMap(ScriptParser::recordAtAll);
    }

    private Optional<AmdPolicy> amd(JsonObject body) {
        Object amd = body.getValue("amd");
        return amd == null ? Optional.empty() : scripts.amd(amd, "amd");
    }

    private CallSnapshot.Callback callback(JsonObject body, Principal who) {
        Optional<String> url = Optional.ofNullable(body.getString("callback_url"))
                .map(address -> scripts.url(address, "callback_url"));
        List<String> types = body.getJsonArray("callback_events", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
        return new CallSnapshot.Callback(url, types, who.dialect());
    }

    private static Map<String, String> headers(JsonObject given) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : given.fieldNames()) {
            checkHeaderName(name);
            headers.put(name, given.getString(name));
        }
        return Map.copyOf(headers);
    }

    static void checkHeaderName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!name.matches("[A-Za-z0-9-]{1,64}") || !(lower.startsWith("x-") || OPEN_HEADERS.contains(lower))) {
            throw Problem.invalid("headers." + name, "must begin with X-, or be one of " + OPEN_HEADERS);
        }
    }

    private static Duration seconds(JsonObject body, String field, Duration otherwise) {
        Number seconds = body.getNumber(field);
        return seconds == null ? otherwise : ScriptParser.seconds(seconds);
    }
}
