# annex: from the annexes of Dutch government letters to checked data. `make help` says what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The samples; without Tesseract those but the scans, which need it.
SAMPLES := $(wildcard samples/*.pdf samples/*.txt samples/forms/*.pdf samples/forms/*.txt samples/forms/*.docx)
READABLE = $(if $(shell command -v tesseract),$(SAMPLES),$(filter-out %-scan.pdf,$(SAMPLES)))
OUT ?= out
# What `make ingest` and those after it write to, in which form they export, and what more `annex run` is given.
RECORDS ?= $(OUT)/records
TO ?= xlsx
FLAGS ?=
KEEP ?=
JOBS ?= 2
TESTS ?= tests
# What trains the models has PyTorch, so it lives apart: nothing else needs it.
TRAIN := .venv-train
# So does what looks for known holes: it is of no use to the program.
AUDIT := .venv-audit
MODEL ?= nl_annex nl_annex_fast
TEXT ?=

.DEFAULT_GOAL := help
.PHONY: help setup run ingest changed report export FORCE test lint check soak bench audit model samples schemas translations lock clean

help:  ## say what there is
	@echo "Usage: make TARGET [NAME=VALUE …]"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make run INPUT=letters/ OUT=records/    your own annexes instead of the samples"

# The stamp is renewed when what is to be installed changes.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("annex needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

setup: $(VENV)/.installed  ## make .venv and install into it

run: setup  ## extract the records of INPUT (the samples) to OUT (out/)
	@$(BIN)/annex extract $(if $(INPUT),"$(INPUT)",$(READABLE)) -o "$(OUT)" --jobs $(JOBS)

# One run for all targets of one make, however many work at once. It renews the manifest only where something in it
# changed, so that what is made of it is made again only then. That a document failed (code 1) is told by `ingest`, at
# the very end: the report is wanted most when something failed.
$(RECORDS)/manifest.json: FORCE | setup
	@mkdir -p "$(RECORDS)"; $(BIN)/annex run $(if $(INPUT),"$(INPUT)",$(READABLE)) -o "$(RECORDS)" --jobs $(JOBS) $(FLAGS); \
		code=$$?; echo $$code > "$(RECORDS)/.code"; test $$code -le 1

ingest: $(RECORDS)/manifest.json | $(filter report export,$(MAKECMDGOALS))  ## take in what is new or changed in INPUT, to RECORDS (out/records)
	@exit $$(cat "$(RECORDS)/.code")

changed: setup  ## say what ingest would do, and why
	@$(BIN)/annex run $(if $(INPUT),"$(INPUT)",$(READABLE)) -o "$(RECORDS)" --dry-run --log-format text $(FLAGS)

report: $(RECORDS)-report.html  ## take in, and make one web page of it
$(RECORDS)-report.html: $(RECORDS)/manifest.json
	$(BIN)/annex report "$(RECORDS)" -o "$@"

export: $(RECORDS).$(TO)  ## take in, and write tables in the form TO (xlsx; sqlite, duckdb; csv, jsonl, parquet are folders)
$(RECORDS).$(TO): $(RECORDS)/manifest.json
	$(BIN)/annex export "$(RECORDS)" --to $(TO) -o "$@"
	@touch "$@"

.PRECIOUS: $(RECORDS)/manifest.json

test: lint check  ## lint, types, and all tests but the long ones

check: setup
	$(BIN)/python -m pytest -n $(JOBS) -m "not soak" $(TESTS)

lint: setup  ## style, types and the order of the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

soak: setup  ## the long tests
	$(BIN)/python -m pytest -n $(JOBS) -m soak $(TESTS); code=$$?; test $$code -eq 0 -o $$code -eq 5

bench: setup  ## measure how fast it is, in ratios; one that has fallen by a quarter fails (KEEP=--keep keeps them)
	@$(BIN)/python tests/benching.py $(KEEP)

audit: $(AUDIT)/.installed  ## look for known holes in what the locks pin; what cannot be looked up fails too
	@code=0; for lock in requirements.lock requirements-train.lock requirements-audit.lock; do \
		echo "$$lock"; $(AUDIT)/bin/pip-audit --requirement $$lock --require-hashes --disable-pip --strict \
		--progress-spinner off || code=1; done; exit $$code

model: $(TRAIN)/.installed  ## train MODEL (both) again, on two cores, into models/: about an hour; TEXT=DIR: with your own
	for name in $(MODEL); do $(TRAIN)/bin/python -m models.training.make "$$name" $(if $(TEXT),--text $(TEXT)) || exit 1; done

samples: setup  ## set samples and layouts again from their sources
	$(BIN)/python samples/build.py
	$(BIN)/python tests/layouts/build.py

schemas: setup  ## write schemas/ and docs/tables.md again from what they describe
	$(BIN)/python -m pipeline.schemas
	$(BIN)/python -m pipeline.exporting.tables.describing

translations: setup  ## gather the messages and compile the Dutch ones
	$(BIN)/python -m pipeline.cli.catalogue

$(TRAIN)/.installed: requirements-train.lock pyproject.toml
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.lock
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(AUDIT)/.installed: requirements-audit.lock
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@

lock: setup  ## pin the newest versions that fit into the locks
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --upgrade --generate-hashes --no-header \
		--no-emit-index-url --no-annotate --output-file requirements.lock --quiet
	$(BIN)/uv pip compile pyproject.toml --extra train --universal --upgrade --generate-hashes --no-header \
		--no-emit-index-url --no-annotate --output-file requirements-train.lock --quiet
	echo pip-audit | $(BIN)/uv pip compile - --universal --upgrade --generate-hashes --no-header \
		--no-emit-index-url --no-annotate --output-file requirements-audit.lock --quiet

clean:  ## remove what make made, but not your records
	rm -rf $(VENV) $(TRAIN) $(AUDIT) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
