package io.trunkline.control.dialect;

import io.trunkline.control.http.Answer;
import io.trunkline.control.store.CallPages;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Vobiz's call log: every call as one object, listed by pages. */
final class VobizLog {
    private static final int LIMIT = 25;
    private static final int MOST = 1000;
    private static final int ALIAS_DIGITS = 8;

    /** In the metadata of a call that rings and whose browser is connected already. */
    static final String PRE_ACCEPTED = "pre_accepted";

    private VobizLog() {}

    /** {@code MA_XXXXXXXX}, from the account's own id. */
    static String alias(String accountId) {
        return "MA_" + accountId.substring(accountId.length() - ALIAS_DIGITS).toUpperCase(Locale.ROOT);
    }

    static Future<Answer> list(Request request) {
        int page = number(request, "page", 1, Integer.MAX_VALUE / MOST);
        int limit = number(request, "limit", LIMIT, MOST);
        return request.api().calls(request.who(), filter(request), page, limit).map(found -> {
            JsonArray items = new JsonArray();
            found.items().forEach(call -> items.add(listed(call)));
            return Answer.ok(new JsonObject()
                    .put("items", items)
                    .put("total", found.total())
                    .put("page", page)
                    .put("limit", limit)
                    .put("has_more", (long) page * limit < found.total()));
        });
    }

    private static int number(Request request, String parameter, int otherwise, int most) {
        String text = request.query(parameter).orElse("");
        return text.matches("[1-9]\\d{0,8}") ? Math.min(Integer.parseInt(text), most) : otherwise;
    }

    private static CallPages.Filter filter(Request request) {
        Optional<String> status = request.query("status").filter(text -> !text.isEmpty());
        return new CallPages.Filter(
                request.query("direction").filter(text -> !text.isEmpty()),
                status.map(VobizLog::ours),
                status.map("terminated"::equals),
                status.filter(name -> name.equals("ringing") || name.equals("pre_accepted"))
                        .map(name -> new CallPages.Mark(PRE_ACCEPTED, name.equals("pre_accepted"))));
    }

    /** Our statuses that theirs may stand for: the other way round as {@link #theirs}. */
    private static List<String> ours(String theirs) {
        return switch (theirs) {
            case "initiated" -> List.of("outbound queued", "outbound dialing");
            case "ringing", "pre_accepted" ->
                List.of(
                        "outbound ringing",
                        "outbound early_media",
                        "inbound queued",
                        "inbound dialing",
                        "inbound ringing",
                        "inbound early_media");
            case "accepted" -> either("in_progress", "completed");
            case "rejected" -> either("busy", "rejected");
            case "terminated" -> either("completed", "cancelled");
            case "failed" -> either("failed");
            case "missed" -> either("no_answer");
            default -> List.of();
        };
    }

    private static List<String> either(String... statuses) {
        return Stream.of(statuses)
                .flatMap(status -> Stream.of("outbound " + status, "inbound " + status))
                .toList();
    }

    /** An answered call stays accepted when it is over, unless it was ended by request. */
    private static String theirs(JsonObject call) {
        return switch (call.getString("status")) {
            case "queued", "dialing" -> call.getString("direction").equals("inbound") ? ringing(call) : "initiated";
            case "ringing", "early_media" -> ringing(call);
            case "in_progress" -> "accepted";
            case "completed" -> "hangup_api".equals(cause(call)) ? "terminated" : "accepted";
            case "busy", "rejected" -> "rejected";
            case "cancelled" -> "terminated";
            case "no_answer" -> "missed";
            default -> "failed";
        };
    }

    private static String ringing(JsonObject call) {
        return call.getJsonObject("metadata").containsKey(PRE_ACCEPTED) ? "pre_accepted" : "ringing";
    }

    /** The candidates of both descriptions (RFC 8839 section 5.1). */
    private static JsonObject candidates(JsonObject session) {
        return new JsonObject()
                .put("offer", candidates(session.getString("sdp_offer", "")))
                .put("answer", candidates(session.getString("sdp_answer", "")));
    }

    private static JsonArray candidates(String sdp) {
        JsonArray found = new JsonArray();
        sdp.lines().filter(line -> line.startsWith("a=candidate:")).forEach(line -> found.add(line.substring(2)));
        return found;
    }

    private static @Nullable String cause(JsonObject call) {
        JsonObject cause = call.getJsonObject("cause");
        return cause == null ? null : cause.getString("code");
    }

    /** A listed call brings its sessions along. */
    private static JsonObject listed(JsonObject call) {
        return entry(call, call.getJsonObject("webrtc"));
    }

    /** @param session what is known of the browser's side: {@code sdp_offer}, {@code sdp_answer} */
    static JsonObject entry(JsonObject call, JsonObject session) {
        String id = call.getString("id");
        String line = call.getString("line");
        Number milliseconds = call.getNumber("duration_ms");
        return new JsonObject()
                .put("id", WireId.derived("log", id))
                .put("call_id", WireId.bare(id))
                .put("account_id", alias(call.getString("account_id")))
                .put("channel_id", line == null ? null : line.replaceFirst("^line_", ""))
                .put("meta_call_id", metaId(call))
                .put("direction", call.getString("direction"))
                .put("from_number", call.getString("from"))
                .put("to_number", call.getString("to"))
                .put("status", theirs(call))
                .put("call_type", "voice")
                .put("offer_sdp", session.getString("sdp_offer"))
                .put("answer_sdp", session.getString("sdp_answer"))
                .put("ice_candidates", candidates(session))
                .put("started_at", call.getString("created_at"))
                .put("answered_at", call.getString("answered_at"))
                .put("ended_at", call.getString("ended_at"))
                .put("duration_seconds", milliseconds == null ? 0 : milliseconds.intValue() / 1000)
                .put("hangup_cause", cause(call))
                .put("metadata", call.getJsonObject("metadata"))
                .put("created_at", call.getString("created_at"))
                .put("updated_at", updated(call));
    }

    /** Meta's own name of a call that came over its SIP trunk. */
    private static @Nullable String metaId(JsonObject call) {
        return new Fields(call.getJsonObject("metadata"))
                .text("x-wa-meta-wacid")
                .orElse(null);
    }

    private static String updated(JsonObject call) {
        return List.of("ended_at", "answered_at", "ringing_at", "dialing_at").stream()
                .map(call::getString)
                .filter(time -> time != null)
                .findFirst()
                .orElse(call.getString("created_at"));
    }
}
