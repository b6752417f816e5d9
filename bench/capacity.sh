#!/usr/bin/env bash
# How many nodes and databases a number of open streams takes: the arithmetic of docs/scaling.md with your own numbers.
# bench/capacity.sh [NAME=VALUE…], for example: bench/capacity.sh streams=1000000 answering=0.02 batches=5
set -euo pipefail

exec awk -v given="$*" '
function show(text, value, unit) { printf "%-58s %12.1f %s\n", text, value, unit }
function ceiling(value) { return value > int(value) ? int(value) + 1 : (value < 1 ? 1 : int(value)) }
BEGIN {
  # What you have. Measured on this project, see docs/scaling.md; change what you know better.
  v["streams"] = 10000        # open at the same time
  v["answering"] = 0.02       # of them have an answer running
  v["tokens"] = 50            # a second of an answer
  v["batches"] = 16           # events a second of an answer: tokens that arrive together are one event
  v["readers"] = 1.1          # of a stream with an answer
  v["seconds"] = 20           # an answer takes
  v["node_cores"] = 2         # of a node that are to be used
  v["node_share"] = 0.5       # how full they may be
  v["database_cores"] = 8     # of one database
  v["database_share"] = 0.5
  v["commits"] = 500          # a second that a node makes at most, and all nodes of a database together
  v["us_token"] = 20          # CPU of a node: relay of a token
  v["us_delivery"] = 35       # an event to one more reader
  v["us_idle"] = 4            # an open stream, a second
  v["us_heard"] = 3.6         # an event that another node wrote
  v["db_us_event"] = 28       # CPU of the database: an event
  v["db_us_commit"] = 800     # a commit
  v["db_us_heard"] = 3.3      # an event, for each node that hears it
  v["db_us_asked"] = 1.2      # a followed stream, a second
  v["db_us_turn"] = 15000     # the beginning and the end of an answer
  v["kb_stream"] = 14.3       # memory of a node for an open stream
  v["kb_event"] = 1.1         # write-ahead log for an event
  n = split(given, pairs, " ")
  for (i = 1; i <= n; i++) {
    split(pairs[i], pair, "=")
    if (!(pair[1] in v)) { print "There is no value called " pair[1] "." > "/dev/stderr"; exit 2 }
    v[pair[1]] = pair[2]
  }

  turns = v["streams"] * v["answering"]
  events = turns * v["batches"]
  work = (turns * v["tokens"] * v["us_token"] + events * (v["readers"] - 1) * v["us_delivery"] + v["streams"] * v["us_idle"]) / 1e6
  # A database and its nodes are a cell. More cells until what a cell must hear, and its database, fit.
  for (cells = 1; cells < 100000; cells++) {
    e = events / cells; room = v["node_cores"] * v["node_share"] - e * v["us_heard"] / 1e6
    if (room < v["node_cores"] * v["node_share"] / 2) continue
    nodes = ceiling(work / cells / room)
    if (nodes < 2) nodes = 2
    commits = e < v["commits"] ? e : v["commits"]
    database = (e * (v["db_us_event"] + nodes * v["db_us_heard"]) + commits * v["db_us_commit"] \
      + v["streams"] / cells * v["db_us_asked"] + turns / cells / v["seconds"] * v["db_us_turn"]) / 1e6
    if (database <= v["database_cores"] * v["database_share"]) break
  }

  show("answers that run", turns, "")
  show("events a second", events, "")
  show("CPU of all nodes for tokens, readers and open streams", work, "cores")
  show("databases, each with nodes of its own", cells, "")
  show("nodes of each, one of which may be away", nodes + (nodes > 2 ? 1 : 0), "")
  show("events a second of each database", e, "")
  show("CPU of each database", database, "cores")
  show("a node spends on hearing what the others write", e * v["us_heard"] / 1e6, "cores")
  show("memory of a node for its streams", v["streams"] / cells / nodes * v["kb_stream"] / 1e6, "GB")
  show("write-ahead log of each database", e * v["kb_event"] / 1e3, "MB/s")
}'
