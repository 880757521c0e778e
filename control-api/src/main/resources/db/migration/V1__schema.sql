-- Ids are a prefix over a time-ordered UUID, so that byte order (collation "C") is the order of creation.

create table nodes (
    name       text primary key,
    epoch      bigint      not null, -- grows at every start: a node thought dead cannot write
    started_at timestamptz not null default now()
);

-- Configuration. One shape for all: `doc` is what the API shows, `secret` what it never shows again.

create table accounts (
    id         text collate "C" primary key,
    account_id text collate "C" not null generated always as (id) stored,
    name       text        not null unique,
    doc        jsonb       not null,
    secret     jsonb       not null default '{}',
    version    bigint      not null default 1,
    created_at timestamptz not null default now()
);

create table applications (
    id         text collate "C" primary key,
    account_id text collate "C" not null references accounts (id),
    name       text        not null,
    doc        jsonb       not null,
    secret     jsonb       not null default '{}',
    version    bigint      not null default 1,
    created_at timestamptz not null default now(),
    unique (account_id, name)
);

create table trunks (
    id         text collate "C" primary key,
    account_id text collate "C" references accounts (id), -- null serves all
    name       text        not null,
    doc        jsonb       not null,
    secret     jsonb       not null default '{}',
    version    bigint      not null default 1,
    created_at timestamptz not null default now(),
    unique nulls not distinct (account_id, name)
);

create table lines (
    id         text collate "C" primary key,
    account_id text collate "C" not null references accounts (id),
    name       text        not null,
    doc        jsonb       not null,
    secret     jsonb       not null default '{}',
    version    bigint      not null default 1,
    created_at timestamptz not null default now(),
    unique (account_id, name)
);

create table numbers (
    id         text collate "C" primary key,
    account_id text collate "C" not null references accounts (id),
    name       text        not null unique, -- the number itself: one route each
    doc        jsonb       not null,
    secret     jsonb       not null default '{}',
    version    bigint      not null default 1,
    created_at timestamptz not null default now()
);

create table rates (
    id         text collate "C" primary key,
    account_id text collate "C" references accounts (id), -- null serves all
    name       text        not null,                      -- currency and prefix
    doc        jsonb       not null,
    secret     jsonb       not null default '{}',
    version    bigint      not null default 1,
    created_at timestamptz not null default now(),
    unique nulls not distinct (account_id, name)
);

create table api_keys (
    id             text collate "C" primary key,
    account_id     text collate "C" references accounts (id),     -- null: the admin key
    application_id text collate "C" references applications (id),
    name           text        not null,
    hash           bytea       not null unique,                   -- SHA-256 of a random key
    hint           text        not null,
    scopes         text[]      not null,
    dialect        text,
    line_id        text collate "C",
    created_at     timestamptz not null default now(),
    expires_at     timestamptz,
    revoked_at     timestamptz,
    last_used_at   timestamptz
);
create index api_keys_application on api_keys (application_id);

-- Money. Append-only: the sum of an account's entries is its balance.

create table ledger (
    id         text collate "C" primary key,
    account_id text collate "C" not null references accounts (id),
    call_id    text collate "C",
    kind       text           not null check (kind in ('credit', 'reserve', 'extend', 'settle', 'release', 'adjust')),
    amount     numeric(20, 6) not null,
    currency   text           not null,
    note       text,
    created_at timestamptz    not null default clock_timestamp()
);
create index ledger_account on ledger (account_id, id);
create index ledger_call on ledger (call_id) where call_id is not null;

-- Calls and their logs.

create table calls (
    id             text collate "C" primary key,
    account_id     text collate "C" not null references accounts (id),
    application_id text collate "C" not null references applications (id),
    node           text           not null,
    epoch          bigint         not null,
    last_seq       bigint         not null,
    direction      text           not null,
    status         text           not null,
    from_number    text           not null,
    to_number      text           not null,
    line           text,
    trunk          text,
    tag            text,
    metadata       jsonb          not null,
    created_at     timestamptz    not null,
    answered_at    timestamptz,
    ended_at       timestamptz,
    billed_seconds bigint         not null,
    cost           numeric(20, 6) not null,
    currency       text           not null,
    cause          text,
    exclusive_line text,
    snapshot       text           not null, -- the call as the API shows it
    callback       text           not null, -- where this call's events go
    dialog         text                     -- from which signalling can hang up after a crash
) with (fillfactor = 70);
create index calls_account on calls (account_id, id desc);
create index calls_application on calls (application_id, id desc);
create index calls_to on calls (account_id, to_number, id desc);
create index calls_from on calls (account_id, from_number, id desc);
create index calls_tag on calls (account_id, tag, id desc) where tag is not null;
create index calls_active on calls (node) where ended_at is null;
create unique index calls_exclusive_line on calls (exclusive_line) where ended_at is null and exclusive_line is not null;

create table call_events (
    position       bigint generated always as identity primary key, -- grows in the order of commit
    id             text collate "C" not null unique,
    call_id        text collate "C" not null,
    seq            bigint           not null check (seq > 0),
    type           text             not null,
    account_id     text collate "C" not null,
    application_id text collate "C" not null,
    occurred_at    timestamptz      not null,
    body           text             not null, -- exactly what webhooks, feeds and lists show
    unique (call_id, seq)
);
create index call_events_account on call_events (account_id, position);

create table recordings (
    id             text collate "C" primary key,
    call_id        text collate "C" not null,
    account_id     text collate "C" not null,
    application_id text collate "C" not null,
    status         text        not null,
    doc            jsonb       not null,
    legal_hold     boolean     not null default false,
    created_at     timestamptz not null,
    deleted_at     timestamptz
);
create index recordings_call on recordings (call_id);
create index recordings_account on recordings (account_id, id desc);

create table amd_labels (
    call_id    text collate "C" primary key references calls (id),
    account_id text collate "C" not null,
    label      text        not null,
    note       text,
    created_at timestamptz not null default now()
);

create table media (
    id             text collate "C" primary key,
    account_id     text collate "C" not null references accounts (id),
    name           text        not null,
    doc            jsonb       not null,
    secret         jsonb       not null default '{}',
    version        bigint      not null default 1,
    created_at     timestamptz not null default now(),
    unique (account_id, name)
);

-- A stored answer under a client's key; `status` is null while the first request is still at work.

create table idempotency (
    application_id text        not null,
    path           text        not null,
    key            text        not null,
    request_hash   text        not null,
    node           text,
    epoch          bigint,
    status         integer,
    headers        jsonb,
    body           text,
    expires_at     timestamptz not null,
    primary key (application_id, path, key)
);
create index idempotency_expiry on idempotency (expires_at);

-- Webhooks. A lane is one call's queue to one address: its head is what is sent and retried.

create table webhook_lanes (
    call_id        text collate "C" not null,
    url            text             not null,
    account_id     text collate "C" not null,
    application_id text collate "C" not null,
    attempts       integer          not null default 0,
    next_at        timestamptz      not null default clock_timestamp(), -- infinity: its receiver is down
    leased_until   timestamptz,                                         -- a sender is at work on it
    primary key (call_id, url)
);
create index webhook_lanes_due on webhook_lanes (next_at);
create index webhook_lanes_url on webhook_lanes (url, next_at);

create table webhook_deliveries (
    id             text collate "C" primary key,
    call_id        text collate "C" not null,
    url            text             not null,
    seq            bigint           not null,
    event_id       text collate "C" not null,
    event_type     text             not null,
    account_id     text collate "C" not null,
    application_id text collate "C" not null,
    status         text             not null default 'pending' check (status in ('pending', 'delivered', 'dead')),
    attempts       integer          not null default 0,
    last_status    integer,
    last_error     text,
    created_at     timestamptz      not null default clock_timestamp(),
    first_at       timestamptz,
    delivered_at   timestamptz,
    unique (call_id, url, seq)
);
create index webhook_deliveries_lane on webhook_deliveries (call_id, url, seq) where status = 'pending';
create index webhook_deliveries_account on webhook_deliveries (account_id, status, id desc);
