# Amur. Needs python3 >= 3.11, cargo (Rust >= 1.85) and make; sets up everything else in `.venv`.
#
#   make demo     two days of the packaged sample, with reasons       make bench   measured numbers
#   make test     all tests, Rust and Python                          make soak    long random tests
#   make check    style, types, layers, Rust lints                    make docs    the handbook
#   make format   write the style                                     make clean   remove what is built

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUST := $(shell find crates -name '*.rs' -o -name Cargo.toml 2>/dev/null) Cargo.toml Cargo.lock
CODE := src tests bench
SOAK_ROUNDS ?= 200

.PHONY: demo test check format bench soak docs clean install

demo: $(VENV)/.installed
	@$(BIN)/amur demo --home build/demo

test: $(VENV)/.installed
	cargo test --release --quiet -p amur-engine
	$(BIN)/python -m pytest

check: $(VENV)/.installed
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	$(BIN)/python -m pytest tests/contract/test_stub.py

format: $(VENV)/.installed
	$(BIN)/ruff format $(CODE)
	cargo fmt --all
	$(BIN)/ruff check --fix $(CODE)

bench: $(VENV)/.installed
	$(BIN)/python -m bench

soak: $(VENV)/.installed
	AMUR_SOAK_ROUNDS=$(SOAK_ROUNDS) $(BIN)/python -m pytest --hypothesis-profile=soak

docs: $(VENV)/.documenting
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --site-dir build/site

clean:
	rm -rf $(VENV) build dist site target src/amur/_engine*.so
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

install: $(VENV)/.installed

# The package is installed in place: only a change of Rust code or of the dependencies builds again.
$(VENV)/.installed: $(VENV)/.made pyproject.toml $(RUST)
	@echo "Building the engine and installing Amur into $(VENV) (minutes at the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'maturin>=1.7,<2'
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pip install --quiet \
		--disable-pip-version-check --no-build-isolation --editable '.[dev]'
	@touch $@

$(VENV)/.documenting: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		'mkdocs-material>=9.5,<10' 'mkdocstrings[python]>=0.26,<2'
	@touch $@

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Amur needs Python 3.11 or newer; $(PYTHON) is not." \
			"Name another: make PYTHON=python3.12 ..." >&2; exit 1; }
	@command -v cargo >/dev/null || { \
		echo "Amur needs cargo (Rust 1.85 or newer) on the PATH to build its engine." >&2; exit 1; }
	@command -v cc >/dev/null || { \
		echo "Amur needs a C linker (cc), for example package gcc or build-essential." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory python-venv
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# Debian and Ubuntu keep ensurepip in a package of its own.
.PHONY: python-venv
python-venv:
	@set -e; \
	package="$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; \
	need="$(PYTHON) has no venv/ensurepip. Install the package $$package (or python3-venv)."; \
	command -v apt-get >/dev/null || { echo "$$need" >&2; exit 1; }; \
	if [ "$$(id -u)" = 0 ]; then root=""; \
	elif sudo -n true 2>/dev/null; then root="sudo -n"; \
	else echo "$$need As root: apt-get install $$package" >&2; exit 1; fi; \
	echo "Installing $$package ..."; \
	$$root apt-get update -qq || true; \
	$$root apt-get install -y -qq "$$package" >/dev/null \
		|| $$root apt-get install -y -qq python3-venv >/dev/null \
		|| { echo "$$need" >&2; exit 1; }
