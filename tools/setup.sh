#!/bin/sh
# Makes or renews .venv from a lock:  tools/setup.sh run | dev
#
# `run` holds what publishing needs, `dev` what the tests need as well. Nothing is fetched that
# the lock does not name with its hash: the build tool is in the lock too. When nothing changed
# this compares a stamp and ends; the stamp is written last, so a setup cut short is done again.
set -eu
cd "$(dirname "$0")/.."

kind=${1:?run or dev}
case $kind in
run) lock=requirements.lock ;;
dev) lock=requirements-dev.lock ;;
*) echo "tools/setup.sh: run or dev, not $kind" >&2 && exit 2 ;;
esac

# What an installed environment depends on: the packages, and what our own metadata is made from.
key() { cat "$1" pyproject.toml plugins/mkdocs_briefings/__init__.py | cksum; }
fresh() { [ -x .venv/bin/python ] && [ "$(cat ".venv/.$1" 2>/dev/null)" = "$(key "$2")" ]; }

# The scripts of an environment name its folder: one that was moved or copied is made anew.
place="$(pwd) ${PYTHON:-}"
settled() { [ ! -e .venv/.place ] || [ "$(cat .venv/.place)" = "$place" ]; }

if settled; then
    if fresh dev requirements-dev.lock; then exit 0; fi # it holds all of `run`
    if fresh "$kind" "$lock"; then exit 0; fi
fi

if ! settled || ! .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$(sh tools/python.sh)
    echo "Making .venv with $python ($("$python" -V 2>&1))"
    "$python" -m venv --clear .venv
fi
rm -f .venv/.run .venv/.dev
printf '%s\n' "$place" >.venv/.place

pip() {
    .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input install "$@"
}
echo "Installing $lock (the first time takes a minute or two)"
pip --require-hashes --no-deps --only-binary :all: -r "$lock"
pip --no-build-isolation --no-deps --editable .
key "$lock" >".venv/.$kind"
