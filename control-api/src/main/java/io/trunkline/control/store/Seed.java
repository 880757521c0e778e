package io.trunkline.control.store;

import io.trunkline.control.Ids;
import io.trunkline.control.store.ApiKeys.NewKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/** What a fresh installation begins with, so that the first call works: planted once, whoever starts first. */
public final class Seed {
    private static final String ADMIN_KEY = "operator";
    private static final String API_KEY = "default";
    private static final List<String> SCOPES = List.of("read", "write", "account");
    private static final long ONE_AT_A_TIME = 0x736565646cL;

    private final Pool pool;
    private final SealedSecrets secrets;

    public Seed(Pool pool, SealedSecrets secrets) {
        this.pool = pool;
        this.secrets = secrets;
    }

    /** These two keys replace what was there under their names. */
    public Future<Void> plant(String adminKey, String apiKey) {
        return pool.withTransaction(connection -> connection
                        .preparedQuery("select pg_advisory_xact_lock($1)")
                        .execute(Tuple.of(ONE_AT_A_TIME))
                        .compose(locked -> account(connection))
                        .compose(account -> application(connection, account)
                                .compose(application -> rate(connection).map(done -> List.of(account, application)))))
                .compose(ids -> keys(ids.getFirst(), ids.getLast(), adminKey, apiKey));
    }

    private Future<Void> keys(String account, String application, String adminKey, String apiKey) {
        ApiKeys keys = new ApiKeys(pool);
        NewKey admin = key(Optional.empty(), Optional.empty(), ADMIN_KEY, List.of("admin"));
        NewKey api = key(Optional.of(account), Optional.of(application), API_KEY, SCOPES);
        return keys.fix(admin, adminKey).compose(done -> keys.fix(api, apiKey));
    }

    private static NewKey key(
            Optional<String> account, Optional<String> application, String name, List<String> scopes) {
        return new NewKey(account, application, name, scopes, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Future<String> account(SqlConnection connection) {
        JsonObject doc = new JsonObject()
                .put("currency", "USD")
                .put("prepaid", false)
                .put("limits", new JsonObject())
                .put("caller_ids", "any")
                .put("caller_id", "+15550100000")
                .put("sip_uris", new JsonArray());
        return connection
                .preparedQuery("""
                        insert into accounts (id, name, doc) values ($1, $2, $3)
                        on conflict (name) do update set name = excluded.name returning id
                        """)
                .execute(Tuple.of(Ids.next("acct"), Tenants.DEFAULT, doc))
                .map(Seed::id);
    }

    private Future<String> application(SqlConnection connection, String account) {
        String id = Ids.next("app");
        JsonObject secret =
                new JsonObject().put("webhook_secret", ApiKeys.random().replace("tk_", "whsec_"));
        return connection
                .preparedQuery("""
                        insert into applications (id, account_id, name, doc, secret) values ($1, $2, $3, '{}', $4)
                        on conflict (account_id, name) do update set name = excluded.name returning id
                        """)
                .execute(Tuple.of(id, account, Tenants.DEFAULT, secrets.seal(ResourceKind.APPLICATION, id, secret)))
                .map(Seed::id);
    }

    /** A price of nothing for every prefix, as long as nobody has set others. */
    private static Future<Void> rate(SqlConnection connection) {
        JsonObject doc = new JsonObject()
                .put("prefix", "")
                .put("per_minute", "0")
                .put("connection_fee", "0")
                .put("first_increment", 1)
                .put("next_increment", 1)
                .put("currency", "USD");
        return connection
                .preparedQuery("""
                        insert into rates (id, name, doc) select $1, 'USD ', $2 where not exists (select 1 from rates)
                        """)
                .execute(Tuple.of(Ids.next("rate"), doc))
                .mapEmpty();
    }

    private static String id(Iterable<Row> rows) {
        return rows.iterator().next().getString("id");
    }
}
