package io.trunkline.control.store;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Conditions and their parameters, growing together. Values never become part of the text. */
final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final Tuple parameters = Tuple.tuple();

    /** A condition with a {@code ?} where each value goes. */
    Where and(String condition, Object... values) {
        StringBuilder numbered = new StringBuilder();
        int next = 0;
        for (int i = 0; i < condition.length(); i++) {
            char c = condition.charAt(i);
            if (c == '?') {
                parameters.addValue(values[next++]);
                numbered.append('$').append(parameters.size());
            } else {
                numbered.append(c);
            }
        }
        conditions.add(numbered.toString());
        return this;
    }

    Where visibleTo(Scope scope) {
        scope.accountId().ifPresent(account -> and("account_id = ?", account));
        scope.applicationId().ifPresent(application -> and("application_id = ?", application));
        return this;
    }

    Where after(Page.Window window) {
        window.afterId().ifPresent(id -> and("id < ?", id));
        return this;
    }

    String sql() {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    Tuple parameters() {
        return parameters;
    }
}
