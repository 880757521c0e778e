package io.trunkline.control.store;

import io.trunkline.control.call.CallSnapshot;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a call takes from the account and the application that place it. */
public final class Tenants {
    public static final String DEFAULT = "default";

    private final Pool pool;

    public Tenants(Pool pool) {
        this.pool = pool;
    }

    /**
     * Whoever places a call.
     *
     * @param answerUrl of the application, for calls that say nothing of what they do
     * @param fallbackUrl of the application, for scripts that cannot be had
     * @param sipDomains where {@code sip:} URIs may lead
     * @param record of the account, for calls that say nothing of recording
     */
    public record Caller(
            CallSnapshot.Owner owner,
            Optional<String> answerUrl,
            Optional<String> fallbackUrl,
            List<String> sipDomains,
            Optional<Object> record) {
        /** What speaks against calling this, if anything. */
        public Optional<String> checkDestination(String to) {
            if (to.startsWith("+")) {
                return Optional.empty();
            }
            String host =
                    to.substring(to.indexOf('@') + 1).replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
            return sipDomains.contains(host)
                    ? Optional.empty()
                    : Optional.of("is a SIP address outside the account's sip_uris");
        }
    }

    /** The operator's own key places calls for the default application. */
    public Future<Caller> caller(Principal principal) {
        String where = principal.applicationId().isPresent() ? "p.id = $1" : "p.name = $1 and a.name = $1";
        return pool.preparedQuery("""
                        select p.id, p.account_id, p.doc ->> 'answer_url' as answer_url,
                            p.doc ->> 'fallback_url' as fallback_url, a.doc as account
                        from applications p join accounts a on a.id = p.account_id where
                        """ + where)
                .execute(Tuple.of(principal.applicationId().orElse(DEFAULT)))
                .map(rows -> caller(rows.iterator().next()));
    }

    private static Caller caller(Row row) {
        JsonObject account = row.getJsonObject("account");
        return new Caller(
                new CallSnapshot.Owner(row.getString("account_id"), row.getString("id")),
                Optional.ofNullable(row.getString("answer_url")),
                Optional.ofNullable(row.getString("fallback_url")),
                domains(account),
                Optional.ofNullable(account.getValue("record")));
    }

    private static List<String> domains(JsonObject account) {
        JsonArray domains = account.getJsonArray("sip_uris", new JsonArray());
        return domains.stream()
                .map(domain -> domain.toString().toLowerCase(Locale.ROOT))
                .toList();
    }
}
