package io.trunkline.control.billing;

import io.trunkline.control.call.CallDirection;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.NewCall;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Terms from the database: two look-ups by index, sent together. */
final class PgTerms implements TermsSource {
    private static final JsonObject NOTHING = new JsonObject();
    private static final String WHO = """
            select a.id, a.doc, p.id as application_id, p.doc as application, l.id as line_id, l.doc as line,
                coalesce(b.balance, 0) as balance,
                coalesce(spent_within('day', b.spent_day, b.spent_on, $5), 0) as spent_day,
                coalesce(spent_within('month', b.spent_month, b.spent_on, $5), 0) as spent_month,
                exists (select from numbers n where n.account_id = a.id and n.name = $4)
                    or exists (select from lines o where o.account_id = a.id and o.doc ->> 'number' = $4) as owns_from
            from accounts a join applications p on p.id = $2 and p.account_id = a.id
            left join balances b on b.account_id = a.id
            left join lines l on l.account_id = a.id and (l.id = $3 or l.name = $3)
            where a.id = $1 order by l.id = $3 desc limit 1""";
    private static final String RATES =
            "select digits, account_id is not null as own, doc from rates where digits = any($1)"
                    + " and (account_id = $2 or account_id is null)"
                    + " and coalesce(doc ->> 'direction', 'outbound') = $3";

    private final Pool pool;
    private final Clock clock;

    PgTerms(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Terms> of(NewCall plan, CallDirection direction) {
        return pool.withConnection(connection -> {
                    Future<RowSet<Row>> who = connection.preparedQuery(WHO).execute(whoAsks(plan, direction));
                    return rates(connection, plan, direction)
                            .compose(rates -> who.map(rows -> terms(wanted(plan, direction), rows, rates)));
                })
                .toCompletionStage();
    }

    private Tuple whoAsks(NewCall plan, CallDirection direction) {
        return Tuple.of(
                plan.owner().accountId(),
                plan.owner().applicationId(),
                wanted(plan, direction).orElse(""),
                plan.from().orElse(""),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** A line's limits are those of calls out; the line of a call in only says whose number was called. */
    private static Optional<String> wanted(NewCall plan, CallDirection direction) {
        return plan.line().filter(_ -> direction == CallDirection.OUTBOUND);
    }

    private static Future<Rates> rates(SqlConnection connection, NewCall plan, CallDirection direction) {
        String digits = Digits.ofNumber(plan.to());
        String[] prefixes = IntStream.rangeClosed(0, digits.length())
                .mapToObj(length -> digits.substring(0, length))
                .toArray(String[]::new);
        return connection
                .preparedQuery(RATES)
                .execute(Tuple.of(
                        prefixes, plan.owner().accountId(), direction.name().toLowerCase(Locale.ROOT)))
                .map(rows -> {
                    List<Rate> all = new ArrayList<>();
                    rows.forEach(row -> all.add(
                            TermsJson.rate(row.getString("digits"), row.getBoolean("own"), row.getJsonObject("doc"))));
                    return new Rates(List.copyOf(all));
                });
    }

    private static Terms terms(Optional<String> wanted, RowSet<Row> rows, Rates rates) {
        if (rows.size() == 0) {
            throw CallRefused.of(404, "not_found", "The account or application is gone.");
        }
        Row row = rows.iterator().next();
        Optional<Terms.Line> line = line(row);
        wanted.filter(_ -> line.isEmpty()).ifPresent(name -> {
            throw CallRefused.invalid("line", "There is no line '" + name + "'.");
        });
        JsonObject application = row.getJsonObject("application");
        return new Terms(
                account(row),
                new Terms.Application(
                        row.getString("application_id"),
                        Optional.ofNullable(application.getString("caller_id")),
                        TermsJson.limit(application.getJsonObject("limits", NOTHING))),
                line,
                row.getBoolean("owns_from"),
                rates);
    }

    private static Optional<Terms.Line> line(Row row) {
        return Optional.ofNullable(row.getJsonObject("line"))
                .map(line -> new Terms.Line(
                        row.getString("line_id"),
                        Optional.ofNullable(line.getString("number")),
                        Optional.ofNullable(line.getString("trunk")),
                        line.getBoolean("exclusive", false),
                        TermsJson.lineLimit(line)));
    }

    private static Terms.Account account(Row row) {
        JsonObject doc = row.getJsonObject("doc");
        JsonObject limits = doc.getJsonObject("limits", NOTHING);
        String currency = doc.getString("currency", "USD");
        Terms.Spending spending = new Terms.Spending(
                new Money(row.getBigDecimal("spent_day"), currency),
                TermsJson.money(limits, "spend_day", currency),
                new Money(row.getBigDecimal("spent_month"), currency),
                TermsJson.money(limits, "spend_month", currency));
        return new Terms.Account(
                row.getString("id"),
                currency,
                doc.getBoolean("prepaid", false),
                new Money(row.getBigDecimal("balance"), currency),
                TermsJson.limit(limits),
                spending,
                doc.getString("caller_ids", "any").equals("own"),
                Optional.ofNullable(doc.getString("caller_id")),
                TermsJson.destinations(doc),
                TermsJson.quietHours(doc));
    }
}
