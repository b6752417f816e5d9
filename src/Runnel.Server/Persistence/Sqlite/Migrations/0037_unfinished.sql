-- What a process left half done is looked for every minute, and is found without reading everything.
create index users_closed on users (id) where closed_at is not null;
create index deleted_conversations_unfinished on deleted_conversations (thread_id) where is_forgotten = 0;
