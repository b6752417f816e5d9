#!/usr/bin/env bash
# Many messages to the real server, with a model that misbehaves at random and people who send, edit, regenerate, stop,
# queue, roll back and delete, and kills among them; each turn must end once. Prints what was done and how it ended.
# bench/soak.sh [turns] [people]; RUNNEL_SOAK_SEED repeats the choices of an earlier run.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

export RUNNEL_SOAK_TURNS=${1:-2000} RUNNEL_SOAK_PEOPLE=${2:-8}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet test test/Runnel.Server.Tests -c "${CONFIGURATION:-Release}" --nologo \
  --filter FullyQualifiedName~SoakTests --logger "console;verbosity=detailed" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
grep -o 'seed [0-9]*$' "$log" >&2
echo '| what | times |'
echo '|---|---|'
grep -oE '\| [a-z].* \| [0-9]+ \|$' "$log"
