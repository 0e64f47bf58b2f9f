# Two commands: `make run` serves Provender, `make test` proves it. Both set up what they need.
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin

.PHONY: run test check setup lock wheel starter vendor bench clean help
.DEFAULT_GOAL := help

help:             ## list the targets
	@grep -hE '^[a-z]+: .*##|^[a-z]+:  +##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/run    ## set up what is missing and serve on http://127.0.0.1:8000
	@$(BIN)/provender serve

test: check       ## every check and every test, with coverage
	$(BIN)/python tools/browser.py
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest
	$(BIN)/python tools/with_postgresql.py $(BIN)/coverage run -m pytest tests/store tests/web -m "not sqlite"
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered
	$(BIN)/python tools/core_coverage.py
	$(BIN)/python tools/wheel_check.py

check: .venv/dev  ## the static checks: format, lint, types, floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: .venv/dev  ## everything a developer needs

.venv/run: requirements.lock pyproject.toml | .venv/uv
	@sh tools/uv.sh pip install -q --python $(BIN)/python --require-hashes -r requirements.lock
	@sh tools/uv.sh pip install -q --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/dev: requirements-dev.lock .venv/run
	@sh tools/uv.sh pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

.venv/uv:
	@UV_VERSION=$(UV_VERSION) PYTHON=$(PYTHON) sh tools/uv.sh --version >/dev/null
	@PYTHON=$(PYTHON) sh tools/uv.sh venv -q --allow-existing --python $(PYTHON) .venv
	@touch $@

lock:             ## write the lock files anew
	sh tools/uv.sh pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.lock
	sh tools/uv.sh pip compile -q --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements-dev.lock
	sh tools/uv.sh pip compile -q --universal --generate-hashes --python-version 3.11 -c requirements-dev.lock --group dev --group bench pyproject.toml -o requirements-bench.lock

wheel: .venv/dev  ## build the wheel into dist/
	sh tools/uv.sh build -q --wheel --no-build-isolation --python $(BIN)/python -o dist

starter: .venv/dev ## rebuild the starter catalogue (see docs/data.md)
	$(BIN)/python tools/starter_catalogue.py

vendor: .venv/dev ## fetch the browser libraries anew (see docs/vendored.md)
	$(BIN)/python tools/vendor.py

.venv/bench: requirements-bench.lock .venv/dev
	@sh tools/uv.sh pip install -q --python $(BIN)/python --require-hashes -r requirements-bench.lock
	@touch $@

bench: .venv/bench ## print the benchmarks
	@for file in benchmarks/*.py; do $(BIN)/python $$file; done

clean:            ## remove what these targets made
	rm -rf .venv .tools dist build .coverage* .mypy_cache .ruff_cache .pytest_cache
