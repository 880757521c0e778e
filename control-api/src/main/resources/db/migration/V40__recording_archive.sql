-- Where recordings have got to: stored (sealed, sent to the bucket) and, once deleted, purged from every place.

alter table recordings add column stored_at timestamptz;
alter table recordings add column purged_at timestamptz;

create index recordings_to_store on recordings (id) where stored_at is null and status = 'completed';
create index recordings_to_purge on recordings (id) where deleted_at is not null and purged_at is null;
