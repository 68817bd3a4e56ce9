# One Entrance: the commands of the checkout. `make help` lists them; what they do
# stands in tools/.
.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-all bench lint format pot wheels screenshots clean
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash

PORT ?= 8069
ADDONS ?=

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | while IFS=$$'\t' read -r name text; do \
		printf '  make %-12s %s\n' "$$name" "$$text"; done
	@echo
	@echo "ADDONS=core serves the core alone, ADDONS=core,inquiry with what is named, in a database of its own."
	@echo "ODOO_HOME=/path uses an Odoo 19.0 you have, PGHOST=... a PostgreSQL you have."

setup: ## Install Odoo and all else into build/ (once, about two minutes)
	@tools/setup

demo: ready ## A database with all addons and demo data, and its documents as PDF in build/demo/
	@tools/run demo

serve: ready ## The web client on the demo database; PORT=8069 ADDONS=core to choose others
	@tools/run serve "$(PORT)" "$(ADDONS)"

test: ready ## Checkers, installs, tests, translations, the wheels (ten minutes on two cores)
	@tools/run test

test-all: ready ## All of that with the slow tests, every addon by itself, uninstalls, coverage
	@tools/run test-all

bench: ready ## Times and queries against Odoo without One Entrance
	@tools/run bench

lint: ready ## The checkers alone
	@tools/run lint

format: ready ## Rewrite the layout of Python, XML and JavaScript
	@tools/run format

pot: ready ## Export the terms to each addon's i18n/, keeping the translations
	@tools/run pot

wheels: ready ## A wheel of each addon in build/wheels/, for pip
	@tools/run wheels

screenshots: ready ## The pictures of static/description/, from the demo database
	@tools/run screenshots

clean: ## Remove build/
	@tools/setup --clean

.PHONY: ready
ready:
	@ONE_ENTRANCE_QUIET=1 tools/setup
