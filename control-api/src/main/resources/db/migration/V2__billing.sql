-- The books. The balance of an account is the sum of its ledger entries, always: every statement that writes an
-- entry changes the balance with it, in one transaction.

-- Made at an account's first credit or first call that costs. What was spent in the period that holds spent_on; limits are checked against it in the statement that spends.
CREATE TABLE balances (
    account_id text PRIMARY KEY,
    balance numeric NOT NULL DEFAULT 0,
    spent_on date NOT NULL DEFAULT '2000-01-01',
    spent_day numeric NOT NULL DEFAULT 0,
    spent_month numeric NOT NULL DEFAULT 0
);

CREATE FUNCTION spent_within(period text, spent numeric, spent_on date, today date) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN date_trunc(period, spent_on::timestamp) = date_trunc(period, today::timestamp) THEN spent ELSE 0 END;

CREATE TABLE ledger (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL,
    call_id text,
    kind text NOT NULL CHECK (kind IN ('credit', 'hold', 'extend', 'release', 'charge')),
    amount numeric NOT NULL CHECK (amount <> 0),
    currency text NOT NULL,
    note text NOT NULL DEFAULT '',
    at timestamptz NOT NULL,
    CHECK ((call_id IS NULL) = (kind = 'credit'))
);
CREATE INDEX ledger_by_account ON ledger (account_id, id);
CREATE INDEX ledger_by_call ON ledger (call_id) WHERE call_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_charges_once ON ledger (call_id) WHERE kind = 'charge';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: write an entry that corrects the other';
END $$;
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
    EXECUTE FUNCTION refuse_change();

-- A call that is up, with what is held for it, what its talk time costs and how far it was known to have talked.
CREATE TABLE call_holds (
    call_id text PRIMARY KEY,
    account_id text NOT NULL,
    node text NOT NULL,
    held numeric NOT NULL,
    currency text NOT NULL,
    per_minute numeric NOT NULL,
    connection_fee numeric NOT NULL,
    first_increment integer NOT NULL,
    next_increment integer NOT NULL,
    minimum_seconds integer NOT NULL,
    talked_ms bigint
) WITH (fillfactor = 70);
