-- The events of a turn are given up some time after its end, in its conversation's stream and in its owner's.

alter table turns add column ended_at text;
-- The number of its terminal event in the owner's stream; none for turns from before: they go with the next one.
alter table turns add column owner_ended_at_event integer;
alter table turns add column is_trimmed integer not null default 0;
alter table turns add column is_trimmed_for_owner integer not null default 0;

update turns set is_trimmed_for_owner = 1, ended_at = coalesce(
  (select m.ended_at from messages m where m.message_id = turns.message_id), created_at)
where status not in ('queued', 'running');

create index turns_to_trim on turns (thread_id, ended_at) where is_trimmed = 0;
create index turns_to_trim_for_owner on turns (owner_id, ended_at) where is_trimmed_for_owner = 0;
