-- Conversations, their messages as a tree of branches, and the turns that made them. The rows change only together with
-- events of the log, in one transaction; position is the number of the last event that changed anything here.

create table conversations (
  thread_id text primary key not null,
  owner_id text not null references users (id) on delete cascade,
  title text not null,
  digital_human_id integer,
  position integer not null default 0,
  active_message_id text,
  running_turn_id text,
  created_at text not null,
  updated_at text not null
);

create index conversations_by_activity on conversations (owner_id, updated_at, thread_id);

create table messages (
  message_id text primary key not null,
  thread_id text not null references conversations (thread_id) on delete cascade,
  parent_id text,
  turn_id text not null,
  role text not null check (role in ('user', 'assistant')),
  status text not null check (status in ('streaming', 'complete', 'stopped', 'failed', 'interrupted')),
  content text not null,
  reasoning text not null default '',
  finish_reason text,
  model text,
  input_tokens integer,
  output_tokens integer,
  usage_estimated integer,
  created_at text not null
);

create index messages_by_parent on messages (thread_id, parent_id);

create table turns (
  turn_id text primary key not null,
  thread_id text not null references conversations (thread_id) on delete cascade,
  owner_id text not null references users (id) on delete cascade,
  user_message_id text not null,
  message_id text not null,
  model text not null,
  status text not null
    check (status in ('queued', 'running', 'complete', 'stopped', 'failed', 'interrupted', 'withdrawn')),
  client_message_id text,
  started_after integer not null,
  owner_started_after integer not null,
  ended_at_event integer,
  created_at text not null
);

create unique index turns_by_client_message on turns (owner_id, client_message_id) where client_message_id is not null;
create index turns_unfinished on turns (owner_id) where status in ('queued', 'running');
create index turns_by_thread on turns (thread_id);
