#!/usr/bin/env bash
# What one PostgreSQL carries when several nodes write to it, and what they cost when they do nothing: starts a private one in a
# directory of its own, with its usual settings (every commit is on the disk), and prints lines of JSON. The machine should have
# nothing else to do. bench/cluster.sh [SECONDS] [ROWS…]; rows are those below, all of them when none is named.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

seconds=${1:-15}
shift || true
rows=${*:-pace saturation idle readers listeners}
tools=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -1 || command -v initdb)")
root=$(mktemp -d /tmp/runnel-cluster-XXXXXX)
port=$((20000 + RANDOM % 10000))
as=()
[ "$(id -u)" = 0 ] && as=(runuser -u postgres --) && chown postgres "$root"

finish() {
  "${as[@]}" "$tools/pg_ctl" -D "$root/data" -m fast -w stop >/dev/null 2>&1
  rm -rf "$root"
}
trap finish EXIT

dotnet build bench/Runnel.Bench -c Release --nologo -v quiet >&2 || exit 1
"${as[@]}" "$tools/initdb" -D "$root/data" -U runnel -A trust -E UTF8 --locale=C >/dev/null || exit 1
"${as[@]}" "$tools/pg_ctl" -D "$root/data" -l "$root/log" -w \
  -o "-h 127.0.0.1 -p $port -c unix_socket_directories=$root -c max_connections=200" start </dev/null >/dev/null 2>&1 || exit 1

count=0
run() {
  count=$((count + 1))
  "$tools/createdb" -h 127.0.0.1 -p "$port" -U runnel "run$count"
  dotnet artifacts/bin/Runnel.Bench/release/Runnel.Bench.dll cluster --seconds "$seconds" \
    --connection "Host=127.0.0.1;Port=$port;Username=runnel;Database=run$count" "$@"
  "$tools/dropdb" -h 127.0.0.1 -p "$port" -U runnel "run$count"
}

for row in $rows; do
  echo "# $row"
  case $row in
    # P10: a steady pace, an append of one event at a time, as models give them.
    pace)
      run --nodes 3 --streams 300 --rate 5000
      run --nodes 1 --streams 300 --rate 5000
      run --nodes 3 --streams 100 --rate 1000
      run --nodes 1 --streams 100 --rate 1000
      ;;
    # As fast as it goes: each stream waits for its append before the next one.
    saturation)
      run --nodes 1 --streams 1000 --rate 0
      run --nodes 3 --streams 999 --rate 0
      run --nodes 1 --streams 1 --rate 0
      run --nodes 1 --streams 1000 --rate 0 --owners 0
      ;;
    # Nodes that do nothing: beats, position checks, compaction that finds nothing.
    idle)
      run --nodes 1 --streams 0
      run --nodes 3 --streams 0
      run --nodes 10 --streams 0
      ;;
    # Streams that are followed and not written: every node asks every two seconds where its own stand.
    readers)
      run --nodes 3 --streams 0 --idle-readers 3000
      run --nodes 3 --streams 0 --idle-readers 30000
      ;;
    # What a node costs that hears all and needs nothing of it.
    listeners)
      run --nodes 1 --listeners 0 --streams 300 --rate 5000
      run --nodes 1 --listeners 5 --streams 300 --rate 5000
      run --nodes 1 --listeners 10 --streams 300 --rate 5000
      ;;
    *) echo "There is no row $row." >&2 && exit 2 ;;
  esac
done
