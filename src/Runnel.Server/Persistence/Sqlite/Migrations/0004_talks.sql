-- What people make of a conversation: who gave it its title, what they think of an answer, and when an answer was whole.

alter table conversations add column titled_by text not null default 'message'
  check (titled_by in ('nobody', 'message', 'model', 'person'));

alter table messages add column rating text check (rating in ('up', 'down'));
alter table messages add column rating_comment text;
alter table messages add column ended_at text;
