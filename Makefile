# Every command a developer types. `make demo` and `make test` set up all they need.
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z/]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/ready: requirements.lock
	@echo "Setting up Python (once) ..."
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@printf '#!%s\nimport sys\n\nsys.path.insert(0, "%s")\nfrom alongside.__main__ import main\n\nsys.exit(main())\n' \
	    "$(CURDIR)/$(PY)" "$(CURDIR)" > .venv/bin/alongside && chmod +x .venv/bin/alongside
	@touch $@

node_modules/.ready: package-lock.json .npmrc
	@echo "Fetching the front-end parts (once) ..."
	@npm ci --no-audit --no-fund --loglevel=error --ignore-scripts
	@touch $@

FONTS := node_modules/@fontsource-variable/inter/files
build/static/.ready: node_modules/.ready $(wildcard frontend/*)
	@mkdir -p build/static
	@npx --no-install sass --no-source-map --style=compressed --quiet-deps frontend/alongside.scss build/static/alongside.css
	@cp $(FONTS)/inter-latin-wght-normal.woff2 node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js \
	    node_modules/htmx.org/dist/htmx.min.js frontend/*.js frontend/mark.svg build/static/
	@sed -i.bak 's/[/][/]# sourceMappingURL=.*//' build/static/govuk-frontend.min.js && rm build/static/*.bak
	@mkdir -p build/fonts && cp node_modules/@expo-google-fonts/inter/*/*_400Regular.ttf node_modules/@expo-google-fonts/inter/*/*_600SemiBold.ttf \
	    node_modules/@expo-google-fonts/inter/*/*_700Bold.ttf build/fonts/
	@touch $@

# what was collected before stays beside it: a server that runs on goes on finding its own styles by their old names
build/collected/.ready: build/static/.ready .venv/ready
	@ALONGSIDE_MODE=demo $(PY) -m django collectstatic --settings=alongside.settings --noinput --verbosity 0
	@touch $@

ready: .venv/ready build/collected/.ready

demo: ready ## the invented borough and the national register, at http://127.0.0.1:8000 (PORT=…)
	@ALONGSIDE_MODE=demo $(PY) -m alongside demo --port $(PORT)

test: .venv/ready build/static/.ready ## what a change can have touched, with a few journeys: under 3 minutes; of one room with ROOM=…
	@$(PY) -m tests.run test

check: ready ## what a submission must pass
	@$(PY) -m tests.run check

nightly: ready ## full numbers, kills, fuzz, all on PostgreSQL; in parts with PART=1/4 and so on
	@$(PY) -m tests.run nightly

bench: ready ## measure what quality.md promises; prints the figures
	@$(PY) -m bench

fmt: .venv/ready ## format and sort imports
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

lock: .venv/ready ## renew requirements.lock from pyproject.toml
	@$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv && build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header --group pyproject.toml:dev pyproject.toml -o requirements.lock

clean: ## forget everything that was made here
	@rm -rf .venv node_modules build var

.PHONY: help ready demo test check nightly bench fmt lock clean
