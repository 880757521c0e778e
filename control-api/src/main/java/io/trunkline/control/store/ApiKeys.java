package io.trunkline.control.store;

import io.trunkline.control.Ids;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys, of which only the SHA-256 is kept: they are random enough that nothing slower is needed. */
public final class ApiKeys {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Pool pool;

    public ApiKeys(Pool pool) {
        this.pool = pool;
    }

    /** A key to make; without account and application it is an admin key. */
    public record NewKey(
            Optional<String> accountId,
            Optional<String> applicationId,
            String name,
            List<String> scopes,
            Optional<String> dialect,
            Optional<String> lineId,
            Optional<OffsetDateTime> expiresAt) {}

    public static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return "tk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Who this key speaks for; empty when it is unknown, revoked or expired. */
    public Future<Optional<Principal>> find(String key) {
        return valid("hash = $1", Tuple.of(hash(key)));
    }

    /** Who the key of this id speaks for; empty when it is unknown, revoked or expired. */
    public Future<Optional<Principal>> byId(String keyId) {
        return valid("id = $1", Tuple.of(keyId));
    }

    private Future<Optional<Principal>> valid(String condition, Tuple parameters) {
        return pool.preparedQuery("select k.*, coalesce(k.dialect, a.doc ->> 'dialect') as speaks from api_keys k"
                        + " left join applications a on a.id = k.application_id where k." + condition
                        + " and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())")
                .execute(parameters)
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(principal(rows.iterator().next())));
    }

    /** Notes that a key is in use: to the minute. */
    public Future<Void> touch(String keyId) {
        return pool.preparedQuery("""
                        update api_keys set last_used_at = now()
                        where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')
                        """).execute(Tuple.of(keyId)).mapEmpty();
    }

    /** The key as the API shows it; the key itself is for the caller to show, once. */
    public Future<JsonObject> create(NewKey key, String secret) {
        return pool.preparedQuery("""
                        insert into api_keys (id, account_id, application_id, name, hash, hint, scopes, dialect, line_id,
                                              expires_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning *
                        """)
                .execute(values(key, secret)
                        .addString(key.dialect().orElse(null))
                        .addString(key.lineId().orElse(null))
                        .addOffsetDateTime(key.expiresAt().orElse(null)))
                .map(rows -> json(rows.iterator().next()));
    }

    public Future<JsonArray> list(String applicationId) {
        return pool.preparedQuery("select * from api_keys where application_id = $1 and revoked_at is null order by id")
                .execute(Tuple.of(applicationId))
                .map(rows -> {
                    JsonArray keys = new JsonArray();
                    rows.forEach(row -> keys.add(json(row)));
                    return keys;
                });
    }

    public Future<Boolean> revoke(String applicationId, String keyId) {
        return pool.preparedQuery("""
                        update api_keys set revoked_at = now()
                        where application_id = $1 and id = $2 and revoked_at is null
                        """).execute(Tuple.of(applicationId, keyId)).map(rows -> rows.rowCount() > 0);
    }

    /** Makes this the one key of that name: for keys that are fixed from outside. */
    Future<Void> fix(NewKey key, String secret) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(
                        "delete from api_keys where name = $1 and hash <> $2 and application_id is not distinct from $3")
                .execute(Tuple.of(key.name(), hash(secret), key.applicationId().orElse(null)))
                .compose(done -> connection.preparedQuery("""
                                insert into api_keys (id, account_id, application_id, name, hash, hint, scopes)
                                values ($1, $2, $3, $4, $5, $6, $7) on conflict (hash) do nothing
                                """).execute(values(key, secret)))
                .mapEmpty());
    }

    private static Tuple values(NewKey key, String secret) {
        return Tuple.of(
                        Ids.next("key"),
                        key.accountId().orElse(null),
                        key.applicationId().orElse(null),
                        key.name(),
                        hash(secret),
                        secret.length() < 16 ? "…" : "…" + secret.substring(secret.length() - 4))
                .addArrayOfString(key.scopes().toArray(String[]::new));
    }

    private static Principal principal(Row row) {
        return new Principal(
                row.getString("id"),
                Optional.ofNullable(row.getString("account_id")),
                Optional.ofNullable(row.getString("application_id")),
                Set.of(row.getArrayOfStrings("scopes")),
                Optional.ofNullable(row.getString("speaks")),
                Optional.ofNullable(row.getString("line_id")));
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("id", row.getString("id"))
                .put("application_id", row.getString("application_id"))
                .put("name", row.getString("name"))
                .put("hint", row.getString("hint"))
                .put("scopes", new JsonArray(List.of(row.getArrayOfStrings("scopes"))))
                .put("dialect", row.getString("dialect"))
                .put("line", row.getString("line_id"))
                .put("created_at", Times3.text(row.getOffsetDateTime("created_at")))
                .put("expires_at", Times3.text(row.getOffsetDateTime("expires_at")))
                .put("last_used_at", Times3.text(row.getOffsetDateTime("last_used_at")));
    }

    private static Buffer hash(String key) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
