-- What digital humans know. A node or an edge is there as long as it has facts, a fact as long as it has sources: nothing says
-- which fact is newer or overruled, that follows from the sources, so that a message takes its facts with it and no more.

-- Counts the changes: who has read what is known, and writes, is refused when it has changed meanwhile.
create table knowledge_graphs (
  digital_human_id integer primary key not null references digital_humans (id) on delete cascade,
  version integer not null
);

create table knowledge_nodes (
  node_id text primary key not null,
  digital_human_id integer not null references digital_humans (id) on delete cascade,
  type text not null
    check (type in ('person', 'organization', 'location', 'skill', 'hobby', 'event', 'date', 'concept', 'other')),
  name_key text not null,
  created_at text not null
);

create unique index knowledge_nodes_by_name on knowledge_nodes (digital_human_id, name_key, type);
create index knowledge_nodes_by_time on knowledge_nodes (digital_human_id, created_at, node_id);

create table knowledge_edges (
  edge_id text primary key not null,
  digital_human_id integer not null references digital_humans (id) on delete cascade,
  source_id text not null references knowledge_nodes (node_id) on delete cascade,
  target_id text not null references knowledge_nodes (node_id) on delete cascade,
  type_key text not null,
  -- What a source has one of at a time; null where it may have several.
  one_of text,
  created_at text not null
);

create unique index knowledge_edges_by_ends on knowledge_edges (source_id, target_id, type_key);
create index knowledge_edges_by_target on knowledge_edges (target_id);
create index knowledge_edges_by_human on knowledge_edges (digital_human_id);

create table knowledge_facts (
  id integer primary key autoincrement not null,
  fact_id text not null unique,
  digital_human_id integer not null references digital_humans (id) on delete cascade,
  node_id text references knowledge_nodes (node_id) on delete cascade,
  edge_id text references knowledge_edges (edge_id) on delete cascade,
  kind text not null check (kind in ('name', 'description', 'property', 'relation')),
  label text not null,
  label_key text not null,
  text text not null,
  text_key text not null,
  -- Made by us for the search of any database: words and pairs of characters, each with the digital human's id before it.
  tokens text not null,
  check ((node_id is null) <> (edge_id is null))
);

create unique index knowledge_facts_by_node on knowledge_facts (node_id, kind, label_key, text_key) where node_id is not null;
create unique index knowledge_facts_by_edge on knowledge_facts (edge_id, kind, label_key, text_key) where edge_id is not null;
create index knowledge_facts_by_human on knowledge_facts (digital_human_id);

create table knowledge_sources (
  id integer primary key autoincrement not null,
  fact_id text not null references knowledge_facts (fact_id) on delete cascade,
  digital_human_id integer not null references digital_humans (id) on delete cascade,
  message_id text not null,
  round_id text not null,
  confidence real not null,
  learned_at text not null
);

create unique index knowledge_sources_by_fact on knowledge_sources (fact_id, message_id);
create index knowledge_sources_by_message on knowledge_sources (digital_human_id, message_id);

-- The search of SQLite. A token is taken as it is; one that is deleted is gone from the index, not only marked.
create virtual table knowledge_search using fts5 (
  tokens, content = 'knowledge_facts', content_rowid = 'id', tokenize = "ascii tokenchars '+#'"
);

insert into knowledge_search (knowledge_search, rank) values ('secure-delete', 1);

create trigger knowledge_facts_found after insert on knowledge_facts
begin
  insert into knowledge_search (rowid, tokens) values (new.id, new.tokens);
end;

create trigger knowledge_facts_lost after delete on knowledge_facts
begin
  insert into knowledge_search (knowledge_search, rowid, tokens) values ('delete', old.id, old.tokens);
end;
