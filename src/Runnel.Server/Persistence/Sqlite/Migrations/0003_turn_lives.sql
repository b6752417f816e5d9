-- The life of a turn: it may wait for its place, be told to end, be withdrawn, and it ends once.

-- The number of the last event that changed which messages there are, or which turns wait or run.
alter table conversations add column history_at integer not null default 0;
update conversations set history_at = position;

-- Not part of the history: the answer of a turn that has not begun, and what was withdrawn.
alter table messages add column hidden integer not null default 0;

-- What the configuration calls its model.
alter table turns add column model_name text;
-- The status with which somebody told it to end: it can end with no other.
alter table turns add column end_requested text check (end_requested in ('stopped', 'withdrawn'));
-- The lowest of a conversation's queued turns is the next.
alter table turns add column queue_order integer;
-- The newest message of the branch before the turn's own.
alter table turns add column follows_message_id text;

insert into messages (message_id, thread_id, parent_id, turn_id, role, status, content, model, created_at, hidden)
select message_id, thread_id, user_message_id, turn_id, 'assistant', 'streaming', '', model, created_at, 1
from turns where status = 'running' and message_id not in (select message_id from messages);

create index turns_queue on turns (thread_id, queue_order) where status = 'queued';

create trigger turns_move before update of status on turns
when not (
  (old.status = 'queued' and new.status in ('running', 'stopped'))
  or (old.status = 'running' and new.status in ('complete', 'stopped', 'failed', 'interrupted', 'withdrawn')))
begin
  select raise(abort, 'A turn does not move like this.');
end;

create trigger turns_end_once before update of ended_at_event on turns when old.ended_at_event is not null
begin
  select raise(abort, 'A turn ends once.');
end;

-- What is left of a deleted conversation: that it was there, so that its followers learn not to come back.
create table deleted_conversations (
  thread_id text primary key not null,
  owner_id text not null references users (id) on delete cascade,
  deleted_at text not null,
  -- Whether its stream is gone too.
  is_forgotten integer not null default 0
);
