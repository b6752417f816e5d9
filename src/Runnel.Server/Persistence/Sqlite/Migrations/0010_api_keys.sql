-- Keys that programs of a user come with. The key itself is shown once and kept nowhere; its hash finds the row.

create table api_keys (
  key_id text primary key not null,
  user_id text not null references users (id) on delete cascade,
  name text not null,
  -- SHA-256 of the key, in hex: a key is random and long, so that nothing slower is needed.
  key_hash text not null,
  -- The end of the key, by which people tell one from another.
  hint text not null,
  made_at text not null,
  -- Within ten minutes or so; null when it was never used.
  seen_at text,
  revoked_at text
);

create unique index api_keys_by_hash on api_keys (key_hash);
create index api_keys_by_user on api_keys (user_id);
