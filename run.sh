#!/usr/bin/env bash
# Builds Runnel and starts it; arguments go to the server: ./run.sh --Urls=http://127.0.0.1:9000
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

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
if ! (cd "$here" && dotnet build src/Runnel.Server -c Release --nologo -v quiet) >"$log" 2>&1; then
  cat "$log" >&2
  echo "The build failed; see above." >&2
  exit 1
fi
rm -f "$log"
trap - EXIT
exec dotnet "$here/artifacts/bin/Runnel.Server/release/Runnel.Server.dll" "$@"
