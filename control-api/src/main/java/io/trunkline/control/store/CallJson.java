package io.trunkline.control.store;

import io.trunkline.control.call.CallCause;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallSnapshot.Times;
import io.trunkline.media.LegStats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls and events as the API writes them: snake_case, UTC times with milliseconds, money as decimal strings. */
public final class CallJson {
    private CallJson() {}

    /** The event as webhooks, feeds and lists show it. */
    public static JsonObject event(CallEvent event) {
        return new JsonObject()
                .put("id", event.id())
                .put("seq", event.seq())
                .put("type", event.type())
                .put("call_id", event.call().id())
                .put("account_id", event.call().owner().accountId())
                .put("occurred_at", Times3.text(event.occurredAt()))
                .put("data", clean(event.data()))
                .put("call", call(event.call()));
    }

    public static JsonObject call(CallSnapshot call) {
        Times times = call.times();
        return new JsonObject()
                .put("id", call.id())
                .put("account_id", call.owner().accountId())
                .put("application_id", call.owner().applicationId())
                .put("line", nullable(call.line()))
                .put("trunk", nullable(call.trunk()))
                .put("direction", call.direction().wire())
                .put("from", clean(call.from()))
                .put("to", clean(call.to()))
                .put("status", call.status().wire())
                .put("created_at", Times3.text(times.createdAt()))
                .put("dialing_at", Times3.text(times.dialingAt()))
                .put("ringing_at", Times3.text(times.ringingAt()))
                .put("answered_at", Times3.text(times.answeredAt()))
                .put("ended_at", Times3.text(times.endedAt()))
                .put(
                        "duration_ms",
                        times.talked().map(d -> (Object) d.toMillis()).orElse(null))
                .put("billed_seconds", call.charge().billedSeconds())
                .put("cost", money(call.charge().cost()))
                .put("currency", call.charge().currency())
                .put("amd", call.amd().map(CallJson::amd).orElse(null))
                .put("cause", call.cause().map(CallJson::cause).orElse(null))
                .put("quality", call.quality().map(CallJson::quality).orElse(null))
                .put("recordings", new JsonArray(call.recordings()))
                .put("tag", clean(nullable(call.tag())))
                .put("metadata", clean(call.metadata()))
                .put("node", call.node());
    }

    public static JsonObject quality(LegStats stats) {
        return new JsonObject()
                .put("mos", known(stats.mos()))
                .put("rtt_ms", known(stats.rttMs()))
                .put("loss_in", known(stats.lossIn()))
                .put("loss_out", known(stats.lossOut()))
                .put("jitter_ms", known(stats.jitterMs()))
                .put("packets_in", stats.packetsIn())
                .put("packets_out", stats.packetsOut())
                .put("packets_stray", stats.packetsStray());
    }

    static JsonObject callback(CallSnapshot.Callback callback) {
        return new JsonObject()
                .put("url", nullable(callback.url()))
                .put("types", new JsonArray(callback.types()))
                .put("dialect", nullable(callback.dialect()));
    }

    /** A decimal without needless zeros, never in scientific notation. */
    public static String money(BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        return plain.setScale(Math.max(plain.scale(), 0)).toPlainString();
    }

    private static JsonObject amd(CallSnapshot.Amd amd) {
        return new JsonObject()
                .put("verdict", amd.verdict())
                .put("confidence", amd.confidence())
                .put("decided_ms", amd.decidedMs())
                .put("greeting_end_ms", nullable(amd.greetingEndMs()))
                .put("beep_ms", nullable(amd.beepMs()));
    }

    private static JsonObject cause(CallCause cause) {
        return new JsonObject()
                .put("code", cause.code())
                .put("fault", cause.fault().name().toLowerCase(Locale.ROOT))
                .put("sip_status", nullable(cause.sipStatus()))
                .put("sip_reason", clean(nullable(cause.sipReason())))
                .put("q850", nullable(cause.q850()))
                .put("text", clean(cause.text()));
    }

    private static @Nullable Double known(double value) {
        return value < 0 || !Double.isFinite(value) ? null : value;
    }

    private static <T> @Nullable T nullable(Optional<T> value) {
        return value.orElse(null);
    }

    /** PostgreSQL cannot hold U+0000 in text or jsonb, and a carrier may send anything. */
    private static @Nullable Object clean(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text.indexOf('\0') < 0 ? text : text.replace("\0", "");
            case Map<?, ?> map -> {
                JsonObject object = new JsonObject();
                map.forEach((key, inner) -> object.put(String.valueOf(clean(key)), clean(inner)));
                yield object;
            }
            case List<?> list -> {
                JsonArray array = new JsonArray();
                list.forEach(inner -> array.add(clean(inner)));
                yield array;
            }
            case BigDecimal amount -> money(amount);
            case Double number when !Double.isFinite(number) -> null;
            case Float number when !Float.isFinite(number) -> null;
            default -> value;
        };
    }
}
