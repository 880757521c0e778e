-- A call in belongs to the line whose number was called.
create index lines_number on lines ((doc ->> 'number'));
