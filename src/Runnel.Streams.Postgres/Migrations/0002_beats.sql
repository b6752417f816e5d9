-- One row for each process that writes, while it does: it counts up as long as the process lives and reaches the database.
-- Not a column of writers, whose rows commits lock: a commit that waits must not look like death.
create table beats (
  incarnation bigint primary key references writers (incarnation) on delete cascade,
  beat bigint not null default 0,
  beaten_at timestamptz not null default now()
) with (fillfactor = 50);
