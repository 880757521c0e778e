package io.trunkline.control.store;

import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** What somebody may see: one application's things, one account's, or all. */
public record Scope(Optional<String> accountId, Optional<String> applicationId) {
    public static final Scope ALL = new Scope(Optional.empty(), Optional.empty());

    public static Scope account(String accountId) {
        return new Scope(Optional.of(accountId), Optional.empty());
    }

    public static Scope application(String accountId, String applicationId) {
        return new Scope(Optional.of(accountId), Optional.of(applicationId));
    }

    public boolean sees(String account, String application) {
        return accountId.map(account::equals).orElse(true)
                && applicationId.map(application::equals).orElse(true);
    }

    /** A condition on {@code account_id} and {@code application_id}; its two parameters follow by {@link #add}. */
    String condition(int firstParameter) {
        return "($%1$d::text is null or account_id = $%1$d) and ($%2$d::text is null or application_id = $%2$d)"
                .formatted(firstParameter, firstParameter + 1);
    }

    Tuple add(Tuple tuple) {
        return tuple.addString(accountId.orElse(null)).addString(applicationId.orElse(null));
    }
}
