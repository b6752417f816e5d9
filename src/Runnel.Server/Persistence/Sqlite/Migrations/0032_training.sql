-- Training: each message that a digital human was told, with the round that learned from it. The rows change only together
-- with events of the log, in one transaction.

create table training_rounds (
  round_id text primary key not null,
  digital_human_id integer not null references digital_humans (id) on delete cascade,
  owner_id text not null references users (id) on delete cascade,
  message_id text not null,
  client_message_id text,
  status text not null check (status in ('queued', 'running', 'complete', 'stopped', 'failed')),
  -- Why it ended without a question.
  error_code text,
  -- The code with which somebody told it to end: it can end with no other.
  end_requested text check (end_requested in ('stopped', 'digital_human_deleted')),
  -- In which progress is told: en, zh.
  language text not null,
  -- The lowest of a digital human's queued rounds is the next.
  queue_order integer not null default 0,
  content text not null,
  question text,
  -- What was learned, as the event knowledge_extracted says it.
  learned text,
  -- The numbers of its events in the stream of its digital human, and in its owner's: before the first, and the last.
  started_after integer not null,
  owner_started_after integer not null,
  ended_at_event integer,
  owner_ended_at_event integer,
  created_at text not null,
  ended_at text,
  is_trimmed integer not null default 0,
  is_trimmed_for_owner integer not null default 0
);

create unique index training_rounds_by_message on training_rounds (message_id);
create unique index training_rounds_by_client_message on training_rounds (owner_id, client_message_id)
  where client_message_id is not null;
create unique index training_rounds_running on training_rounds (digital_human_id) where status = 'running';
create index training_rounds_unfinished on training_rounds (owner_id) where status in ('queued', 'running');
create index training_rounds_by_digital_human on training_rounds (digital_human_id, message_id);
create index training_rounds_to_trim on training_rounds (digital_human_id, ended_at) where is_trimmed = 0;
create index training_rounds_to_trim_for_owner on training_rounds (owner_id, ended_at) where is_trimmed_for_owner = 0;

create trigger training_rounds_move before update of status on training_rounds
when not (
  (old.status = 'queued' and new.status in ('running', 'stopped'))
  or (old.status = 'running' and new.status in ('complete', 'stopped', 'failed')))
begin
  select raise(abort, 'A round does not move like this.');
end;

create trigger training_rounds_end_once before update of ended_at_event on training_rounds
when old.ended_at_event is not null
begin
  select raise(abort, 'A round ends once.');
end;

-- What each completed step gave to those after it, so that a round goes on from there, and what it took.
create table training_steps (
  round_id text not null references training_rounds (round_id) on delete cascade,
  step text not null,
  output text not null,
  model_calls integer not null,
  input_tokens integer not null,
  output_tokens integer not null,
  usage_estimated integer not null,
  duration_ms integer not null,
  primary key (round_id, step)
);
