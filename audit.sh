#!/usr/bin/env bash
# Asks the NuGet sources, and the npm registry for each package-lock.json, for known holes in what we depend on. 0: none of high
# or critical severity; 1: there are some; 2: a registry has no advisory data, so that nothing is known, which is no pass:
# `dotnet` and `npm` themselves say "no vulnerable packages" then.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2
verdict=0

unknown() {
  echo "Dependency audit, $1: NOT AVAILABLE. $2 This is not a pass."
  [ "$verdict" = 1 ] || verdict=2
}

bad() {
  echo "$2"
  echo "Dependency audit, $1: there are packages with known holes of high or critical severity."
  verdict=1
}

fetch() {
  curl -fsSL --compressed --max-time 30 "$1" 2>/dev/null
}

# The first "@id" in a list of JSON objects, of those that have a word in them.
first_id() {
  tr -d '\n' | tr '{}' '\n\n' | grep -F "$1" | sed -n 's/.*"@id" *: *"\([^"]*\)".*/\1/p' | head -n 1
}

# A source may name its advisories and have none: the first page of them must have one.
nuget_knows() {
  local source index page
  for source in $(dotnet nuget list source --format short | sed -n 's/^E[A-Z]* \(http[^ ]*\)$/\1/p'); do
    index=$(fetch "$source" | first_id VulnerabilityInfo)
    [ -n "$index" ] || continue
    page=$(fetch "$index" | first_id '"@id"')
    [ -n "$page" ] && fetch "$page" | grep -q '"severity"' && return
  done
  return 1
}

audit_nuget() {
  local report
  nuget_knows || { unknown NuGet "No configured source has advisory data."; return; }
  dotnet restore Runnel.slnx -v quiet || { unknown NuGet "The packages cannot be restored."; return; }
  report=$(dotnet list Runnel.slnx package --vulnerable --include-transitive) \
    || { unknown NuGet "dotnet list failed: $report"; return; }
  if grep -Eq '^ *> .* (High|Critical) +http' <<<"$report"; then
    bad NuGet "$report"
  elif grep -q '^ *> ' <<<"$report"; then
    echo "$report"
    echo "Dependency audit, NuGet: known holes of lower severity only."
  else
    echo "Dependency audit, NuGet: no known holes."
  fi
}

# How many holes of a severity a report of npm counts; nothing for what is no report.
count() {
  tr -d '[:space:]' <<<"$2" | sed -n 's/.*"metadata":{"vulnerabilities":{[^}]*"'"$1"'":\([0-9]*\).*/\1/p'
}

npm_audit() {
  (cd "$1" && npm audit --package-lock-only --json 2>/dev/null)
}

# A registry without data says that nothing is known: it is asked about a package that is known to be bad.
npm_knows() {
  local canary report
  canary=$(mktemp -d)
  cat >"$canary/package.json" <<<'{"name":"canary","version":"1.0.0","dependencies":{"minimist":"0.0.8"}}'
  cat >"$canary/package-lock.json" <<<'{"name":"canary","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{
    "":{"name":"canary","version":"1.0.0","dependencies":{"minimist":"0.0.8"}},"node_modules/minimist":{"version":"0.0.8"}}}'
  report=$(npm_audit "$canary")
  rm -rf "$canary"
  [ "$(count total "$report")" -gt 0 ] 2>/dev/null
}

audit_npm() {
  local lock report total
  npm_knows || { unknown npm "The registry has no advisory data, or npm is not there."; return; }
  for lock in "$@"; do
    report=$(npm_audit "$(dirname "$lock")")
    total=$(count total "$report")
    if [ -z "$total" ]; then
      unknown npm "npm audit failed for $lock."
    elif [ $(($(count high "$report") + $(count critical "$report"))) -gt 0 ]; then
      bad npm "$lock: $report"
    elif [ "$total" -gt 0 ]; then
      echo "Dependency audit, npm: known holes of lower severity only in $lock ($total)."
    else
      echo "Dependency audit, npm: no known holes in $lock."
    fi
  done
}

audit_nuget
mapfile -t locks < <(find . -name package-lock.json -not -path '*/node_modules/*' -not -path './artifacts/*' | sort)
[ "${#locks[@]}" = 0 ] || audit_npm "${locks[@]}"
exit "$verdict"
