#!/usr/bin/env bash
# Formats the code, C# and TypeScript, and reports what the analyzers and compilers say.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet format Runnel.slnx --no-restore "$@"
dotnet build Runnel.slnx --nologo -v quiet
if command -v npm >/dev/null; then
  cd clients
  [ -d node_modules ] || npm ci --no-audit --no-fund
  npm run format
  npm run check
fi
