-- The log. A commit is one row of the journal, holding the events of all streams that took part; compaction moves them into
-- segments, a run of one stream's events each.

-- An id is never used again: references of owner streams to a deleted stream must find nothing.
create table streams (
  id integer primary key autoincrement,
  name text not null unique,
  generation integer not null,
  first integer not null default 1,
  last integer not null default 0,
  ended integer not null default 0
);

-- Raised by whoever opens the log and checked in every transaction: an older process can write nothing any more.
create table writer (
  id integer primary key check (id = 1),
  incarnation integer not null
);

insert into writer values (1, 0);

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
