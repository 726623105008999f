# Every target but `help` and `clean` stands on one environment, .venv, made from the lock file
# on first use and again only when the lock file or pyproject.toml has changed.

PYTHON := python3
BIN := .venv/bin
READY := .venv/.ready
LOCALE := src/gongji/render/locale

.PHONY: help demo test check format bench docs lock messages clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## tell a whole story on a throw-away ledger
	@$(BIN)/gongji demo

TESTS ?= not long

test: $(READY) ## run the tests; TESTS='long or not long' runs the long ones too
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "$(TESTS)"

check: $(READY) ## check format, lint, types, dependencies and rule files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/python -m pip check
	$(BIN)/gongji rules check

format: $(READY) ## format the code and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## measure
	@$(BIN)/python -m bench

docs: $(READY) ## write anew what the docs take from the code
	@$(BIN)/python docs/generate.py

lock: $(READY) ## pin what pyproject.toml asks for
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet pyproject.toml

messages: $(READY) ## bring the Chinese catalogue up to the messages in the code, and compile it
	$(BIN)/pybabel extract --no-location --output .venv/gongji.pot src/gongji
	$(BIN)/pybabel update --init-missing --no-fuzzy-matching --ignore-pot-creation-date --domain gongji \
		--locale zh_CN --input-file .venv/gongji.pot --output-dir $(LOCALE)
	$(BIN)/pybabel compile --domain gongji --directory $(LOCALE)

clean: ## remove the environment and everything generated
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find . -type d -name __pycache__ -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "gongji needs Python 3.11 or newer; '$(PYTHON)' on the PATH is not" >&2; exit 1; }
	@echo "setting up .venv" >&2
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check \
		--require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check \
		--no-deps --no-build-isolation --no-index --editable .
	@touch $@
