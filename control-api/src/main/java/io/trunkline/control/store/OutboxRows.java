package io.trunkline.control.store;

import io.trunkline.control.Ids;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallSnapshot;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/**
 * What webhooks are owed, written with the events themselves: a delivery for each event whose call, or else whose
 * application, has an address, and the lane it queues in.
 */
final class OutboxRows {
    private static final String DELIVERIES = """
            with new as (
                select u.id, u.call_id, u.seq::bigint as seq, u.event_id, u.type, a.account_id, a.id as application_id,
                       coalesce(u.url, a.doc ->> 'callback_url') as url
                from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                     as u (id, call_id, seq, event_id, type, application_id, url)
                join applications a on a.id = u.application_id
                where u.url is not null or (
                    a.doc ->> 'callback_url' is not null
                    and (a.doc -> 'callback_events' is null or a.doc -> 'callback_events' ? u.type))
            ), lanes as (
                insert into webhook_lanes (call_id, url, account_id, application_id)
                select distinct call_id, url, account_id, application_id from new order by call_id, url
                -- an update that changes nothing, but holds the row: a lane is never dropped under a new delivery
                on conflict (call_id, url) do update set call_id = excluded.call_id
            )
            insert into webhook_deliveries (id, call_id, url, seq, event_id, event_type, account_id, application_id)
            select id, call_id, url, seq, event_id, type, account_id, application_id from new
            on conflict (call_id, url, seq) do nothing
            """;

    private OutboxRows() {}

    static Future<Void> write(SqlConnection connection, Iterable<CallEvent> events) {
        Columns rows = new Columns(7);
        for (CallEvent event : events) {
            CallSnapshot call = event.call();
            if (wanted(call.callback(), event.type())) {
                rows.add(
                        Ids.next("whd"),
                        call.id(),
                        event.seq(),
                        event.id(),
                        event.type(),
                        call.owner().applicationId(),
                        call.callback().url().orElse(null));
            }
        }
        return EventBatch.execute(connection, DELIVERIES, rows).mapEmpty();
    }

    private static boolean wanted(CallSnapshot.Callback callback, String type) {
        return callback.types().isEmpty() || callback.types().contains(type);
    }
}
