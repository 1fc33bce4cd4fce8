# Every target sets up what it needs by itself: Python >= 3.11, git and make are enough.
# What is written goes to out/, .venv/ and .uv/, which git ignores.

SHELL := /bin/sh
BIN := .venv/bin
OUT := out
CACHE := $(OUT)/cache
# Processes that run tests; 0 runs them in this one.
JOBS ?= auto
PYTEST = $(BIN)/python -m pytest
# The demonstration: a published journey of a family of five, with a hard budget.
FOLDER ?= examples/family-of-five
GROUP ?= family
BUDGET ?= 120000USD
# The weekly decision that ends it: an invented queue.
QUEUE ?= examples/queue

export HYPOTHESIS_STORAGE_DIRECTORY := $(CACHE)/hypothesis

.DEFAULT_GOAL := help
.PHONY: help demo test test-long endure bench bench-desk lint format coverage docs mutate pictures hooks clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# One mark for each set of dependency groups: made anew only when the lock file or the project file has changed.
LOCKED := uv.lock pyproject.toml scripts/uv scripts/sync

.venv/.synced-run: $(LOCKED)
	@scripts/sync run
.venv/.synced-test: $(LOCKED)
	@scripts/sync test test browser oracle
# A browser and a database server for the tests: installed where that needs no question, else named with what to type.
.venv/.programs: .venv/.synced-test scripts/browser scripts/postgres
	@scripts/browser >/dev/null || true
	@scripts/postgres || true
	@: >$@
.venv/.synced-bayes: $(LOCKED)
	@scripts/sync bayes bayes test
.venv/.synced-bench: $(LOCKED)
	@scripts/sync bench test bench
.venv/.synced-lint: $(LOCKED)
	@scripts/sync lint lint test browser
.venv/.synced-docs: $(LOCKED)
	@scripts/sync docs docs
.venv/.synced-mutate: $(LOCKED)
	@scripts/sync mutate mutate test

demo: .venv/.synced-run ## Plan a published journey, then decide a week's queue: answers on the screen, briefs in out/demo/
	@mkdir -p $(OUT)/demo/ko
	@find src -name '*.nbi' | grep -q . || echo 'The first run compiles the planner, which takes a minute or two.'
	$(BIN)/waystation plan $(FOLDER) --group $(GROUP) --budget $(BUDGET) --brief $(OUT)/demo
	@$(BIN)/waystation plan $(FOLDER) --group $(GROUP) --budget $(BUDGET) --language ko --brief $(OUT)/demo/ko > $(OUT)/demo/ko/plan.txt
	@printf '\nThe week of a queue of twelve: who goes now, and why not the others.\n\n'
	$(BIN)/waystation select $(QUEUE) --quick --brief $(OUT)/demo/minutes
	@printf '\nThe brief: %s/demo/brief.html, brief.pdf, map.svg   in Korean: %s/demo/ko/\nThe minutes: %s/demo/minutes/minutes-en.pdf, minutes-ko.pdf\n' $(OUT) $(OUT) $(OUT)

test: .venv/.programs ## Run the tests
	$(PYTEST) -m "not long" -n $(JOBS)

test-long: .venv/.programs .venv/.synced-bayes ## Run all tests, the slow sweeps too
	$(PYTEST) -n $(JOBS)

# What the vault must bear, in full: make test runs the same with smaller numbers.
endure: .venv/.programs ## Kill 1,000 times, drill 100 times, scan for 500 names, flip, fuzz: an hour or two
	WAYSTATION_KILLS=1000 WAYSTATION_DRILLS=100 $(PYTEST) tests/crash tests/forensic tests/fuzz \
	  tests/integration/test_continuity_drills.py tests/integration/test_continuity_kills.py \
	  tests/integration/test_flipped_bits.py tests/integration/test_eight_people.py tests/integration/test_url_walk.py

bench: .venv/.synced-test .venv/.synced-bench ## Measure the planner against Storm, simulation against its peers, the store, the pages
	@mkdir -p $(OUT)
	$(BIN)/python -m benchmarks

bench-desk: .venv/.synced-test ## Measure lists, searches and saves with 40,000 cases (ten minutes)
	@mkdir -p $(OUT)
	$(BIN)/python -m benchmarks.desk

lint: .venv/.synced-lint ## Check style, types, import contracts and the lock file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --cache-dir $(CACHE)/import-linter
	scripts/uv lock --check

format: .venv/.synced-lint ## Put the code in the project's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Tests that show what the kernels do line by line: quick enough with the kernels left uncompiled.
UNCOMPILED := $(addprefix tests/unit/engine/journeys/,kernels doubt/test_spending.py parties/test_together.py \
	$(foreach name,cautious effort follow solve weights,test_$(name).py)) \
	$(addprefix tests/unit/engine/,portfolio/kernels simulation/kernels)

coverage: .venv/.synced-test ## Measure what the engine's unit tests cover: all of them, then the kernels' uncompiled
	@mkdir -p $(OUT)
	$(BIN)/coverage run -m pytest tests/unit/engine -m "not long" -q
	NUMBA_DISABLE_JIT=1 $(BIN)/coverage run --append -m pytest $(UNCOMPILED) -m "not long" -q
	$(BIN)/coverage html -q --fail-under=0
	$(BIN)/coverage report

docs: .venv/.synced-docs ## Build the documents into out/docs/
	$(BIN)/sphinx-build --nitpicky --fail-on-warning --keep-going --quiet -b html -d $(CACHE)/doctrees docs $(OUT)/docs
	@printf 'The documents: %s/docs/index.html\n' $(OUT)

mutate: .venv/.synced-mutate ## Mutate the engine and report what its unit tests did not notice
	scripts/mutate $(ONLY)

pictures: .venv/.synced-run ## Draw the pictures of the real output in docs/pictures/ anew
	$(BIN)/python scripts/pictures.py $(FOLDER) $(GROUP) $(BUDGET)

hooks: .venv/.synced-lint ## Run the fast checks before every commit of yours
	$(BIN)/pre-commit install

clean: ## Remove everything that can be made again
	rm -rf $(OUT) .venv .uv dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis mutants
	find src tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +
