package io.trunkline.control.store;

import io.trunkline.control.call.CallSnapshot;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Optional;

/**
 * A call's row as a group leaves it: the last snapshot, and the run of seqs that led to it.
 *
 * @param firstSeq the seq before which nothing may be missing
 */
record CallRow(CallSnapshot call, boolean created, long firstSeq, long lastSeq, Optional<String> exclusiveLine) {
    private static final int WIDTH = 24;

    private static final String NEW = """
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                        $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
                        $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[],
                        $23::text[], $24::text[])
                 as new (id, account_id, application_id, node, epoch, first_seq, last_seq, direction, status,
                         from_number, to_number, line, trunk, tag, metadata, created_at, answered_at, ended_at,
                         billed, cost, currency, snapshot, callback, exclusive_line)
            """;

    /** The same call again (its answer was lost) is no conflict as long as the writer is the same. */
    static final String INSERT = """
            insert into calls (id, account_id, application_id, node, epoch, last_seq, direction, status, from_number,
                               to_number, line, trunk, tag, metadata, created_at, answered_at, ended_at,
                               billed_seconds, cost, currency, snapshot, callback, exclusive_line)
            select id, account_id, application_id, node, epoch::bigint, last_seq::bigint, direction, status,
                   from_number, to_number, line, trunk, tag, metadata::jsonb, created_at::timestamptz,
                   answered_at::timestamptz, ended_at::timestamptz, billed::bigint, cost::numeric, currency,
                   snapshot, callback, exclusive_line
            """ + NEW + """
            on conflict (id) do update set last_seq = greatest(calls.last_seq, excluded.last_seq)
                where calls.node = excluded.node and calls.epoch = excluded.epoch
            returning id
            """;

    /** Only its owner writes a call, without a hole in its seqs, and never back to an older state. */
    static final String UPDATE = """
            update calls c set
                last_seq = new.last_seq::bigint, status = new.status,
                from_number = new.from_number, line = new.line, trunk = new.trunk, tag = new.tag,
                metadata = new.metadata::jsonb, answered_at = new.answered_at::timestamptz,
                ended_at = new.ended_at::timestamptz, billed_seconds = new.billed::bigint, cost = new.cost::numeric,
                currency = new.currency, snapshot = new.snapshot, callback = new.callback
            """ + NEW + """
            where c.id = new.id and c.node = new.node and c.epoch = new.epoch::bigint
                and c.last_seq between new.first_seq::bigint - 1 and new.last_seq::bigint
            returning c.id
            """;

    static CallRow of(Write write) {
        return new CallRow(
                write.last(),
                write.creates(),
                write.events().getFirst().seq(),
                write.events().getLast().seq(),
                write.exclusiveLine());
    }

    CallRow then(CallRow later) {
        return new CallRow(later.call, created, firstSeq, later.lastSeq, exclusiveLine);
    }

    static Columns columns(Collection<CallRow> rows, NodeEpoch self) {
        Columns columns = new Columns(WIDTH);
        rows.forEach(row -> row.addTo(columns, self));
        return columns;
    }

    private void addTo(Columns columns, NodeEpoch self) {
        JsonObject json = CallJson.call(call);
        columns.add(
                call.id(),
                call.owner().accountId(),
                call.owner().applicationId(),
                self.node(),
                self.epoch(),
                firstSeq,
                lastSeq,
                json.getString("direction"),
                json.getString("status"),
                json.getString("from"),
                json.getString("to"),
                json.getString("line"),
                json.getString("trunk"),
                json.getString("tag"),
                json.getJsonObject("metadata").encode(),
                json.getString("created_at"),
                json.getString("answered_at"),
                json.getString("ended_at"),
                json.getLong("billed_seconds"),
                json.getString("cost"),
                json.getString("currency"),
                json.encode(),
                CallJson.callback(call.callback()).encode(),
                exclusiveLine.orElse(null));
    }
}
