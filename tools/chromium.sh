#!/bin/sh
# Prints the Chromium that the browser tests drive: $BRIEFINGS_CHROMIUM when set, else the one on
# the PATH, else Playwright's, else the system's package when we may install it (Debian, root).
# A browser counts only when it starts: Playwright's may lack system libraries, and some systems
# put a script named chromium-browser on the PATH that merely says how to get one.
set -eu
cd "$(dirname "$0")/.."

starts() { "$1" --version </dev/null >/dev/null 2>&1; }
found() {
    printf '%s\n' "$1"
    exit 0
}
on_path() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if path=$(command -v "$name") && starts "$path"; then found "$path"; fi
    done
    path="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    if [ -x "$path" ]; then found "$path"; fi
}
of_playwright() {
    path=$(.venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as p: print(p.chromium.executable_path)' 2>/dev/null) || return 0
    if [ -x "$path" ] && starts "$path"; then found "$path"; fi
}

if [ -n "${BRIEFINGS_CHROMIUM:-}" ]; then
    if starts "$BRIEFINGS_CHROMIUM"; then found "$BRIEFINGS_CHROMIUM"; fi
    echo "BRIEFINGS_CHROMIUM=$BRIEFINGS_CHROMIUM does not start" >&2
    exit 1
fi
on_path
of_playwright
echo "No Chromium on the PATH: fetching Playwright's" >&2
.venv/bin/python -m playwright install chromium >&2 </dev/null || true
of_playwright
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Playwright's does not start here: installing the package chromium" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
        >&2 </dev/null || true
    on_path
fi
cat >&2 <<'END'
The browser tests need Chromium and found none. One of these helps:
  - install the package chromium, or Google Chrome, so that it is on the PATH
  - .venv/bin/python -m playwright install --with-deps chromium
  - set BRIEFINGS_CHROMIUM to the executable
END
exit 1
