package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Secrets of the installation that all its nodes share, made up when first asked for. */
public final class SecretStore {
    private final Pool pool;

    public SecretStore(Pool pool) {
        this.pool = pool;
    }

    public Future<String> get(String name) {
        return pool.preparedQuery("""
                        insert into installation_secrets (name, secret) values ($1, $2)
                        on conflict (name) do update set secret = installation_secrets.secret returning secret
                        """)
                .execute(Tuple.of(name, ApiKeys.random()))
                .map(rows -> rows.iterator().next().getString("secret"));
    }
}
