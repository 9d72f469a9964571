# SPDX-License-Identifier: Apache-2.0
#
# `make run` and `make test` are all a fresh machine needs. What they stand on is built once and
# remembered: system packages, a hash-checked uv, the program's environment, the demonstration
# platform's environment, translations. packaging/README.md tells the whole chain.

PYTHON ?= python3
BIN := .venv/bin
UV := .venv-uv/bin/uv

# An environment of the caller's own must not leak into ours.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE VIRTUAL_ENV
export UV_NO_CONFIG := 1
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
export CARTABLE_PLATFORM_PYTHON := $(CURDIR)/.venv-platform/bin/python

I18N := player/ui/i18n
TRANSLATIONS := $(wildcard $(I18N)/*.ts)
SPOKEN := $(TRANSLATIONS:.ts=.qm)
HERE := .venv/.installed .venv-platform/.installed $(SPOKEN)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format translations media benchmarks benchmark-sync benchmark-transfer lock clean system

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-19s%s\n", $$1, $$2 }' Makefile

# `make run COURSE=export.tar.gz` takes an Open edX export in place of the examples
TAKEN = $(if $(COURSE),--course "$(COURSE)")
run: $(HERE) ## publish the examples, start a platform, open the window (no display: play the journey)
ifneq ($(DISPLAY)$(WAYLAND_DISPLAY),)
	@$(BIN)/python examples/demo.py $(TAKEN)
else
	@QT_QPA_PLATFORM=offscreen $(BIN)/python examples/demo.py --journey $(TAKEN)
endif

test: lint ## the one gate: style, types, architecture, tests
	$(BIN)/python -m pytest -n 2

lint: $(HERE) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/.installed ## put the source into the one style
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

LUPDATE = $(BIN)/pyside6-lupdate -no-obsolete -locations none build/texts.cpp
translations: .venv/.installed ## bring the .ts files up to date with the source
	@mkdir -p build $(I18N)
	$(BIN)/python packaging/translatable.py > build/texts.cpp
	$(LUPDATE) -ts $(I18N)/cartable_fr.ts
	$(LUPDATE) -pluralonly -ts $(I18N)/cartable_en.ts

media: .venv/.installed ## draw, speak and encode the media of the example courses
	packaging/system-packages media
	$(BIN)/python examples/build_media.py

benchmarks: $(HERE) ## measure: each benchmark says what it found
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/smooth.py
	$(BIN)/python benchmarks/answers.py

# Over an hour. `make benchmark-transfer TRANSFER="--runs 1 --profiles drop"` takes three minutes
TRANSFER = --runs 3 --at-once 4
benchmark-transfer: .venv/.installed ## measure Cartable beside other tools over poor links (TRANSFER="…")
	-packaging/system-packages benchmarks
	$(BIN)/python benchmarks/transfer $(TRANSFER)

# Ten minutes, most of them for the plain bodies. `SYNC="--only gzip"` takes one
benchmark-sync: .venv/.installed ## measure what telling the platform costs (SYNC="…")
	$(BIN)/python benchmarks/sync.py $(SYNC)

# Locks: one file a group, every version with its hashes, no package twice. `make lock` keeps what
# is pinned as far as it can; `make lock UPGRADE=--upgrade` takes the newest of everything.
COMPILE = $(UV) pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --annotation-style line \
	--custom-compile-command 'make lock' $(UPGRADE)
WITHOUT = $$(sed -nE 's/^([a-z0-9._-]+)==.*/--no-emit-package \1/p' $(1)) $(addprefix -c ,$(1))

lock: .venv-uv/.installed ## choose and pin the libraries again (UPGRADE=--upgrade: the newest)
	$(COMPILE) requirements/uv.in -o requirements/uv.txt
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) pyproject.toml --extra publish $(call WITHOUT,requirements/run.txt) -o requirements/publish.txt
	$(COMPILE) --group dev $(call WITHOUT,requirements/run.txt requirements/publish.txt) -o requirements/dev.txt
	$(COMPILE) requirements/platform.in -o requirements/platform.txt

clean: ## forget everything that was built, environments included
	rm -rf build dist .venv .venv-uv .venv-platform *.egg-info
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	rm -f $(I18N)/*.qm
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the above stands on. Each `.installed` is made last, so an interrupted step is done again.

system:
	@packaging/system-packages run

.venv-uv/.installed: requirements/uv.txt | system
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Cartable needs Python 3.11 or later: make PYTHON=/path/to/python3' >&2; exit 2; }
	$(PYTHON) -m venv --clear .venv-uv
	.venv-uv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.synced: requirements/run.txt requirements/publish.txt requirements/dev.txt .venv-uv/.installed
	$(UV) venv --quiet --clear --python $(PYTHON) .venv
	$(UV) pip sync --python $(BIN)/python --compile-bytecode --require-hashes $(filter requirements/%,$^)
	@touch $@

.venv/.installed: pyproject.toml .venv/.synced
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation \
		--config-settings editable_mode=compat --editable .
	@touch $@

.venv-platform/.installed: requirements/platform.txt .venv-uv/.installed
	$(UV) venv --quiet --clear --python $(PYTHON) .venv-platform
	$(UV) pip sync --python .venv-platform/bin/python --require-hashes requirements/platform.txt
	@touch $@

%.qm: %.ts | .venv/.installed
	$(BIN)/pyside6-lrelease -silent $< -qm $@
