#!/bin/sh
# Renews requirements.lock, requirements-dev.lock, the lock of tools/audit.py and those of the generators
# in tests/benchmarks/peers/: the newest versions that pyproject.toml and each requirements.in allow,
# for Python 3.11 to 3.14 on every system, with the hashes of all published files.
# Uses the `uv` on the PATH, else one installed for the moment.
set -eu
cd "$(dirname "$0")/.."

if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    "$(sh tools/python.sh)" -m venv "$folder"
    "$folder/bin/python" -m pip --quiet --disable-pip-version-check install uv
    uv="$folder/bin/uv"
fi

# Only the public index decides: settings of this machine must not reach the locks.
unset UV_INDEX UV_INDEX_URL UV_DEFAULT_INDEX UV_EXTRA_INDEX_URL UV_FIND_LINKS 2>/dev/null || true
compile() {
    "$uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links --upgrade "$@"
}
compile pyproject.toml --group build --output-file requirements.lock
# The constraint makes locks agree on what they share.
compile pyproject.toml --group build --group dev --constraint requirements.lock \
    --output-file requirements-dev.lock
for peer in tools/audit/requirements.in tests/benchmarks/peers/*/requirements.in; do
    compile "$peer" --constraint requirements.lock --output-file "${peer%.in}.lock"
done
