-- Digital humans: characters with a persona, which people talk to and train. Long texts come last, so that lists which look
-- for some of them need not read all. Ids are never given twice: conversations keep the id of one that is gone.

create table digital_humans (
  id integer primary key autoincrement not null,
  owner_id text not null references users (id) on delete cascade,
  is_public integer not null default 0,
  name text not null,
  -- What messages call its model; null for the server's default.
  model text,
  temperature real,
  created_at text not null,
  updated_at text not null,
  greeting text,
  persona text not null
);

create index digital_humans_by_owner on digital_humans (owner_id, id);
create index digital_humans_public on digital_humans (id) where is_public = 1;

-- What is left of one that was deleted: that it was there, so that who follows its training learns not to come back.
create table deleted_digital_humans (
  id integer primary key not null,
  owner_id text not null references users (id) on delete cascade,
  deleted_at text not null
);

create index deleted_digital_humans_by_owner on deleted_digital_humans (owner_id);
