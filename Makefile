# The only entry to everything: `make help`. Each target installs what it needs by itself.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Looked up before the virtual environment comes first on the path: it is what makes that one.
ifndef PYTHON
PYTHON := $(shell command -v python3 || command -v python)
endif
VENV := .venv/bin
# Node comes from the virtual environment, so that every machine has the pinned one.
export PATH := $(CURDIR)/$(VENV):$(PATH)
# Where this is set, every process would compile the libraries and the tests anew.
unexport PYTHONDONTWRITEBYTECODE
export DESK_PORT EMULATOR_PORT SMTP_PORT LOCAL_STATE FRESH
CHECKED := app.py chalicelib infra tests bench
PREPARE = $(or $(PYTHON),$(error Python 3.11 or newer is needed and none is on the path)) \
	infra/local/environments.py
AWS_STAGE = $(VENV)/python -m infra.deploy $(1) --stage "$(STAGE)" --domain "$(DOMAIN)" \
	--desk-host "$(DESK_HOST)" --certificate-arn "$(CERTIFICATE_ARN)" --alarm-email "$(ALARM_EMAIL)"

.PHONY: reconcile redrive replay rebuild targets looks
.PHONY: help prepare run test check console bench deploy destroy clean seed rows test-full test-dynamodb-local \
	synth screenshots client console console-test console-browser unit storage-test infra-test e2e \
	browser emulator assembly format fuzz

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

prepare:
	@$(PREPARE)

run: ## Run the whole desk on this machine (FRESH=1 starts empty)
	@$(PREPARE) --for-running
	@exec $(VENV)/python -m infra.local.run

# Side by side: the end-to-end tests mostly wait, and most parts use one core. What each part prints stays
# together where this make can do that (4.0 and newer).
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

test: prepare ## Every test: checks, Python, console, browser
	@$(MAKE) --no-print-directory -j4 $(SYNC) e2e infra-test console-test unit \
		console-browser storage-test check

check: prepare ## Formatting, lint, types, import rules
	$(VENV)/ruff check $(CHECKED)
	$(VENV)/ruff format --check $(CHECKED)
	$(VENV)/mypy
	$(VENV)/lint-imports

# Processes that share nothing: workers of one pytest would each collect everything and report it twice.
unit: prepare
	$(VENV)/pytest tests/unit tests/fuzz tests/lambdas

storage-test: prepare
	$(VENV)/pytest tests/storage tests/budgets

infra-test: prepare
	$(VENV)/pytest tests/infra tests/targets

console: prepare ## Build the console
	@$(VENV)/python -m infra.local.toolchain

console-test: console
	cd console && npm run check

console-browser: console browser
	cd console && npm run test:browser

looks: console browser ## Every page of the console in every width and colour
	cd console && FULL=1 npm run test:browser

browser: prepare
	@$(VENV)/python -m infra.local.browser

emulator assembly: prepare
	@$(VENV)/python -m infra.local.toolchain $@

# Named one by one so that they are made side by side: the tests wait for the last of them.
e2e: console browser emulator assembly
	$(VENV)/pytest tests/e2e

test-full: test test-dynamodb-local targets looks ## Every test, on DynamoDB Local too, the targets in full, every look

test-dynamodb-local: prepare ## The storage suite on the official DynamoDB Local (needs Java 17)
	$(VENV)/pytest tests/storage --dynamodb=local

fuzz: prepare ## Make up mails and HTML that break the parser: make fuzz MINUTES=60
	$(VENV)/python -m tests.fuzz.run --minutes "$(or $(MINUTES),60)"

targets: prepare ## What must never happen, in full size with figures (needs Java 17)
	FULL=1 $(VENV)/pytest tests/targets

bench: prepare ## What each user action costs, as one table
	$(VENV)/python -m bench

screenshots: console browser ## Take the documentation's pictures of the running desk
	$(VENV)/pytest tests/e2e/screenshots.py tests/e2e/concept_screenshots.py

client: prepare ## Make the console's client anew from the API's own description
	$(VENV)/python -m chalicelib.routes.openapi > console/src/api/openapi.json
	cd console && npm run generate

reconcile: prepare ## Is every stored mail accounted for? make reconcile STAGE=dev SINCE=2d
	@$(VENV)/python -m infra.operate reconcile --stage "$(or $(STAGE),local)" --since "$(or $(SINCE),2d)"

redrive: prepare ## Send back what failed every time: make redrive STAGE=dev QUEUE=inbound_mail
	@$(VENV)/python -m infra.operate redrive --stage "$(or $(STAGE),local)" --queue "$(QUEUE)"

replay: prepare ## Would mails be dealt with as they were? make replay STAGE=dev SINCE=7d
	@$(VENV)/python -m infra.operate replay --stage "$(or $(STAGE),local)" --since "$(or $(SINCE),7d)"

rebuild: prepare ## Do all lists show what the tickets are? make rebuild STAGE=dev (MEND=1 mends)
	@$(VENV)/python -m infra.operate rebuild --stage "$(or $(STAGE),local)" $(if $(MEND),--mend)

rows: prepare ## One line per row of the feature list with its number of tests
	@$(VENV)/python -m tests.rows

synth: prepare ## Synthesise a stage: make synth STAGE=dev DOMAIN=support.example.com
	@CDK_CONTEXT_JSON='{"stage":"$(STAGE)","domain":"$(DOMAIN)"}' CDK_OUTDIR=build/cdk.out \
		$(VENV)/python -m infra.cdk_app && echo build/cdk.out

deploy: console ## Deploy a stage: make deploy STAGE=dev DOMAIN=support.example.com
	@$(call AWS_STAGE,deploy)

destroy: prepare ## Delete a stage's stacks, keeping its data: make destroy STAGE=dev DOMAIN=…
	@$(call AWS_STAGE,destroy)

seed: prepare ## Load infra/stages/<stage>.yaml, or a ready-made desk: make seed STAGE=dev FILE=…
	@$(VENV)/python -m infra.seed --stage "$(or $(STAGE),local)" $(if $(FILE),--file "$(FILE)")

format: prepare ## Put the code in shape
	$(VENV)/ruff check --fix-only $(CHECKED)
	$(VENV)/ruff format $(CHECKED)

clean: ## Remove what was built and the local desk's data (the virtual environment stays)
	rm -rf build .local/state* chalice.out console/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
