-- A digital human that was deleted is hidden at once. What belongs to it goes after that, in small pieces, and its row last: a
-- process that dies in between goes on with it at its next start.
alter table digital_humans add column deleted_at text;

create index digital_humans_deleted on digital_humans (id) where deleted_at is not null;
