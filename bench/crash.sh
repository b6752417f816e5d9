#!/usr/bin/env bash
# Kills the real server again and again while people write and follow, and compares all they saw with its log.
# bench/crash.sh [rounds]; RUNNEL_CRASH_SEED repeats the choices of an earlier run.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

export RUNNEL_CRASH_ROUNDS=${1:-300}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet test test/Runnel.Server.Tests -c "${CONFIGURATION:-Release}" --nologo \
  --filter FullyQualifiedName~KilledServerTests --logger "console;verbosity=detailed" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
grep -o 'seed [0-9]*$' "$log" >&2
grep -o 'rounds [0-9]*, events .*' "$log"
