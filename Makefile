# `make serve` sets everything up and serves; `make test` sets everything up and tests. Nothing else is needed but
# Debian with Python 3.11 (python3, python3-venv), make, and access to the package registries.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help install build serve test check figures evaluate debian clean

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

# The tests start servers of their own; those that the packages may start are not touched.
debian:          ## Debian's chromium, PostgreSQL, nginx, Redis and openssl, for the tests
	@ls /usr/lib/postgresql/*/bin/initdb /usr/sbin/nginx /usr/bin/chromium /usr/bin/redis-server /usr/bin/openssl >/dev/null 2>&1 || \
	{ $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium postgresql nginx redis-server openssl >/dev/null; }

test: $(VENV)/.developing debian  ## all tests
	@$(BIN)/python -m pytest

check: $(VENV)/.developing  ## style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

evaluate: install build  ## how good the answers are, on the test questions
	@$(BIN)/qa-service evaluate --questions test

clean:           ## take away what was built, the virtual environment included
	rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache
