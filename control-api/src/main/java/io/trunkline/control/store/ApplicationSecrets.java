package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/** What an application's requests to its own servers are signed with: one secret, two while it is changed. */
public final class ApplicationSecrets {
    private final Pool pool;
    private final SealedSecrets sealed;
    private final InstantSource clock;

    public ApplicationSecrets(Pool pool, SealedSecrets sealed, InstantSource clock) {
        this.pool = pool;
        this.sealed = sealed;
        this.clock = clock;
    }

    /** Those valid now, the newest first; empty when the application has none. */
    public Future<List<String>> live(String applicationId) {
        return pool.preparedQuery("select secret from applications where id = $1")
                .execute(Tuple.of(applicationId))
                .map(rows -> rows.size() == 0
                        ? List.of()
                        : WebhookSecrets.live(
                                sealed.open(
                                        ResourceKind.APPLICATION,
                                        applicationId,
                                        rows.iterator().next().getJsonObject("secret")),
                                clock.instant().atOffset(ZoneOffset.UTC)));
    }
}
