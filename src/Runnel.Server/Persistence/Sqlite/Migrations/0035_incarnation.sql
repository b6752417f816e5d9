-- Which opening of the log runs it, or accepted it where it waits: what one left that writes no more is taken over.
alter table turns add column incarnation integer not null default 0;
alter table training_rounds add column incarnation integer not null default 0;
