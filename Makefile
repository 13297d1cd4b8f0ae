# HMS Desktop. `make help` says what there is; `make setup` and then `make run` is the way in.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# The first Python that is new enough (3.11); give another one with PYTHON=…
PYTHON ?= $(shell for each in python3 python3.11 python3.12 python3.13; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)
VENV := .venv
PY := $(VENV)/bin/python
HMS := $(VENV)/bin/hms
LANGUAGE ?=
READY := $(VENV)/.ready
WORKERS ?= 2
TOUR ?= tour
SIZES ?= 10000,100000,1000000

WORDS := resources/translations
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(WORDS)/*/LC_MESSAGES/hms.po))
KEYWORDS := --no-default-keywords -k tr -k trn:1,2 -k trc:1c,2 -k N_ -k NC_:1c,2

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_ROOT_USER_ACTION = ignore

.PHONY: help setup run tour test lint bench cover lock words build clean

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

setup: $(READY) $(CATALOGUES) ## make .venv with the hms command, from the locked packages

$(READY): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then echo "HMS Desktop needs Python 3.11 or newer." >&2; exit 1; fi
	@PYTHON=$(PYTHON) .ci/system venv
	@.ci/system windows
	@if [ ! -x $(PY) ]; then $(PYTHON) -m venv $(VENV); fi
	@if ! $(PY) -m pip --version >/dev/null 2>&1; then $(PY) -m ensurepip --upgrade >/dev/null; fi
	@echo "Installing the locked packages into $(VENV) (some minutes the first time)"
	@$(PY) -m pip install --quiet --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "Ready: $(HMS)"

%.mo: %.po | $(READY)
	@$(VENV)/bin/pybabel -q compile --domain hms --input-file $< --output-file $@

run: setup ## open the training clinic; without a display, walk a day through it and leave pictures and papers
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || [ "$$(uname)" = Darwin ]; then \
		exec $(HMS) demo; \
	else \
		echo "There is no display here, so a day at the training clinic is walked without one."; \
		QT_QPA_PLATFORM=offscreen $(HMS) tour --out $(TOUR); \
		echo "Pictures (.png), papers (.pdf) and tour.json are in $(abspath $(TOUR))"; \
	fi

tour: setup ## walk a whole day through the real windows: pictures and papers in tour/
	@if [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] && [ "$$(uname)" = Linux ]; then export QT_QPA_PLATFORM=offscreen; fi; \
	$(HMS) tour --out $(TOUR); \
	echo "Pictures (.png), papers (.pdf) and tour.json are in $(abspath $(TOUR))"

test: setup ## everything: lint, then all tests on SQLite and PostgreSQL
	@.ci/system postgres
	@$(MAKE) --no-print-directory lint
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup

lint: setup ## style, types, and who may import whom
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo

bench: setup ## measure speed beside the raw counterpart: SIZES=10000,100000,1000000
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks.run --sizes $(SIZES)

cover: setup ## which lines and branches the tests reach
	@.ci/system postgres
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup --cov --cov-report=term-missing:skip-covered

lock: ## make requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock

words: setup ## collect the texts for translation and bring the catalogues up to date (a new one: LANGUAGE=sw)
	@mkdir -p build
	@$(VENV)/bin/pybabel -q extract -F pyproject.toml $(KEYWORDS) --no-location --sort-output --project hms \
		--copyright-holder "HMS Desktop" --output-file build/hms.pot .
	@if [ -n "$(LANGUAGE)" ] && [ ! -f "$(WORDS)/$(LANGUAGE)/LC_MESSAGES/hms.po" ]; then \
		$(VENV)/bin/pybabel -q init --domain hms --input-file build/hms.pot --output-dir $(WORDS) --locale $(LANGUAGE) \
			--width 120; \
	fi
	@for po in $$(find $(WORDS) -name hms.po); do \
		language=$$(basename $$(dirname $$(dirname $$po))); \
		$(VENV)/bin/pybabel -q update --domain hms --input-file build/hms.pot --output-file $$po --locale $$language \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120; \
		$(VENV)/bin/pybabel -q compile --domain hms --input-file $$po --output-file $${po%.po}.mo --statistics; \
	done

build: setup ## make the installable program
	$(VENV)/bin/pyinstaller --noconfirm build_installer.spec

clean: ## take away what was made (the .venv stays)
	rm -rf build dist tour .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage* $(CATALOGUES)
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
