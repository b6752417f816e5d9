#!/usr/bin/env bash
# Builds Runnel and starts it; arguments go to the server: ./run.sh --Urls=http://127.0.0.1:9000
# ./run.sh --demo-faults starts a model's server beside it that misbehaves on demand.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
projects=(src/Runnel.Server)
faults=
if [ "${1:-}" = --demo-faults ]; then
  faults=1
  projects+=(test/Runnel.FakeUpstream)
  shift
fi

if ! command -v dotnet >/dev/null; then
  echo "Runnel needs the .NET 10 SDK. Install it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi
if ! dotnet --list-sdks | grep -q '^10\.'; then
  echo "Runnel needs the .NET 10 SDK; here is $(cd / && dotnet --version)." \
    "Install it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi

echo "Building Runnel …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in "${projects[@]}"; do
  if ! (cd "$here" && dotnet build "$project" -c Release --nologo -v quiet) >"$log" 2>&1; then
    cat "$log" >&2
    echo "The build failed; see above." >&2
    exit 1
  fi
done
rm -f "$log"
trap - EXIT
server=$here/artifacts/bin/Runnel.Server/release/Runnel.Server.dll
[ -n "$faults" ] || exec dotnet "$server" "$@"

port=${RUNNEL_FAULTS_PORT:-9100}
# Each in a process group of its own: Ctrl-C comes here, and goes on to the server, which knows what to do.
set -m
dotnet "$here/artifacts/bin/Runnel.FakeUpstream/release/Runnel.FakeUpstream.dll" --port "$port" --prompts </dev/null &
upstream=$!
trap 'kill "$upstream" 2>/dev/null || true' EXIT
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  kill -0 "$upstream" 2>/dev/null || { echo "Port $port is taken; choose another with RUNNEL_FAULTS_PORT." >&2; exit 1; }
  sleep 0.1
done
dotnet "$server" --Models:Providers:0:Name=faults "--Models:Providers:0:BaseUrl=http://127.0.0.1:$port/v1" \
  --Models:Providers:0:Model=fake --Models:Timeouts:FirstTokenSeconds=5 --Models:Timeouts:StallSeconds=5 "$@" </dev/null &
server=$!
trap 'kill -INT "$server" 2>/dev/null || true' INT
trap 'kill -TERM "$server" 2>/dev/null || true' TERM
code=0
while kill -0 "$server" 2>/dev/null; do
  wait "$server" && code=0 || code=$?
done
exit "$code"
