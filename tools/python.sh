#!/bin/sh
# Prints a Python that can make the environment: $PYTHON when set, else python3, else the newest
# of python3.14 to python3.11. Each is run, not only looked for: a name on the PATH may be a shim
# for a version that is not there, or a Python without `venv`.
set -eu

oldest="3.11"
newest="3.14"

fits() { # fits NAME: it runs, has venv, and is of a version that the locks were made for
    "$1" -c 'import sys, venv, ensurepip; v = sys.version_info[:2]; sys.exit(not (3, 11) <= v <= (3, 14))' \
        >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    candidates=$PYTHON
else
    candidates="python3 python3.14 python3.13 python3.12 python3.11 python"
fi

for name in $candidates; do
    if fits "$name"; then
        command -v "$name"
        exit 0
    fi
done

{
    echo "Python $oldest to $newest with its venv module is needed, and was not found. Tried:"
    for name in $candidates; do
        if version=$("$name" -V 2>/dev/null); then
            "$name" -c 'import venv, ensurepip' >/dev/null 2>&1 || version="$version, without venv"
            echo "  $name: $version"
        else
            echo "  $name: not there"
        fi
    done
    echo "On Debian and Ubuntu: apt-get install python3 python3-venv. Another Python: make PYTHON=/path/to/python3 ..."
} >&2
exit 1
