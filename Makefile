# Two commands: `make run` opens the product, `make test` tests it. Both set up all they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test check bench screenshots clean

run: $(VENV)/.app
	$(BIN)/streamlit run streamlit_app.py --server.port $(PORT) --server.headless false

test: $(VENV)/.test
	PYTHON=$(BIN)/python sh tools/find_browser.sh
	$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/complete-community check-framework data/frameworks/complete-community.yaml

bench: $(VENV)/.test
	PYTHON=$(BIN)/python sh tools/find_browser.sh
	$(BIN)/python -m tests.bench.click
	$(BIN)/python -m tests.bench.memory
	$(BIN)/python -m tests.bench.rescore

screenshots: $(VENV)/.test
	PYTHON=$(BIN)/python sh tools/find_browser.sh
	$(BIN)/python -m tools.screenshots

clean:
	rm -rf $(VENV) build *.egg-info

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.app: $(VENV)/.python requirements/app.txt pyproject.toml
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/app.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.app requirements/test.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/test.txt
	@touch $@
