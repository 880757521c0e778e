package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.http.Problem.FieldError;
import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A price list as CSV: a header line naming the fields of a rate, then one rate a line. All of it is checked before
 * anything is stored; a rate of the same prefix and currency is replaced.
 */
final class RateImport {
    private static final int MOST = 100_000;

    private final ResourceStore store;
    private final Schemas schemas;

    RateImport(ResourceStore store, Schemas schemas) {
        this.store = store;
        this.schemas = schemas;
    }

    Map<String, Operation> operations() {
        return Map.of("importRates", this::run);
    }

    private Future<Answer> run(Ask ask) {
        Access access = new Access(ask.principal(), store);
        List<JsonObject> rates = parse(ask.body().getString("text", ""));
        return access.owner(ResourceKind.RATE, new JsonObject())
                .compose(owner -> store.replaceAll(
                        ResourceKind.RATE,
                        rates.stream().map(rate -> fresh(rate, owner)).toList()))
                .map(done -> Answer.ok(new JsonObject().put("imported", rates.size())));
    }

    private static Resource fresh(JsonObject rate, Optional<String> owner) {
        return ResourceStore.fresh(
                Ids.next("rate"),
                owner,
                rate.getString("currency", "USD") + " " + rate.getString("prefix"),
                rate,
                new JsonObject());
    }

    private List<JsonObject> parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() < 2 || lines.size() > MOST) {
            throw Problem.invalid("body", "must have a header line and 1 to " + MOST + " rates");
        }
        List<String> names = Csv.row(lines.getFirst().toLowerCase(Locale.ROOT));
        List<JsonObject> rates = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            rates.add(rate(names, Csv.row(lines.get(i)), "line " + (i + 1)));
        }
        return rates;
    }

    private JsonObject rate(List<String> names, List<String> cells, String line) {
        JsonObject rate = new JsonObject();
        for (int i = 0; i < names.size() && i < cells.size(); i++) {
            String cell = cells.get(i).strip();
            String name = names.get(i).strip();
            if (!cell.isEmpty() || name.equals("prefix")) {
                boolean count = name.endsWith("_increment") || name.equals("minimum_seconds");
                rate.put(name, count && cell.matches("\\d{1,9}") ? (Object) Integer.valueOf(cell) : cell);
            }
        }
        List<FieldError> errors = schemas.check(rate, schemas.named("NewRate"), line);
        if (rate.containsKey("account_id")) {
            throw Problem.invalid(line, "must not have an account_id");
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return rate;
    }
}
