# One Entrance: the commands of the checkout. `make help` lists them; what they do
# stands in tools/.
.DEFAULT_GOAL := help
.PHONY: help setup demo serve test bench lint format pot screenshots clean
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash

PORT ?= 8069
DB ?= one_entrance_demo

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | while IFS=$$'\t' read -r name text; do \
		printf '  make %-12s %s\n' "$$name" "$$text"; done
	@echo
	@echo "ODOO_HOME=/path uses an Odoo 19.0 you have, PGHOST=... a PostgreSQL you have."

setup: ## Install Odoo and all else into build/ (once, about two minutes)
	@tools/setup

demo: ready ## A database with demo data, and its documents as PDF in build/demo/
	@tools/run demo

serve: ready ## The web client on the demo database; PORT=8069 to choose another
	@tools/run serve "$(PORT)"

test: ready ## Checkers, installs, all tests, translations, the wheel
	@tools/run test

bench: ready ## Times and queries against Odoo without One Entrance
	@tools/run bench

lint: ready ## The checkers alone
	@tools/run lint

format: ready ## Rewrite the layout of Python, XML and JavaScript
	@tools/run format

pot: ready ## Export the terms to i18n/, keeping the translations
	@tools/run pot

screenshots: ready ## The pictures of static/description/, from the demo database
	@tools/run screenshots

clean: ## Remove build/
	@tools/setup --clean

.PHONY: ready
ready:
	@ONE_ENTRANCE_QUIET=1 tools/setup
