# `make site` and `make test` are all one needs; both set up what they use. No target reads stdin.
# Another Python than the one found: make PYTHON=python3.13 test

# One environment for all: two targets must not set it up at once.
.NOTPARALLEL:
.PHONY: help site build test lint bench lock dist audit clean admin setup setup-dev
.DEFAULT_GOAL := help

export PYTHON

# A shell may forbid Python to keep bytecode. Tests start the command a thousand times, and would
# compile it as often.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo "make site   build briefings/, serve it at http://127.0.0.1:8000 and reload on edits"
	@echo "make build  write the site to site/"
	@echo "make test   lint, types and all tests, real browsers included"
	@echo "make lint   lint and types alone"
	@echo "make bench  measure builds against other generators; BENCH=--help tells the options"
	@echo "make lock   renew the lock files"
	@echo "make admin  fetch the editor in the browser, for the option 'admin'"
	@echo "make dist   build the packages twice, compare them, and list what is in them, in dist/"
	@echo "make audit  ask whether a locked package has a known weakness"
	@echo "make clean  remove what was built, and .venv"

site: setup
	@.venv/bin/briefings serve

build: setup
	@.venv/bin/briefings build

# Every step runs, so that one run shows all. What measures times has the machine for itself, and goes
# first: the last summary is the one of nearly all tests.
test: setup-dev
	@sh tools/lighthouse.sh
	@sh tools/admin.sh
	@BRIEFINGS_CHROMIUM=$$(sh tools/chromium.sh) || exit 1; export BRIEFINGS_CHROMIUM; \
	failed=; \
	.venv/bin/python -m ruff check . || failed="$$failed 'ruff check'"; \
	.venv/bin/python -m ruff format --check . || failed="$$failed 'ruff format'"; \
	.venv/bin/python -m mypy || failed="$$failed mypy"; \
	.venv/bin/python -m pytest -m alone tests/browser || failed="$$failed 'pytest -m alone'"; \
	.venv/bin/python -m pytest -n 2 --dist loadfile -m "not alone" || failed="$$failed pytest"; \
	[ -z "$$failed" ] || { echo "make test: failed:$$failed" >&2; exit 1; }

lint: setup-dev
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m ruff format --check .
	@.venv/bin/python -m mypy

bench: setup-dev
	@sh tools/peers.sh
	@.venv/bin/python -m tests.benchmarks.builds $(BENCH)

lock:
	@sh tools/lock.sh

admin:
	@sh tools/admin.sh

dist: setup
	@.venv/bin/python tools/dist.py

audit: setup
	@.venv/bin/python tools/audit.py

clean:
	rm -rf .venv site build dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	rm -rf plugins/*.egg-info tests/browser/node_modules tools/admin/node_modules

setup:
	@sh tools/setup.sh run

setup-dev:
	@sh tools/setup.sh dev
