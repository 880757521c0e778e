package io.trunkline.control.store;

import io.trunkline.control.call.Limit;
import io.trunkline.control.call.TrunkBook;
import io.trunkline.media.Codec;
import io.trunkline.media.DtmfMode;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.sip.Trunk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a trunk as the API stores it to the trunk that signalling, media and limits work with. */
public final class TrunkJson {
    private static final int DEFAULT_PRIORITY = 10;

    private TrunkJson() {}

    public static TrunkBook.Entry entry(Resource stored) {
        JsonObject doc = stored.doc();
        return new TrunkBook.Entry(
                TrunkProfiles.applied(trunk(stored)),
                TrunkProfiles.applied(media(doc), doc),
                new Limit(count(doc, "cps"), count(doc, "channels")),
                stored.accountId());
    }

    private static Trunk trunk(Resource stored) {
        JsonObject doc = stored.doc();
        return Trunk.named(stored.id(), stored.name())
                .hosts(doc.getJsonArray("hosts").stream()
                        .map(host -> host((JsonObject) host))
                        .toList())
                .auth(auth(doc.getJsonObject("auth"), stored.secret()))
                .challenge(doc.getBoolean("challenge", false))
                .register(doc.getBoolean("register", false))
                .proxy(Optional.ofNullable(doc.getJsonObject("proxy")).map(TrunkJson::host))
                .prefixes(strings(doc.getJsonArray("prefixes")))
                .priority(doc.getInteger("priority", DEFAULT_PRIORITY))
                .weight(doc.getInteger("weight", 1))
                .allowFrom(strings(doc.getJsonArray("allow_from")))
                .identity(identity(doc.getJsonObject("identity", new JsonObject())))
                .numberFormat(numberFormat(doc.getJsonObject("number_format")))
                .headers(headers(doc.getJsonObject("headers", new JsonObject())))
                .optionsPing(Duration.ofSeconds(doc.getLong("options_ping_seconds", 0L)))
                .keepAlive(Duration.ofSeconds(doc.getLong("keep_alive_seconds", 0L)))
                .largeByTcp(doc.getBoolean("large_by_tcp", false))
                .sessionTimer(sessionTimer(doc.getJsonObject("session_timer")))
                .tls(tls(doc.getJsonObject("tls", new JsonObject()), stored.secret()))
                .allowRedirect(doc.getBoolean("allow_redirect", false))
                .allowTransfer(doc.getBoolean("allow_transfer", false))
                .failoverCodes(codes(doc.getJsonArray("failover_codes")))
                .profile(Optional.ofNullable(doc.getString("profile")))
                .build();
    }

    private static Trunk.Host host(JsonObject host) {
        return new Trunk.Host(
                host.getString("host"),
                host.getInteger("port", 0),
                Trunk.Transport.valueOf(host.getString("transport", "udp").toUpperCase(Locale.ROOT)),
                host.getInteger("priority", 1),
                host.getInteger("weight", 1));
    }

    private static Optional<Trunk.Auth> auth(@Nullable JsonObject auth, JsonObject secret) {
        return auth == null || auth.getString("username") == null
                ? Optional.empty()
                : Optional.of(new Trunk.Auth(
                        auth.getString("username"),
                        secret.getString("password", ""),
                        Optional.ofNullable(auth.getString("realm"))));
    }

    private static Trunk.Identity identity(JsonObject identity) {
        return new Trunk.Identity(
                Optional.ofNullable(identity.getString("from_user")),
                Optional.ofNullable(identity.getString("from_host")),
                identity.getBoolean("p_asserted_identity", false),
                identity.getBoolean("p_preferred_identity", false),
                identity.getBoolean("remote_party_id", false),
                Optional.ofNullable(identity.getString("diversion")));
    }

    private static Trunk.NumberFormat numberFormat(@Nullable JsonObject format) {
        return format == null
                ? Trunk.NumberFormat.E164
                : new Trunk.NumberFormat(
                        format.getBoolean("plus", true), format.getInteger("strip", 0), format.getString("prefix", ""));
    }

    private static Trunk.SessionTimer sessionTimer(@Nullable JsonObject timer) {
        Trunk.SessionTimer plain = Trunk.SessionTimer.DEFAULT;
        return timer == null
                ? plain
                : new Trunk.SessionTimer(
                        timer.getBoolean("enabled", true),
                        Duration.ofSeconds(
                                timer.getLong("expires", plain.expires().toSeconds())),
                        Duration.ofSeconds(
                                timer.getLong("minimum", plain.minimum().toSeconds())));
    }

    private static Trunk.Tls tls(JsonObject tls, JsonObject secret) {
        return new Trunk.Tls(
                Optional.ofNullable(tls.getString("ca_pem")),
                Optional.ofNullable(tls.getString("client_cert_pem")),
                Optional.ofNullable(secret.getString("client_key_pem")),
                Optional.ofNullable(tls.getString("server_name")));
    }

    private static TrunkBook.Media media(JsonObject doc) {
        TrunkBook.Media plain = TrunkBook.Media.DEFAULT;
        List<Codec> codecs = strings(doc.getJsonArray("codecs")).stream()
                .flatMap(name -> Codec.named(name).stream())
                .toList();
        return new TrunkBook.Media(
                codecs.isEmpty() ? plain.codecs() : codecs,
                DtmfMode.valueOf(doc.getString("dtmf", plain.dtmf().name()).toUpperCase(Locale.ROOT)),
                SrtpPolicy.valueOf(doc.getString("srtp", plain.srtp().name()).toUpperCase(Locale.ROOT)));
    }

    private static Map<String, String> headers(JsonObject given) {
        Map<String, String> headers = new LinkedHashMap<>();
        given.forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
        return Map.copyOf(headers);
    }

    private static Set<Integer> codes(@Nullable JsonArray given) {
        Set<Integer> codes = new HashSet<>();
        if (given != null) {
            given.forEach(code -> codes.add(((Number) code).intValue()));
        }
        return Set.copyOf(codes);
    }

    private static OptionalInt count(JsonObject doc, String field) {
        Integer limit = doc.getInteger(field);
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    private static List<String> strings(@Nullable JsonArray array) {
        return array == null ? List.of() : array.stream().map(String::valueOf).toList();
    }
}
