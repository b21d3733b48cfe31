# `make serve` sets everything up and serves; `make test` sets everything up and tests. Nothing else is needed but
# Debian with Python 3.11 (python3, python3-venv), make, and access to the package registries.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
ROOMS := index qa_service web evaluation
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help install build serve test fuzz check audit figures evaluate bench growth soak debian clean

help:            ## what can be made
	@grep -hE '^[a-z]+: .*## |^[a-z]+: +##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	@touch $@

$(VENV)/.developing: $(VENV)/.installed
	$(PIP) --editable '.[dev]'
	@touch $@

install: $(VENV)/.installed  ## the virtual environment with what the service needs

build: install   ## the index of every report in seeds/
	@$(BIN)/qa-service build

serve: install   ## the service on http://$(HOST):$(PORT)
	@$(BIN)/qa-service doctor --quiet || $(BIN)/qa-service build
	@exec $(BIN)/qa-service serve --host $(HOST) --port $(PORT)

$(VENV)/.benchmarking: $(VENV)/.installed
	$(PIP) --editable '.[bench]'
	@touch $@

bench: $(VENV)/.benchmarking  ## this service beside llama-index, txtai and haystack; BENCH=… for its options (--help lists them)
	@$(BIN)/python -m evaluation.benchmarks.side_by_side $(BENCH)

soak: install build  ## ten minutes of mixed load: does the service fail, forget or grow?
	@$(BIN)/python -m evaluation.benchmarks.soak $(SOAK)

growth: $(VENV)/.benchmarking  ## what grows with the collection, the reports, a conversation, a text; GROWTH=… for its options
	@$(BIN)/python -m evaluation.benchmarks.growth $(GROWTH)

# The tests start servers of their own; those that the packages may start are not touched.
debian:          ## Debian's chromium, PostgreSQL, nginx, Redis and openssl, for the tests
	@ls /usr/lib/postgresql/*/bin/initdb /usr/sbin/nginx /usr/bin/chromium /usr/bin/redis-server /usr/bin/openssl >/dev/null 2>&1 || \
	{ $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium postgresql nginx redis-server openssl >/dev/null; }

test: $(VENV)/.developing debian  ## all tests
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses 2 --dist loadfile

fuzz: $(VENV)/.developing  ## thousands of hostile requests, others each time (some minutes)
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest tests/web/test_hostile.py --hypothesis-profile=fuzz --timeout=3600

check: $(VENV)/.developing  ## style, types and unsafe code
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/bandit -q -c pyproject.toml -r $(ROOMS)

# Strict: a package that the vulnerability service does not know is no package without vulnerabilities.
audit: $(VENV)/.developing  ## unsafe code, and known vulnerabilities of the pinned packages (asks over the network)
	@$(BIN)/bandit -q -c pyproject.toml -r $(ROOMS)
	@$(BIN)/pip-audit --strict --no-deps --disable-pip --requirement constraints.txt

evaluate: install build  ## how good the answers are, on the test questions
	@$(BIN)/qa-service evaluate --questions test

clean:           ## take away what was built, the virtual environment included
	rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache
