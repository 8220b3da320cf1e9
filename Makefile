.PHONY: install run check test test-deep chaos lint bench lock pictures readme
PYTHON ?= python3
BIN = .venv/bin

install: .venv/installed
	@echo "Onewip is installed in .venv. make run starts it: a sandbox without Slack, or your Slack with its tokens in .env."

.venv/installed: requirements.lock
	@echo "Installing what requirements.lock names into .venv. It takes a minute and touches nothing else."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Any Slack token, in the environment or in .env, means the real Slack; none at all means the sandbox.
run: .venv/installed
	@if [ -n "$$SLACK_BOT_TOKEN$$SLACK_APP_TOKEN" ] || grep -qsE "^ *(export +)?SLACK_(BOT|APP)_TOKEN *= *[\"']?[^\"' #]" .env; \
	then exec $(BIN)/python -m bot run; \
	else exec $(BIN)/python -m bot run --sandbox; fi

# A process more than there are cores, for many tests wait: for a browser, a server, a bot that starts. Whoever is done
# first takes over from the others.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

# Before a commit, in two minutes on two cores: the rules, what is stored and what is said, on SQLite.
check: .venv/installed-dev lint
	$(PYTEST) --hypothesis-profile=quick -k "not postgresql" tests/core tests/services tests/slack

# Everything: ten minutes on two cores; five are wanted.
test: .venv/installed-dev lint
	$(PYTEST)

# Everything, and each thing longer: every zone, large machines, megabytes. For the night.
test-deep: .venv/installed-dev lint
	$(PYTEST) --hypothesis-profile=deep --timeout=3600

# Workers are killed while the clock steps, Slack and the database are ill; DATABASE=postgresql wants PG* in the environment.
chaos: .venv/installed-dev
	$(BIN)/python -m tests.chaos --kills $(or $(KILLS),20) --database $(or $(DATABASE),sqlite) $(if $(SEED),--seed $(SEED))

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/installed-dev
	$(BIN)/python -m tests.bench

# Hashes, every platform, and no host name in the files.
lock: .venv/installed-dev
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

# The README's pictures, from the sandbox itself; needs Chromium.
pictures: .venv/installed-dev
	$(BIN)/python -m tests.pictures

# The README's table of moves, from the moves themselves.
readme: .venv/installed-dev
	$(BIN)/python -m tests.readme
