-- What was said on the wire for calls that failed, or whose trace somebody looked at while they were up.
create table call_traces (
    call_id  text collate "C" primary key references calls (id) on delete cascade,
    entries  text        not null,
    kept_at  timestamptz not null default clock_timestamp()
);
