#!/bin/sh
# Sets up the editor in the browser that the option `admin` publishes, from
# tools/admin/package-lock.json, which names every package with its hash. Scripts of packages are not
# run. A stamp, written last, tells what is set up already. Without npm nothing happens: the tests of
# the editor are skipped and say why.
set -eu
cd "$(dirname "$0")/admin"

missing() {
    echo "tools/admin.sh: $1; there is no editor in the browser, and its tests will be skipped" >&2
    exit 0
}
command -v npm >/dev/null 2>&1 || missing "no npm"

key=$(cat package.json package-lock.json | cksum)
if [ "$(cat node_modules/.stamp 2>/dev/null)" = "$key" ]; then exit 0; fi
echo "Installing tools/admin/package-lock.json"
rm -rf node_modules
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null || missing "npm could not install"
printf '%s\n' "$key" >node_modules/.stamp
