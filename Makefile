# What one can do with the board. `make` alone lists it.
.NOTPARALLEL:
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
UV_VERSION := 0.13.9
BIN := .venv/bin
STATE := $(or $(STATE_DIR),var)
MANAGE := $(BIN)/python manage.py
STATIC_SOURCES := $(shell find static -type f 2>/dev/null)
CATALOGUE := locale/es/LC_MESSAGES/django

# Empty means off: compiled modules are kept, and every start after the first takes half the time.
export PYTHONDONTWRITEBYTECODE :=
export UV_LINK_MODE := copy

.PHONY: help run test search lint format bench shots messages assets lock clean

help: ## list what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

# --- The board --------------------------------------------------------------------------------------------------------

run: export HTTPS := off# plain http, and only on this machine
run: $(STATE)/.collected $(STATE)/secret-key $(CATALOGUE).mo ## set up and serve the board on 127.0.0.1:$PORT (8000)
	@echo "· Database"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed fixtures/definitions fixtures/coalition
	@echo "· The real figures, through the intake"
	@$(MANAGE) receive fixtures/figures --accept --first
	@echo "· Publishing"
	@$(MANAGE) publish --first
	@$(MANAGE) publish_coalition --first
	@echo "· One demo account per role"
	@$(MANAGE) demo_accounts
	@echo
	@echo "  The board is at http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)"
	@echo
	@exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 2 --blocking-threads 2 --no-ws \
		--respawn-failed-workers --workers-max-rss 300 --workers-kill-timeout 3 --log-level error \
		allin.wsgi:application

# --- Checks -----------------------------------------------------------------------------------------------------------

test: .venv/.dev $(STATE)/.collected $(STATE)/secret-key $(CATALOGUE).mo ## everything that is checked, on SQLite and on PostgreSQL
	@bash .ci/system-packages
	@$(MAKE) --no-print-directory lint
	@echo "· Migrations and production settings"
	@$(MANAGE) makemigrations --check --dry-run
	@env -u DEBUG -u DATABASE_URL HTTPS=on ALLOWED_HOSTS=board.example.org ADMIN_PATH=back-office/ \
		$(MANAGE) check --deploy --fail-level WARNING
	@echo "· Tests on SQLite"
	@env -u DATABASE_URL $(BIN)/python -m pytest -n 2
	@echo "· Tests on PostgreSQL"
	@.ci/postgres $(BIN)/python -m pytest -n 2 -m "not look and not read"

search: .venv/.dev $(STATE)/.collected $(STATE)/secret-key $(CATALOGUE).mo ## look for counterexamples among draws never made before
	@env -u DATABASE_URL $(BIN)/python -m pytest -n 2 --hypothesis-profile=search -k "$(or $(K),disclosure or calc or opendata)"

lint: .venv/.dev $(STATE)/secret-key ## style and types
	@echo "· Style and types"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: .venv/.dev ## put the code into its one form
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bench: .venv/.dev $(STATE)/.collected $(STATE)/secret-key ## what a page and a large file cost, after a `make run` has filled the board
	@HTTPS=off $(BIN)/python tests/bench/pages.py
	@echo "· How soon home is seen, and what each page weighs: tests/bench/paint.py, with the board running"
	@echo "· A large file on its way in"
	@home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && DATABASE_URL="sqlite:///$$home/bench.sqlite3" $(BIN)/python tests/bench/intake.py
	@.ci/postgres $(BIN)/python tests/bench/intake.py

shots: .venv/.dev $(STATE)/.collected $(STATE)/secret-key ## pictures of the pages, phone and desk, into var/shots
	@bash .ci/system-packages
	@HTTPS=off $(BIN)/python tests/bench/shots.py

# --- What the board is made of ----------------------------------------------------------------------------------------

messages: .venv/.dev $(STATE)/secret-key ## collect the words to translate into the Spanish catalogue
	@$(MANAGE) makemessages --locale es --no-obsolete --no-location --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'

assets: $(STATE)/.assets ## fonts and the style sheet of plotly.js, into var/assets

lock: .venv/.uv ## resolve the packages anew, newest that fit, into the two lock files
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" -p 3.11 pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" -p 3.11 --group dev --constraint requirements.lock pyproject.toml -o requirements-dev.lock
	@! grep -n http requirements.lock requirements-dev.lock

clean: ## remove what was built; the database and the secret key stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis $(addprefix $(STATE)/,assets faces static shots .assets .collected)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Stamps: each step runs again only when what it came from has changed -----------------------------------------------

# $(call install,LOCK): exactly what the lock says, hash by hash; pip does it where uv cannot be had.
install = if [ -x $(BIN)/uv ]; then $(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python $(1); \
	else $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi

.venv/.uv:
	@echo "· Environment"
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || bash .ci/system-packages venv
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) || echo "  uv is not to be had here; pip does it, slower"
	@touch $@

# Either set holds the board's own packages; installing the smaller one takes the test tools away again.
.venv/.run: requirements.lock | .venv/.uv
	@echo "· Packages"
	@$(call install,requirements.lock)
	@rm -f .venv/.dev
	@touch $@

.venv/.dev: requirements-dev.lock requirements.lock | .venv/.uv
	@echo "· Packages and test tools"
	@$(call install,requirements-dev.lock)
	@touch .venv/.run $@

$(STATE)/secret-key: | .venv/.uv
	@mkdir -p $(STATE)
	@umask 077 && $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))' > $@

$(STATE)/.assets: static/build.py requirements.lock | .venv/.run $(STATE)/secret-key
	@echo "· Fonts and styles"
	@$(BIN)/python static/build.py
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po | .venv/.run
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale es

$(STATE)/.collected: $(STATIC_SOURCES) $(STATE)/.assets | .venv/.run $(STATE)/secret-key
	@echo "· Static files, hashed and compressed (the chart library takes a while, once)"
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@
