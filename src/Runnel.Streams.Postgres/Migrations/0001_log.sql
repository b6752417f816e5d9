-- The log. A commit is one row of the journal, holding a piece of each stream that took part; compaction joins the pieces of
-- each stream into segments.

-- An id is never used again: references of owner streams to a deleted stream must find nothing. Whoever adds to a stream
-- holds the lock of its row until the commit: numbers have no gaps, and who sees one sees all before it.
create table streams (
  id bigint generated always as identity primary key,
  name text collate "C" not null unique,
  generation bigint not null,
  first bigint not null default 1,
  last bigint not null default 0,
  ended boolean not null default false
) with (fillfactor = 70);

-- One row for each opening of the log by a process, which counts its commits there: one that is repeated is seen to be there,
-- and one of a process that was fenced off changes nothing.
create table writers (
  incarnation bigint generated always as identity primary key,
  node text not null,
  batch bigint not null default 0,
  fenced boolean not null default false,
  opened_at timestamptz not null default now()
) with (fillfactor = 50);

-- Piece i is of the stream streams[i], has its numbers firsts[i] to lasts[i], and lies in events from starts[i] on.
create table journal (
  id bigint generated always as identity primary key,
  streams bigint[] not null,
  firsts bigint[] not null,
  lasts bigint[] not null,
  starts integer[] not null,
  events bytea not null
) with (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000);

-- Pieces are cut out of a row by the server, which it can do without reading all of it.
alter table journal alter column events set storage external;
create index journal_by_stream on journal using gin (streams);

create table segments (
  stream_id bigint not null references streams (id) on delete cascade,
  first bigint not null,
  last bigint not null,
  events bytea not null,
  primary key (stream_id, last)
);

alter table segments alter column events set storage external;
