#!/usr/bin/env bash
# Formats the code and reports what the analyzers say.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet format Runnel.slnx --no-restore "$@"
dotnet build Runnel.slnx --nologo -v quiet
