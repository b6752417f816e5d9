-- The log. A commit is one row of the journal, holding the events of all streams that took part; compaction moves them into
-- segments, a run of one stream's events each.

create table streams (
  id integer primary key,
  name text not null unique,
  generation integer not null,
  first integer not null default 1,
  last integer not null default 0
);

create table journal (
  id integer primary key,
  batch blob not null
);

create table segments (
  id integer primary key,
  stream_id integer not null references streams (id) on delete cascade,
  first integer not null,
  last integer not null,
  events blob not null
);

create unique index segments_by_stream on segments (stream_id, last);
