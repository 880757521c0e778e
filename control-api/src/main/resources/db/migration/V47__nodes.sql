-- Several nodes on one database: where each is reached, and when it was last heard of.
alter table nodes add column url text, add column seen_at timestamptz not null default clock_timestamp();

-- What of limited things (an account, a line, a trunk) a call holds: counted by the other nodes.
alter table call_holds add column scopes text[] not null default '{}';
create index call_holds_scopes on call_holds using gin (scopes);
