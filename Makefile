# Newsroom. `make run` and `make test` do all their set-up; everything else is listed by `make help`.

# The first that runs and is new enough: a version manager's stand-in may exist and still fail.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
PYTEST_ARGS ?= -n 2 --dist loadfile

# Tests choose a folder of their own before Django reads its settings.
unexport DJANGO_SETTINGS_MODULE

.DEFAULT_GOAL := help
.PHONY: help run test setup services check bench intake-score format requirements clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

run: $(VENV)/.base ## serve the bureau with worker and beat (PORT, NEWSROOM_VAR)
	@$(BIN)/python -m newsroom.serve

test: $(VENV)/.dev ## the whole suite (NEWSROOM_TEST_ALL=1: a skip is a failure)
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

setup: $(VENV)/.dev ## only the set-up: virtual environment and dependencies

services: $(VENV)/.base ## throwaway PostgreSQL and Redis on loopback; prints their URLs
	@$(BIN)/python -m newsroom.throwaway

check: $(VENV)/.dev ## lint, types, import contracts, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

bench: $(VENV)/.dev ## the figures of the README, as ratios in one run
	@for script in bench/[a-z]*.py; do [ ! -f "$$script" ] || PYTHONPATH=. $(BIN)/python "$$script" || exit 1; done

intake-score: $(VENV)/.dev ## read pages against readings made by hand
	@PYTHONPATH=. $(BIN)/python bench/intake_score.py

format: $(VENV)/.dev ## put the code in order
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

requirements: ## pin the dependencies again (needs uv)
	uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --universal \
	  --python-version 3.11 --output-file requirements/base.txt requirements/base.in
	uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --universal \
	  --python-version 3.11 --output-file requirements/dev.txt requirements/dev.in

clean: ## remove the virtual environment (never the data)
	rm -rf $(VENV)

# A stamp a set: `make run` needs the first alone. A changed requirements file is newer than its stamp.
$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "newsroom needs Python 3.11 or newer; set PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) …"
	@"$(PYTHON)" -m venv $(VENV)

$(VENV)/.base: requirements/base.txt | $(BIN)/python
	@echo "Installing what the bureau runs on …"
	@$(PIP) -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.base
	@echo "Installing what the tests need …"
	@$(PIP) -r requirements/dev.txt
	@touch $@
