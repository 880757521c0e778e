-- The books. The balance of an account is the sum of its ledger entries, always: every statement that writes an
-- entry changes the balance with it, in one transaction.

-- Made at an account's first credit or first call that costs. What was spent in the day and month of spent_on;
-- limits are checked against it in the statement that spends.
create table balances (
    account_id  text collate "C" primary key references accounts (id),
    balance     numeric not null default 0,
    spent_on    date    not null default '2000-01-01',
    spent_day   numeric not null default 0,
    spent_month numeric not null default 0
);

create function spent_within(period text, spent numeric, spent_on date, today date) returns numeric
    language sql immutable
    return case when date_trunc(period, spent_on::timestamp) = date_trunc(period, today::timestamp) then spent else 0 end;

-- A call pays for itself once, and every other entry but a credit belongs to a call.
create unique index ledger_settles_once on ledger (call_id) where kind = 'settle';
alter table ledger add check (amount <> 0), add check ((call_id is null) = (kind in ('credit', 'adjust')));

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: write an entry that corrects the other';
end $$;
create trigger ledger_is_append_only before update or delete or truncate on ledger execute function refuse_change();

-- A call that is up, with what is held for it, what its talk time costs and how far it was known to have talked.
create table call_holds (
    call_id         text collate "C" primary key,
    account_id      text collate "C" not null,
    node            text        not null,
    held            numeric     not null,
    currency        text        not null,
    per_minute      numeric     not null,
    connection_fee  numeric     not null,
    first_increment integer     not null,
    next_increment  integer     not null,
    minimum_seconds integer     not null,
    talked_ms       bigint,
    held_at         timestamptz not null default clock_timestamp()
) with (fillfactor = 70);

-- Prefixes as their digits alone, to be found by the prefixes of a number.
alter table rates add column digits text collate "C" generated always as
    (regexp_replace(regexp_replace(coalesce(doc ->> 'prefix', ''), '\D', '', 'g'), '^00', '')) stored;
create index rates_digits on rates (digits, account_id);
