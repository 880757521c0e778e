package io.trunkline.control.store;

import io.trunkline.control.keys.AesGcm;
import io.trunkline.control.keys.KeyRing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The {@code secret} columns as they lie in the database: {@code {"key": its name, "sealed": nonce and ciphertext}}, bound
 * to their row, so that a copy in another row opens nothing. Any thread.
 */
public final class SealedSecrets {
    private static final String SEALED = "sealed";
    private static final String KEY = "key";

    private final KeyRing keys;

    public SealedSecrets(KeyRing keys) {
        this.keys = keys;
    }

    JsonObject seal(ResourceKind kind, String id, JsonObject secret) {
        if (secret.isEmpty()) {
            return secret;
        }
        KeyRing.Named current = keys.current();
        byte[] nonce = AesGcm.random(AesGcm.NONCE_BYTES);
        byte[] sealed = AesGcm.seal(
                current.key(), nonce, place(kind, id), secret.toBuffer().getBytes());
        return new JsonObject()
                .put(KEY, current.name())
                .put(SEALED, Buffer.buffer(nonce).appendBytes(sealed).getBytes());
    }

    /** What was stored before there were keys is taken as it is. */
    JsonObject open(ResourceKind kind, String id, JsonObject stored) {
        if (!stored.containsKey(SEALED)) {
            return stored;
        }
        byte[] whole = stored.getBinary(SEALED);
        byte[] nonce = Arrays.copyOf(whole, AesGcm.NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(whole, AesGcm.NONCE_BYTES, whole.length);
        try {
            KeyRing.Named named = keys.named(stored.getString(KEY));
            return new JsonObject(Buffer.buffer(AesGcm.open(named.key(), nonce, place(kind, id), sealed)));
        } catch (IOException e) {
            throw new StorageException(
                    "the secret of " + id + " in " + kind.table() + " cannot be opened: " + e.getMessage()
                            + " (secrets.keys must name the same keys on every node)",
                    e);
        }
    }

    private static byte[] place(ResourceKind kind, String id) {
        return (kind.table() + " " + id).getBytes(StandardCharsets.UTF_8);
    }

    /** Seals anew what lies there plain or under an older key, and opens everything once: a missing key shows at the start. */
    public Future<Void> sealAll(Pool pool) {
        Future<Void> done = Future.succeededFuture();
        for (ResourceKind kind : ResourceKind.values()) {
            done = done.compose(_ -> sealAll(pool, kind));
        }
        return done;
    }

    private Future<Void> sealAll(Pool pool, ResourceKind kind) {
        return pool.query("select id, secret from " + kind.table() + " where secret <> '{}'")
                .execute()
                .compose(rows -> {
                    List<Tuple> changes = new ArrayList<>();
                    rows.forEach(row -> change(kind, row, changes));
                    return changes.isEmpty()
                            ? Future.succeededFuture()
                            : pool.preparedQuery(
                                            "update " + kind.table() + " set secret = $3 where id = $1 and secret = $2")
                                    .executeBatch(changes)
                                    .mapEmpty();
                });
    }

    /** Whoever changes the row meanwhile has sealed it himself. */
    private void change(ResourceKind kind, Row row, List<Tuple> changes) {
        String id = row.getString("id");
        JsonObject stored = row.getJsonObject("secret");
        JsonObject secret = open(kind, id, stored);
        if (!keys.current().name().equals(stored.containsKey(SEALED) ? stored.getString(KEY) : "")) {
            changes.add(Tuple.of(id, stored, seal(kind, id, secret)));
        }
    }
}
