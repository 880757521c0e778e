package io.trunkline.control.store;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows turned on their side: one text array a column, for {@code unnest}, so that a batch is one statement. */
final class Columns {
    private final List<List<@Nullable String>> columns = new ArrayList<>();
    private int rows;

    Columns(int width) {
        for (int i = 0; i < width; i++) {
            columns.add(new ArrayList<>());
        }
    }

    void add(@Nullable Object... values) {
        for (int i = 0; i < columns.size(); i++) {
            Object value = values[i];
            columns.get(i).add(value == null ? null : value.toString());
        }
        rows++;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    Tuple tuple() {
        Tuple tuple = Tuple.tuple();
        columns.forEach(column -> tuple.addArrayOfString(column.toArray(String[]::new)));
        return tuple;
    }
}
