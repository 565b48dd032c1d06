# The commands of the README, for Linux and macOS. On Windows the README gives them without make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo run test test-secrets check bench eval screenshots sample folder translations lock clean

demo: $(VENV)/run.stamp
	$(BIN)/iaposte demo

run: $(VENV)/run.stamp
	$(BIN)/iaposte

test: $(VENV)/dev.stamp
	$(BIN)/python packaging/check.py
	$(BIN)/python -m pytest -n 2 --dist loadgroup

# On Linux: with a D-Bus session, a gnome-keyring and a home of their own, so that no keyring of yours is touched.
# The warning is about SecretStorage, which leaves the connection of a locked keyring to the collector.
test-secrets: $(VENV)/dev.stamp
	home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && \
	env HOME="$$home" XDG_DATA_HOME="$$home/data" XDG_CONFIG_HOME="$$home/config" XDG_CACHE_HOME="$$home/cache" \
		XDG_RUNTIME_DIR="$$home" IAPOSTE_SECRET_SERVICE=1 dbus-run-session -- sh -c \
		'printf %s pw | gnome-keyring-daemon --unlock --components=secrets && exec "$$@"' - \
		$(BIN)/python -m pytest -W 'ignore:unclosed <socket:ResourceWarning' tests/secret_service

check: $(VENV)/dev.stamp
	$(BIN)/python packaging/check.py

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks

eval: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/eval.py

screenshots: $(VENV)/dev.stamp
	$(BIN)/python packaging/screenshots.py

sample: $(VENV)/dev.stamp
	$(BIN)/python packaging/make_sample.py

# 300 mixed files to try the program with, a few of them bad.
folder: $(VENV)/dev.stamp
	$(BIN)/python packaging/make_folder.py build/folder

translations: $(VENV)/dev.stamp
	$(BIN)/python packaging/translations.py

lock:
	packaging/lock.sh

clean:
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit('Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.12 …' if not (3, 11) <= sys.version_info < (3, 14) else 0)"
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python requirements/run.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: $(VENV)/bin/python requirements/dev.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/run.stamp
