# Everything one does with a checkout. Needed: make, git, and a Python from 3.11 on with its venv module.
#
#   make demo    three example runners, planned: one plan on the screen, pages and calendars in ./out
#   make test    all tests
#   make lint    style, types, layers, generated pages, lock files
#   make docs    write docs/reference again from the objects
#   make bench   how fast planning is, side by side
#   make soak    the random tests for a long time (WEEKS=100000 weeks of plans, RUNNERS=200 runner-years, 20,000
#                damaged files, 1,000 kills); RUNNERS=5000 takes most of a day
#   make shots   the pictures: a plan's page for README.md, every screen of the app in docs/shots (needs Chromium)
#   make mirror  the pose model for camera and video, fetched once by npm into the data folder (53 MB come);
#                FROM=folder takes the two files of npm pack from there
#   make lock    write the lock files again from pyproject.toml (needs uv)
#   make clean   drop the environment and everything made

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT ?= out
WEEKS ?= 100000
RUNNERS ?= 200
CHROMIUM ?= chromium
UV ?= uv
# The first Python that is new enough and can make an environment; PYTHON=... overrides it.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$p"; break; }; done)

.DELETE_ON_ERROR:
.PHONY: demo test lint docs bench soak shots mirror lock clean

demo: $(VENV)/.installed
	$(BIN)/python examples/demo.py $(OUT)

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python docs/generate.py --check
	@! grep -n '://' requirements.lock requirements-dev.lock || { echo 'A lock file names an address.'; exit 1; }

docs: $(VENV)/.installed
	$(BIN)/python docs/generate.py

bench: $(VENV)/.installed-dev
	@test -f benchmarks/run.py || { echo 'make bench: benchmarks/run.py is not there.' >&2; exit 1; }
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/closed_loop.py --runners 200
	$(BIN)/python benchmarks/web.py

soak: $(VENV)/.installed-dev
	MIDSTANCE_FUZZ_WEEKS=$(WEEKS) MIDSTANCE_RUNNERS=$(RUNNERS) MIDSTANCE_MUTANTS=20000 MIDSTANCE_KILLS=1000 \
		MIDSTANCE_SESSION_KILLS=200 MIDSTANCE_API_EXAMPLES=500 $(BIN)/python -m pytest tests/property tests/contract/test_api.py \
		tests/contract/test_store_reliability.py tests/e2e/test_kills.py tests/e2e/test_session_kills.py \
		tests/integration/test_import.py

shots: demo $(VENV)/.installed-dev
	$(BIN)/python examples/shots.py docs/shots
	profile=$$(mktemp -d) && $(CHROMIUM) --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync --user-data-dir="$$profile" \
		--hide-scrollbars --force-device-scale-factor=0.75 --window-size=1000,2160 \
		--screenshot=docs/plan.png "file://$(CURDIR)/$(OUT)/jonas-10k.html"; \
	status=$$?; rm -rf "$$profile"; exit $$status

mirror: $(VENV)/.installed
	$(BIN)/midstance mirror --fetch $(if $(FROM),--from "$(FROM)")

# The stamps depend on what was installed, so a second call does nothing and a changed lock is noticed.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'midstance needs Python 3.11 or later with its venv module (PYTHON=... names one).' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-index --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# --universal: one lock for every Python and system; no annotations, so that no address and no path gets in.
LOCK := pip compile --generate-hashes --universal --no-header --no-annotate --quiet pyproject.toml
lock:
	$(UV) $(LOCK) --group build -o requirements.lock
	$(UV) $(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis
