package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The queues of webhooks: a lane is one call's queue to one address. Whoever claims a lane sends its deliveries one by
 * one, the head first; the claim runs out by itself, so that a sender that died holds nothing.
 */
public final class WebhookLanes {
    private static final Duration LEASE = Duration.ofSeconds(60);
    /** A claim with less than this left is made anew with the next step. */
    private static final Duration RENEW = Duration.ofSeconds(30);

    /** Lanes are locked in one order everywhere, so that no two writers of many wait for each other in a circle. */
    private static final String ADVANCE = """
            with told as (
                select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
                    as t (call_id, url, done, status, place)
            ), done as (
                update webhook_deliveries d set status = 'delivered', attempts = d.attempts + 1,
                    last_status = t.status::int, last_error = null, delivered_at = clock_timestamp(),
                    first_at = coalesce(d.first_at, clock_timestamp())
                from told t where d.id = t.done
            ), stale as (
                select l.call_id, l.url from webhook_lanes l join told t on l.call_id = t.call_id and l.url = t.url
                where t.done is not null
                    and (l.attempts <> 0 or l.leased_until < clock_timestamp() + $6::text::interval)
                order by l.call_id, l.url for update of l
            ), kept as (
                update webhook_lanes l set attempts = 0, leased_until = clock_timestamp() + $5::text::interval
                from stale s where l.call_id = s.call_id and l.url = s.url
            )
            select t.place, d.id, d.event_type, e.body, coalesce(d.first_at, clock_timestamp()) as first_at,
                   coalesce(a.secret, '{}') as secret, clock_timestamp() as now,
                   coalesce(c.callback::json ->> 'dialect', a.doc ->> 'dialect') as dialect
            from told t
            cross join lateral (
                select * from webhook_deliveries w
                where w.call_id = t.call_id and w.url = t.url and w.status = 'pending'
                    and w.id is distinct from t.done
                order by w.seq limit 1) d
            join call_events e on e.id = d.event_id
            left join applications a on a.id = d.application_id
            left join calls c on c.id = d.call_id
            """;

    private static final String THESE =
            " (call_id, url) in (select call_id, url from unnest($1::text[], $2::text[]) as t (call_id, url)) ";
    /** Locks first and looks afterwards: a statement that waited for the lock would look with old eyes. */
    private static final String LOCK = "select 1 from webhook_lanes where" + THESE + "order by call_id, url for update";

    private static final String DROP = "delete from webhook_lanes l where" + THESE + """
            and not exists (
                select 1 from webhook_deliveries d
                where d.call_id = l.call_id and d.url = l.url and d.status = 'pending')
            """;
    private static final String GIVE_BACK =
            "update webhook_lanes set leased_until = null, next_at = clock_timestamp() where" + THESE;

    private static final int MOST_OPENED = 1000;

    private final Pool pool;
    private final SealedSecrets secrets;
    /** By application, from whichever loop asked. */
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    public WebhookLanes(Pool pool, SealedSecrets secrets) {
        this.pool = pool;
        this.secrets = secrets;
    }

    public record Lane(String callId, String url, String applicationId, int attempts) {}

    /**
     * The head of a lane.
     *
     * @param secrets of its application, the current one first
     * @param dialect whose words its receiver expects: the call's, else the application's; empty: our own
     */
    public record Head(
            String id,
            String eventType,
            String body,
            OffsetDateTime firstTried,
            List<String> secrets,
            Optional<String> dialect) {}

    /** Claims lanes that are due, at most {@code each} an address, or what {@code room} has left for it. */
    public Future<List<Lane>> claim(int limit, int each, Map<String, Integer> room) {
        return pool.preparedQuery("""
                        with busy as (select * from unnest($1::text[], $2::int[]) as b (url, room)),
                        due as (
                            select call_id, url, next_at from webhook_lanes
                            where next_at <= clock_timestamp()
                                and (leased_until is null or leased_until < clock_timestamp())
                                and url not in (select url from busy where room <= 0)
                            order by next_at limit $3 * 8
                        ), fair as (
                            select call_id, url, row_number() over (partition by url order by next_at) as turn from due
                        ), mine as (
                            select l.call_id, l.url from webhook_lanes l join fair f using (call_id, url)
                            where f.turn <= coalesce((select room from busy where busy.url = f.url), $4)
                                and l.next_at <= clock_timestamp()
                                and (l.leased_until is null or l.leased_until < clock_timestamp())
                            order by f.turn limit $3 for update of l skip locked
                        )
                        update webhook_lanes l set leased_until = clock_timestamp() + $5::text::interval from mine
                        where l.call_id = mine.call_id and l.url = mine.url
                        returning l.call_id, l.url, l.application_id, l.attempts
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfString(room.keySet().toArray(String[]::new))
                        .addArrayOfInteger(room.values().toArray(Integer[]::new))
                        .addInteger(limit)
                        .addInteger(each)
                        .addString(LEASE.toString()))
                .map(rows -> {
                    List<Lane> lanes = new ArrayList<>();
                    rows.forEach(row -> lanes.add(new Lane(
                            row.getString("call_id"),
                            row.getString("url"),
                            row.getString("application_id"),
                            row.getInteger("attempts"))));
                    return lanes;
                });
    }

    /**
     * A claimed lane's step to its next head.
     *
     * @param done its last head, which was taken, or there was nothing to tell (no status); empty after a claim
     */
    public record Step(Lane lane, Optional<Head> done, Optional<Integer> status) {}

    /** Stores what was taken and finds the heads that follow, of many lanes at once and in their order. */
    public Future<List<Optional<Head>>> advance(List<Step> steps) {
        Columns rows = new Columns(4);
        for (Step step : steps) {
            rows.add(
                    step.lane().callId(),
                    step.lane().url(),
                    step.done().map(Head::id).orElse(null),
                    step.status().orElse(null));
        }
        return pool.preparedQuery(ADVANCE)
                .execute(rows.tuple().addString(LEASE.toString()).addString(RENEW.toString()))
                .map(found -> heads(steps, found));
    }

    private List<Optional<Head>> heads(List<Step> steps, RowSet<Row> found) {
        List<Optional<Head>> heads = new ArrayList<>(Collections.nCopies(steps.size(), Optional.empty()));
        for (Row row : found) {
            int place = row.getLong("place").intValue() - 1;
            heads.set(place, Optional.of(head(row, secret(steps.get(place).lane(), row.getJsonObject("secret")))));
        }
        return heads;
    }

    /** Opened again only when it has changed. */
    private JsonObject secret(Lane lane, JsonObject stored) {
        Opened known = opened.get(lane.applicationId());
        if (known != null && known.stored.equals(stored)) {
            return known.secret;
        }
        if (opened.size() >= MOST_OPENED) {
            opened.clear();
        }
        Opened fresh = new Opened(stored, secrets.open(ResourceKind.APPLICATION, lane.applicationId(), stored));
        opened.put(lane.applicationId(), fresh);
        return fresh.secret;
    }

    private record Opened(JsonObject stored, JsonObject secret) {}

    private static Head head(Row row, JsonObject secret) {
        return new Head(
                row.getString("id"),
                row.getString("event_type"),
                row.getString("body"),
                row.getOffsetDateTime("first_at"),
                WebhookSecrets.live(secret, row.getOffsetDateTime("now")),
                Optional.ofNullable(row.getString("dialect")));
    }

    /** Not taken: tried again after {@code wait}, or given up for good and the next one's turn. */
    public Future<Void> failed(Lane lane, Head head, Optional<Integer> status, String error, Optional<Duration> wait) {
        return pool.preparedQuery("""
                        with tried as (
                            update webhook_deliveries set attempts = attempts + 1, last_status = $2, last_error = $3,
                                first_at = coalesce(first_at, clock_timestamp()),
                                status = case when $6::text is null then 'dead' else 'pending' end
                            where id = $1
                        )
                        update webhook_lanes set
                            attempts = case when $6::text is null then 0 else attempts + 1 end,
                            next_at = clock_timestamp() + coalesce($6::text::interval, interval '0'),
                            leased_until = null
                        where call_id = $4 and url = $5
                        """)
                .execute(Tuple.of(
                        head.id(),
                        status.orElse(null),
                        error,
                        lane.callId(),
                        lane.url(),
                        wait.map(Duration::toString).orElse(null)))
                .mapEmpty();
    }

    /** Nothing waits in them: drops the lanes, save those that something came into meanwhile. */
    public Future<Void> close(List<Lane> lanes) {
        Columns rows = new Columns(2);
        lanes.forEach(lane -> rows.add(lane.callId(), lane.url()));
        Tuple these = rows.tuple();
        return pool.withTransaction(connection -> Future.all(
                        connection.preparedQuery(LOCK).execute(these),
                        connection.preparedQuery(DROP).execute(these),
                        connection.preparedQuery(GIVE_BACK).execute(these)))
                .mapEmpty();
    }

    /** Gives a claim back unused. */
    public Future<Void> release(Lane lane) {
        return pool.preparedQuery("update webhook_lanes set leased_until = null where call_id = $1 and url = $2")
                .execute(Tuple.of(lane.callId(), lane.url()))
                .mapEmpty();
    }

    /** The receiver is down: what has not been tried waits until it is back. */
    public Future<Void> park(String url) {
        return update(
                "next_at = 'infinity'", "attempts = 0 and next_at <= clock_timestamp() and leased_until is null", url);
    }

    /** The receiver is back: all of its lanes are due. */
    public Future<Void> unpark(String url) {
        return update("next_at = clock_timestamp()", "next_at > clock_timestamp()", url);
    }

    /** One lane of a receiver that is down is due, to see whether it is back. */
    public Future<Void> probe(String url) {
        return update(
                "next_at = clock_timestamp()",
                "(call_id, url) = (select call_id, url from webhook_lanes where url = $1 and leased_until is null"
                        + " order by next_at limit 1)",
                url);
    }

    /** At start: nobody knows any longer who was down. */
    public Future<Void> unparkAll() {
        return pool.query("update webhook_lanes set next_at = clock_timestamp() where next_at = 'infinity'")
                .execute()
                .mapEmpty();
    }

    private Future<Void> update(String change, String where, String url) {
        return pool.preparedQuery("update webhook_lanes set " + change + " where url = $1 and " + where)
                .execute(Tuple.of(url))
                .mapEmpty();
    }

    /** Puts a delivery back to the end of its wait: due now, even one that was given up. */
    public Future<Boolean> redeliver(String deliveryId, Scope scope) {
        String find = "update webhook_deliveries set status = 'pending', first_at = null where id = $1 and "
                + scope.condition(2) + " returning call_id, url, account_id, application_id";
        return pool.preparedQuery("with again as (" + find + """
                        ) insert into webhook_lanes (call_id, url, account_id, application_id)
                        select call_id, url, account_id, application_id from again
                        on conflict (call_id, url) do update set next_at = clock_timestamp()
                        """)
                .execute(scope.add(Tuple.of(deliveryId)))
                .map(rows -> rows.rowCount() > 0);
    }
}
