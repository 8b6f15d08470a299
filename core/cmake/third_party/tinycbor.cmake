# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# tinycbor: the iterating parser, without encoder, printer and JSON.
set(src ${ASSAY_SOURCES}/tinycbor/src)
add_library(tinycbor STATIC
    ${src}/cborparser.c
    ${src}/cborparser_dup_string.c
    ${src}/cborparser_float.c
    ${src}/cborvalidation.c
    ${src}/cborerrorstrings.c)
target_include_directories(tinycbor PRIVATE ${src})
# Recursion of cbor_value_advance and of the validator: a document of ours nests 4 deep.
target_compile_definitions(tinycbor PRIVATE CBOR_PARSER_MAX_RECURSIONS=32)
install(TARGETS tinycbor ARCHIVE DESTINATION lib)
install(FILES ${src}/cbor.h ${src}/tinycbor-version.h DESTINATION include/tinycbor)
