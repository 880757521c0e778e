package io.trunkline.control.store;

import io.trunkline.control.call.CallRefused;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The one sentence for a database that does not answer. */
public final class StorageUnavailable {
    private StorageUnavailable() {}

    /** Whether this failure means that the database is away, rather than that we asked something foolish. */
    public static boolean isCauseOf(Throwable failure) {
        return switch (failure) {
            case PgException asked -> PgFailures.isTransient(asked);
            case IOException lost -> true;
            case TimeoutException silent -> true;
            case VertxException closed -> true;
            default -> false;
        };
    }

    public static CallRefused because(String why) {
        return new CallRefused(
                503,
                "storage_unavailable",
                "Storage cannot take this now: " + why,
                Optional.empty(),
                Optional.of(Duration.ofSeconds(2)));
    }
}
