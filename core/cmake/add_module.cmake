# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# assay_add_module(hash SOURCES sha2.cpp … DEPS assay::base assay::bytes secp256k1::secp256k1)
#   the static library assay_hash with the alias assay::hash, built by the rules of core/.
#   DEPS are public: a module's headers include those of its dependencies.
#   PRIVATE_DEPS stay behind the .cpp files.
include_guard(GLOBAL)

function(assay_add_module name)
    cmake_parse_arguments(arg "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "assay_add_module(${name}): unknown ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT arg_SOURCES)
        message(FATAL_ERROR "assay_add_module(${name}): no SOURCES")
    endif()
    add_library(assay_${name} STATIC ${arg_SOURCES})
    add_library(assay::${name} ALIAS assay_${name})
    target_link_libraries(assay_${name}
        PUBLIC assay::options ${arg_DEPS}
        PRIVATE assay::core_options ${arg_PRIVATE_DEPS})
    # The list is set by a wasm variant, with its reasons.
    if(name IN_LIST ASSAY_SMALLEST_MODULES)
        target_compile_options(assay_${name} PRIVATE -Oz)
    endif()
endfunction()
