package io.trunkline.control.store;

import io.trunkline.control.call.CallCause;
import io.trunkline.control.call.CallDirection;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStatus;
import io.trunkline.media.LegStats;
import io.trunkline.sip.SipEnd;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way back of {@link CallJson}: a stored call becomes a snapshot again. */
final class CallJsonReader {
    private CallJsonReader() {}

    static CallSnapshot call(JsonObject json, JsonObject callback) {
        return new CallSnapshot(
                json.getString("id"),
                new CallSnapshot.Owner(json.getString("account_id"), json.getString("application_id")),
                CallDirection.valueOf(upper(json.getString("direction"))),
                json.getString("from"),
                json.getString("to"),
                Optional.ofNullable(json.getString("line")),
                Optional.ofNullable(json.getString("trunk")),
                CallStatus.valueOf(upper(json.getString("status"))),
                times(json),
                Optional.ofNullable(json.getJsonObject("amd")).map(CallJsonReader::amd),
                Optional.ofNullable(json.getJsonObject("cause")).map(CallJsonReader::cause),
                Optional.ofNullable(json.getJsonObject("quality")).map(CallJsonReader::quality),
                strings(json.getJsonArray("recordings")),
                Optional.ofNullable(json.getString("tag")),
                json.getJsonObject("metadata").getMap(),
                new CallSnapshot.Charge(
                        json.getLong("billed_seconds"),
                        new BigDecimal(json.getString("cost")),
                        json.getString("currency")),
                new CallSnapshot.Callback(
                        Optional.ofNullable(callback.getString("url")),
                        strings(callback.getJsonArray("types")),
                        Optional.ofNullable(callback.getString("dialect"))),
                json.getString("node"));
    }

    private static CallSnapshot.Times times(JsonObject json) {
        return new CallSnapshot.Times(
                Instant.parse(json.getString("created_at")),
                time(json, "dialing_at"),
                time(json, "ringing_at"),
                time(json, "answered_at"),
                time(json, "ended_at"),
                Optional.ofNullable(json.getLong("duration_ms")).map(Duration::ofMillis));
    }

    private static CallSnapshot.Amd amd(JsonObject json) {
        return new CallSnapshot.Amd(
                json.getString("verdict"),
                json.getDouble("confidence"),
                json.getLong("decided_ms"),
                Optional.ofNullable(json.getLong("greeting_end_ms")),
                Optional.ofNullable(json.getLong("beep_ms")));
    }

    private static CallCause cause(JsonObject json) {
        return new CallCause(
                json.getString("code"),
                SipEnd.Fault.valueOf(upper(json.getString("fault"))),
                Optional.ofNullable(json.getInteger("sip_status")),
                Optional.ofNullable(json.getString("sip_reason")),
                Optional.ofNullable(json.getInteger("q850")),
                json.getString("text"));
    }

    private static LegStats quality(JsonObject json) {
        return new LegStats(
                json.getLong("packets_in"),
                json.getLong("packets_out"),
                json.getLong("packets_stray"),
                0,
                orUnknown(json.getDouble("loss_in")),
                orUnknown(json.getDouble("loss_out")),
                orUnknown(json.getDouble("jitter_ms")),
                orUnknown(json.getDouble("rtt_ms")),
                orUnknown(json.getDouble("mos")));
    }

    private static double orUnknown(@Nullable Double value) {
        return value == null ? -1 : value;
    }

    private static Optional<Instant> time(JsonObject json, String field) {
        return Optional.ofNullable(json.getString(field)).map(Instant::parse);
    }

    private static List<String> strings(JsonArray array) {
        return array.stream().map(String::valueOf).toList();
    }

    private static String upper(String wire) {
        return wire.toUpperCase(Locale.ROOT);
    }
}
