# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Google Benchmark by its own CMake files, for the bench preset alone.
set(BENCHMARK_ENABLE_TESTING OFF CACHE BOOL "")
set(BENCHMARK_ENABLE_GTEST_TESTS OFF CACHE BOOL "")
set(BENCHMARK_ENABLE_WERROR OFF CACHE BOOL "")
set(BENCHMARK_INSTALL_DOCS OFF CACHE BOOL "")
set(BENCHMARK_ENABLE_DOXYGEN OFF CACHE BOOL "")
add_subdirectory(${ASSAY_SOURCES}/benchmark benchmark)
