-- Which opening of the log runs it, or accepted it where it waits: what one left that writes no more is taken over.
alter table turns add column incarnation bigint not null default 0;
alter table training_rounds add column incarnation bigint not null default 0;
create index turns_by_incarnation on turns (incarnation) where status = 'running';
create index training_rounds_by_incarnation on training_rounds (incarnation) where status = 'running';
