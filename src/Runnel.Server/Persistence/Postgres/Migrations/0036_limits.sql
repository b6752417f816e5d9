-- What servers count together. Not logged: after a crash of the database counting begins anew.

-- When the allowance of a caller is whole again. Who is not here has a whole one.
create unlogged table allowances (
  caller text collate "C" primary key,
  whole_at timestamptz not null
) with (fillfactor = 50);

-- Attempts to sign in of the last minute that failed or are under way: a row for the account and one for the address.
create unlogged table failed_logins (
  attempt uuid not null,
  key text collate "C" not null,
  at timestamptz not null,
  primary key (attempt, key)
);
create index failed_logins_by_key on failed_logins (key, at);
create index failed_logins_by_time on failed_logins (at);

-- How many streams each reader has open at each server. What one that is gone has left here counts no more.
create unlogged table open_streams (
  reader text collate "C" not null,
  incarnation bigint not null,
  streams integer not null,
  primary key (reader, incarnation)
) with (fillfactor = 50);
create index open_streams_by_server on open_streams (incarnation);
