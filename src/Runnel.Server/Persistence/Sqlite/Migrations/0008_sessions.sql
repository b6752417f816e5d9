-- Who is signed in, from where, and since when: a row for each sign-in. Cookies and tokens name it, and live no longer.

create table sessions (
  session_id text primary key not null,
  user_id text not null references users (id) on delete cascade,
  made_at text not null,
  -- Within ten minutes or so.
  seen_at text not null,
  expires_at text not null,
  -- What the browser or program says it is, shortened, and where it signed in from.
  client text not null,
  address text not null,
  -- The number of the refresh token that is good now, and when it took the place of the one before.
  refresh_number integer not null default 0,
  rotated_at text,
  revoked_at text
);

create index sessions_by_user on sessions (user_id);

-- Whoever makes the first account runs the server.
alter table users add column is_administrator integer not null default 0;
update users set is_administrator = 1 where rowid = (select min(rowid) from users);

create trigger users_first after insert on users
when not exists (select 1 from users where id <> new.id)
begin
  update users set is_administrator = 1 where id = new.id;
end;

-- When the owner asked for its deletion, which may take a while and survives a crash.
alter table users add column closed_at text;
