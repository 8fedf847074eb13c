# Everything runs in a virtual environment that make builds itself; the stamps keep it from being built twice.
# `make` alone lists the targets.

PYTHON ?= python3
VENV   ?= .venv

BIN       := $(VENV)/bin
PIP       := $(BIN)/python -m pip --disable-pip-version-check --quiet
PLUGINS   := plugins/taxi plugins/bar plugins/library_desk plugins/retail
PROJECTS  := pyproject.toml $(PLUGINS:%=%/pyproject.toml)
FOR_DEMO  := $(VENV)/.installed
FOR_WORK  := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs generated install-check check clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 24

demo: $(FOR_DEMO) ## install the meter and the shipped plugins, and show what they do
	@$(BIN)/palvelumittari demo

test: $(FOR_WORK) ## all tests and doctests, with branch coverage
	@$(BIN)/python -m pytest --numprocesses auto --cov --cov-report=term

lint: $(FOR_WORK) ## style, format, types and architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(FOR_WORK) ## build the documentation and run its examples
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --builder html docs docs/_build/html
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --builder doctest docs docs/_build/doctest

generated: $(FOR_WORK) ## rewrite schemas, rubric pages and shown output from code, rubrics and cases
	$(BIN)/python tools/schemas.py --update
	$(BIN)/python docs/rubric_pages.py --update
	$(BIN)/python docs/examples.py --update

install-check: $(FOR_WORK) ## install from wheels and editable, and use both from elsewhere
	@$(BIN)/python tools/install_check.py

check: lint test docs install-check ## everything that must hold before a commit

clean: ## remove everything that make and the tools have made
	rm -rf .venv .venv-* build dist plugins/*/build plugins/*/dist docs/_build
	rm -rf .coverage .coverage.* htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src plugins tests tools docs -type d -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("palvelumittari needs Python 3.11 or later, $(PYTHON) is " + sys.version.split()[0] + "; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(FOR_DEMO): $(PROJECTS) | $(BIN)/python
	$(PIP) install --editable . $(PLUGINS:%=--editable %)
	@touch $@

$(FOR_WORK): $(PROJECTS) requirements-dev.txt | $(BIN)/python
	$(PIP) install --requirement requirements-dev.txt
	@touch $(FOR_DEMO) $@
