#!/usr/bin/env bash
# Three real servers on a PostgreSQL of their own, behind nginx as deploy/nginx has it, and people who write, follow, stop and hop
# between the servers, while one thing after the other is done to them: kills, a database that crashes, a network that is cut, a
# process that freezes, restarts. All that anybody saw is held against the log. Prints a table, and
# writes it to bench/results/<date>-faults.md; fails when an event is lost, doubled or out of place, or a turn has not one end.
# bench/faults.sh [times] [names]; names are parts of names of faults, with commas between. RUNNEL_FAULT_SEED repeats the
# choices of an earlier run. Needs dotnet, PostgreSQL and nginx. A wrong clock is not among them: .NET does not start
# under libfaketime. AcrossServersTests has it, with clocks of their own in one process.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

export RUNNEL_FAULT_TIMES=${1:-3} RUNNEL_FAULTS=${2:-}
log=$(mktemp)
RUNNEL_FAULT_TABLE=$(mktemp)
export RUNNEL_FAULT_TABLE
trap 'rm -f "$log" "$RUNNEL_FAULT_TABLE"' EXIT
dotnet test test/Runnel.Server.Tests -c "${CONFIGURATION:-Release}" --nologo \
  --filter FullyQualifiedName~Cluster.FaultTests --logger "console;verbosity=detailed" >"$log" 2>&1
code=$?
[ "$code" = 0 ] || cat "$log" >&2
rows=$(grep '^|' "$RUNNEL_FAULT_TABLE")
[ -n "$rows" ] || exit 1
report() {
  echo "# What faults do to a cluster, $(date -u +%F)"
  echo
  echo "\`bench/faults.sh $RUNNEL_FAULT_TIMES\`, $(grep -o 'seed [0-9]*' "$RUNNEL_FAULT_TABLE" | head -1); commit $(git rev-parse --short HEAD),"
  echo "$(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg) at the end, Linux $(uname -r), .NET $(dotnet --version),"
  echo "$(/usr/sbin/nginx -v 2>&1), $(psql --version 2>/dev/null || echo PostgreSQL)."
  [ "$code" = 0 ] || printf '\n**The run failed after these rows.**\n'
  echo
  echo "$rows"
}
report | tee "${RUNNEL_FAULT_RESULT:-bench/results/$(date -u +%F)-faults.md}"
exit "$code"
