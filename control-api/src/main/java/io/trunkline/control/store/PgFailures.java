package io.trunkline.control.store;

import io.vertx.pgclient.PgException;

/** Which failures pass by themselves. */
final class PgFailures {
    private PgFailures() {}

    /**
     * A lost connection, a server that starts, stops or is full (SQLSTATE classes 08, 53, 57, 58), a deadlock or
     * serialization failure (40), or no answer at all.
     */
    static boolean isTransient(Throwable failure) {
        if (failure instanceof PgException pg) {
            String state = pg.getSqlState() == null ? "" : pg.getSqlState();
            return state.startsWith("08")
                    || state.startsWith("40")
                    || state.startsWith("53")
                    || state.startsWith("57")
                    || state.startsWith("58");
        }
        return !(failure instanceof IllegalArgumentException
                || failure instanceof ClassCastException
                || failure instanceof NullPointerException);
    }

    static boolean isDuplicate(Throwable failure) {
        return failure instanceof PgException pg && "23505".equals(pg.getSqlState());
    }

    static boolean isMissingReference(Throwable failure) {
        return failure instanceof PgException pg && "23503".equals(pg.getSqlState());
    }
}
