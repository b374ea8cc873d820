# Two commands: `make run` opens the product, `make test` tests it. Both set up all they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
NATION ?= build/nation
# Files of tests are shared out to processes in their order: the browser comes last in each.
PARALLEL ?= -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: run test check bench bench-nation bench-load kill-run screenshots clean

run: $(VENV)/.app
	$(BIN)/streamlit run streamlit_app.py --server.port $(PORT) --server.headless false

test: $(VENV)/.test
	PYTHON=$(BIN)/python sh tools/find_browser.sh
	$(BIN)/python -m pytest $(PARALLEL) $(TESTS)

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/complete-community check-framework data/frameworks/complete-community.yaml
	$(BIN)/complete-community check-framework data/frameworks/example-city.yaml

bench: $(VENV)/.test
	PYTHON=$(BIN)/python sh tools/find_browser.sh
	$(BIN)/python -m tests.bench.click
	$(BIN)/python -m tests.bench.memory

# A nation of 100 000 communities is made first; that and the measuring take a quarter of an hour.
bench-nation: $(VENV)/.test
	PYTHON=$(BIN)/python sh tools/find_browser.sh
	ASSESSMENT_HOME=$(NATION) $(BIN)/complete-community sample-nation --communities 100000 --no-answers
	$(BIN)/python -m tests.bench.nation_page --home $(NATION)
	$(BIN)/python -m tests.bench.wide_csv $(NATION)
	$(BIN)/python -m tests.bench.rescore --home $(NATION)

# A hundred open pages, a quarter of an hour: one process, two, and the floor.
bench-load: $(VENV)/.test
	$(BIN)/python -m tests.bench.load --floor
	$(BIN)/python -m tests.bench.load
	$(BIN)/python -m tests.bench.load --postgres
	$(BIN)/python -m tests.bench.load --postgres --processes 2

# The server is killed 180 times while people work; half an hour on a machine with nothing else to do.
kill-run: $(VENV)/.test
	$(BIN)/python -m tests.bench.kill_run --kills 180

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
