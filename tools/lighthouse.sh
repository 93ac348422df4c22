#!/bin/sh
# Sets up Lighthouse for the browser tests, and CommonMark's examples for those of Markdown, from
# tests/browser/package-lock.json, which names every package with its hash. Scripts of packages are
# not run. A stamp tells what is set up already; it is written last, so a setup cut short is done
# again. Without Node 20 or npm nothing happens: those tests are skipped and say why.
set -eu
cd "$(dirname "$0")/../tests/browser"

missing() {
    echo "tools/lighthouse.sh: $1; the tests of Lighthouse will be skipped" >&2
    exit 0
}
command -v node >/dev/null 2>&1 || missing "no Node"
command -v npm >/dev/null 2>&1 || missing "no npm"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' ||
    missing "Node $(node --version) is older than 20"

key=$(cat package.json package-lock.json | cksum)
if [ "$(cat node_modules/.stamp 2>/dev/null)" = "$key" ]; then exit 0; fi
echo "Installing tests/browser/package-lock.json"
rm -rf node_modules
npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error </dev/null ||
    missing "npm could not install"
printf '%s\n' "$key" >node_modules/.stamp
