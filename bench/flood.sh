#!/usr/bin/env bash
# One user floods the real server with streams and messages; prints how long the answers of another take beside it, alone, and
# beside as many connections that only ask whether it lives. bench/flood.sh [--seconds 20] [--rounds 3] [--workers 32]
# [--settings --Limits:RequestsPerMinute=1000000 …]; what follows --settings goes to the server.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

for project in src/Runnel.Server bench/Runnel.Bench; do
  dotnet build "$project" -c Release --nologo -v quiet >&2 || exit 1
done
exec dotnet artifacts/bin/Runnel.Bench/release/Runnel.Bench.dll flood \
  --server artifacts/bin/Runnel.Server/release/Runnel.Server.dll "$@"
