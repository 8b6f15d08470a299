# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
#   make setup       toolchain, npm packages, third-party libraries
#   make run         sample evidence and a sample model, verified and run in wasm under Node
#   make test        everything; ends with "N passed, N failed"
#   make cli         the native command, build/release/assay
#   make demo        serves the demo page on a loopback port
#   make vectors     DIR=../shared/vectors [FAMILY=receipts] [TARGET=native|wasm|both]
#   make sizes       raw, gzip and brotli sizes of the built modules and their glue; what each family costs in verify.wasm
#   make bench       [FILTER=keccak]; writes tests/bench/results
#   make reproduce   builds the wasm in two folders and compares the bytes
#   make fuzz        [MINUTES=1] for each fuzz target, [RUNS=10000000] at most, [TARGETS=cbor,der]; adds to tests/fuzz/results.md
#   make format      lays the C++ files out as .clang-format has them
#   make clean       removes what was built; ALL=1 also the toolchain, sources and libraries

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
MAKEFLAGS += --no-print-directory

ENV := . build/env.sh
DIR ?= ../shared/vectors
TARGET ?= both
MINUTES ?= 1
RUNS ?= -1
TEST_ONLY ?=

# npm packages by folder, each installed when its lock file is newer.
NPM_FOLDERS := $(patsubst %/package-lock.json,%,$(wildcard js-bindings/package-lock.json tests/browser/package-lock.json tests/package/package-lock.json tests/bench/package-lock.json web/package-lock.json))
NPM_STAMPS := $(NPM_FOLDERS:%=%/node_modules/.package-lock.json)

.PHONY: setup run test demo vectors bench reproduce fuzz format sizes clean wasm package cli

setup:
	@bash wasm/toolchain/setup.sh
	@$(MAKE) $(NPM_STAMPS)

# npm writes node_modules/.package-lock.json itself; touch: npm keeps its old time when nothing changed.
%/node_modules/.package-lock.json: %/package-lock.json
	npm --prefix $* ci --no-audit --no-fund
	@touch $@

wasm: setup
	@bash wasm/build.sh

package: wasm
	@$(ENV) && npm --prefix js-bindings run --silent build

# The command line program and the native side of the vector runner.
cli: setup
	@$(ENV) && { [ -f build/release/build.ninja ] || cmake --preset release; } && cmake --build --preset release --target assay assay_vector_engine

run: package
	@$(ENV) && node demo/node/run.mjs

test: setup
	@$(ENV) && node tests/run_all.mjs $(TEST_ONLY)

demo: package
	@$(ENV) && node demo/serve.mjs

vectors: setup
ifneq ($(TARGET),wasm)
	@$(MAKE) cli
endif
ifneq ($(TARGET),native)
	@$(MAKE) package
endif
	@$(ENV) && node tests/vectors/run.mjs --dir='$(DIR)' --target=$(TARGET) $(if $(FAMILY),--family=$(FAMILY))

bench: package
	@$(ENV) && cmake --preset bench && cmake --build --preset bench && node tests/bench/run.mjs $(if $(FILTER),--filter=$(FILTER))

reproduce: setup
	@$(ENV) && bash wasm/reproduce.sh

fuzz: setup
	@$(ENV) && cmake --preset fuzz && cmake --build --preset fuzz --target assay_fuzz && node tests/fuzz/run.mjs --seconds=$$(($(MINUTES) * 60)) --runs=$(RUNS) --record $(if $(TARGETS),--target=$(TARGETS))

sizes: wasm
	@$(ENV) && node wasm/sizes.mjs build/wasm && echo && \
		cmake --build --preset wasm-verify --target assay_wasm_without >/dev/null && \
		node wasm/family_sizes.mjs build/wasm/verify.wasm build/wasm-verify/without

format:
	@node tests/format/check_format.mjs --fix

clean:
ifeq ($(ALL),1)
	rm -rf build
else
	find build -mindepth 1 -maxdepth 1 ! -name toolchain ! -name sources ! -name deps ! -name env.sh -exec rm -rf {} +
endif
	rm -rf js-bindings/dist
