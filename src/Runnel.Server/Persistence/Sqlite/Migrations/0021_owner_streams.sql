-- Which users' streams are awake, and when each was last used: followed, or written to by a turn's end or by a change. One
-- that nobody uses goes dormant: stream and row are deleted together, and made anew by the next use.

create table owner_streams (
  owner_id text primary key not null references users (id) on delete cascade,
  used_at text not null
);

-- Nobody knows of those from before: they count as used now.
insert into owner_streams (owner_id, used_at) select id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') from users;
