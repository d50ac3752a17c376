# `make demo` and `make test` set everything up by themselves, from Python 3.11+ alone; see CONTRIBUTING.md.
PYTHON ?= python3
BIN := .venv/bin
PACKAGES := iopeer_core $(wildcard iopeer_plugin_*) $(wildcard plugins/*)
ARGS ?=
N ?= 20
SEED ?= 1

# The tests start hundreds of commands: each would compile all sources anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long lint format lock fuzz fuzz-spec storm mutants judge judge-frontend judge-docker matrix bench \
	bench-throughput wheels picture clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\)[a-z ]*:.*## /make \1\t/p' Makefile | expand -t 16

setup: ## build .venv; at once when nothing has changed
	@$(PYTHON) tools/bootstrap.py

demo: setup ## generate the tracker, test it and pack it
	$(BIN)/iopeer generate examples/tracker/spec.md --zip $(ARGS)

test: setup ## run the tests, on two cores; those that take minutes are test-long's
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

test-long: setup ## run the tests that take minutes: whole frontends, in a real browser
	$(BIN)/python -m pytest -m long $(ARGS)

lint: setup ## check style, types and docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	@set -e; for package in $(PACKAGES); do \
		echo "mypy $$package"; \
		(cd $$package && MYPYPATH=src "$(CURDIR)/$(BIN)/mypy" --config-file "$(CURDIR)/pyproject.toml" src $$(ls -d tests 2>/dev/null)); \
	done
	$(BIN)/mypy conftest.py $(wildcard tools tests benchmarks)
	$(BIN)/python tools/check_docs.py
	$(BIN)/python tools/made_docs.py --check

format: setup ## put the style right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup ## lock what the pyproject.toml files ask for; ARGS=--upgrade takes the newest of everything
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group dev --generate-hashes --no-annotate --no-header \
		$(foreach package,$(PACKAGES),--no-emit-package $(subst _,-,$(notdir $(package)))) \
		--output-file requirements.lock $(ARGS) pyproject.toml
	$(BIN)/python tools/lock_app.py $(ARGS)

fuzz: setup ## make apps of random valid specs and hold them to everything: make fuzz N=100
	$(BIN)/python tools/fuzz_apps.py --apps $(N) --seed $(SEED) $(ARGS)

fuzz-spec: setup ## feed mutated and hostile specs to the reader
	$(BIN)/python tools/fuzz.py $(ARGS)

storm: setup ## edit generated apps at random, generate them again, and look for every edit: make storm N=1000
	$(BIN)/python tools/storm.py --storms $(if $(filter file,$(origin N)),200,$(N)) --seed $(SEED) $(ARGS)

mutants: setup ## break the generated app and see its tests fail
	$(BIN)/python tools/mutants.py $(ARGS)

judge: setup ## hold generated apps against the contract, from outside
	$(BIN)/python tools/judge.py $(ARGS)

judge-frontend: setup ## hold the tracker's frontend against Lighthouse and an observatory of headers (Chromium, openssl)
	$(BIN)/python tools/judge_frontend.py $(ARGS)

judge-docker: setup ## have NGINX and docker-compose read the containers' files, then build and run the images (root, Debian)
	@for tool in nginx docker-compose buildah debootstrap; do PATH=$$PATH:/usr/sbin command -v $$tool >/dev/null || \
		{ echo "$$tool is missing: apt-get install nginx-light docker-compose buildah debootstrap"; exit 2; }; done
	$(BIN)/python -m pytest iopeer_plugin_docker/tests/test_judges.py $(ARGS)
	$(BIN)/python -m iopeer_core.kit examples/tracker/spec.md .tools/containers docker fastapi nextjs --settings '{"docker": {"nginx": true}}'
	$(BIN)/python tools/build_images.py .tools/containers

matrix: setup ## hold the official plugins to each other: each with the defaults, and every pair
	$(BIN)/python tools/matrix.py $(ARGS)

bench: setup ## measure; see docs/benchmarks.md
	$(BIN)/python -m benchmarks.run $(ARGS)

wheels: setup ## build the wheels of everything, and the index of plugins
	$(BIN)/python tools/wheels.py $(ARGS)

picture: setup ## draw the terminal run that the README shows
	$(BIN)/python tools/terminal_picture.py

bench-throughput: setup ## compare a generated server's CPU time with hand-written ones
	$(BIN)/python -m benchmarks.throughput.run $(ARGS)

clean: ## drop what `make` built
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache
