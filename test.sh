#!/usr/bin/env bash
# Builds everything with warnings as errors, runs all tests, and prints last: N passed, N failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

fail() {
  echo "$1" >&2
  exit 1
}

# Debian and Ubuntu as root: install what is missing. Elsewhere: say what is.
need() {
  local command=$1 package=$2
  command -v "$command" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $package …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package"; } >/dev/null 2>&1
  fi
  command -v "$command" >/dev/null || fail "The tests need $command. Install it (Debian, Ubuntu: apt-get install $package)."
}

command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.' \
  || fail "The tests need the .NET 10 SDK. Install it from https://dotnet.microsoft.com/download/dotnet/10.0"
need chromium chromium
need nginx nginx
# Debian keeps the programs of PostgreSQL out of the path; what it puts there starts them.
postgres=(/usr/lib/postgresql/*/bin/initdb)
[ -x "${postgres[0]}" ] || command -v initdb >/dev/null || need pg_ctlcluster postgresql
need node nodejs
need npm npm
node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' \
  || fail "The tests of the clients need Node.js 20 or newer; here is $(node --version). Install it from https://nodejs.org"

dotnet build Runnel.slnx -c Release --nologo -v quiet || fail "The build failed; see above."

# What runs for minutes only is not worth counting calls for: the compiler does it at the tests' cost.
export DOTNET_TieredPGO=0
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
broken=0
for project in test/*.Tests; do
  name=$(basename "$project")
  echo "== $name"
  if ! dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$name.trx" \
    --results-directory "$results" -v minimal; then
    broken=1
  fi
  [ -e "$results/$name.trx" ] || fail "$name left no results: it broke before its tests ran."
done

# The clients: what `npm ci` brings is what the lock names; then types, style and tests.
(cd clients && npm ci --no-audit --no-fund --loglevel=error) || fail "The packages of the clients cannot be installed; see above."
(cd clients && npm run check) || fail "The clients do not pass their checks; see above."
for package in clients/*/package.json; do
  name=$(basename "$(dirname "$package")")
  echo "== $name"
  if ! npm test --prefix "clients/$name" -- --reporter=default --reporter=junit \
    --outputFile.junit="$PWD/$results/$name.xml"; then
    broken=1
  fi
  [ -e "$results/$name.xml" ] || fail "$name left no results: it broke before its tests ran."
done

# The numbers are the runners' own: <Counters total="…" passed="…" failed="…" …/>, and of the clients
# <testsuites … tests="…" failures="…" errors="…"> with <skipped/> in what did not run.
sum() { awk '{ sum += $1 } END { print sum + 0 }'; }
dotnet_count() { sed -n 's/.*<Counters [^>]*\b'"$1"'="\([0-9]*\)".*/\1/p' "$results"/*.trx | sum; }
client_count() { sed -n 's/.*<testsuites [^>]*\b'"$1"'="\([0-9]*\)".*/\1/p' "$results"/*.xml | sum; }
skipped=$(cat "$results"/*.xml | grep -c '<skipped')
clients=$(client_count tests)
total=$(($(dotnet_count total) + clients))
passed=$(($(dotnet_count passed) + clients - $(client_count failures) - $(client_count errors) - skipped))
failed=$((total - passed))
[ "$total" -gt 0 ] || fail "No test ran."

# What failed is said once more at the end, where also somebody finds it who has only the last page.
awk '/<UnitTestResult / { failed = /outcome="Failed"/ }
  failed && match($0, /testName="[^"]*"/) { print "FAILED " substr($0, RSTART + 10, RLENGTH - 11) }
  failed && /<Message>/, /<\/Message>/ { print "    " $0 }
  failed && /<StackTrace>/, /<\/StackTrace>/ { print "    " $0 }' "$results"/*.trx
awk '/<testcase /{ name = $0; sub(/.* name="/, "", name); sub(/".*/, "", name) }
  /<(failure|error)/{ print "FAILED " name; print "    " $0 }' "$results"/*.xml
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$broken" = 0 ]
