#!/usr/bin/env bash
# Sends many messages to the real server, with a model that misbehaves at random, stops, queues and kills; each turn must
# end once. Prints how they ended. bench/soak.sh [turns]; RUNNEL_SOAK_SEED repeats the choices of an earlier run.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

export RUNNEL_SOAK_TURNS=${1:-2000}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet test test/Runnel.Server.Tests -c "${CONFIGURATION:-Release}" --nologo \
  --filter FullyQualifiedName~SoakTests --logger "console;verbosity=detailed" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
grep -o 'seed [0-9]*$' "$log" >&2
grep -E '^ *[a-z_]+ +[0-9]+$' "$log"
