# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# What distinguishes the modules. A configure builds one of them: its flags must reach core/ and
# the third-party libraries too.
#
#   name     file name without extension; the binding is wasm/bindings/<family>_bindings.cpp
#   kind     third-party libraries (core/cmake/third_party.cmake)
#   features compile and link flags of every object
#   budgets  bytes; the build fails above them (size_check.mjs)
include_guard(GLOBAL)

set(ASSAY_WASM_VARIANT verify CACHE STRING "The module that this configure builds")
set_property(CACHE ASSAY_WASM_VARIANT PROPERTY STRINGS
    verify zk infer-simd infer-relaxed infer-simd-threads infer-relaxed-threads)

# -msimd128: 128-bit SIMD, in every engine since 2023; the verify module does without.
# -mrelaxed-simd: fused multiply-add; results may differ in the last bit between machines.
# -pthread: shared memory and workers; needs a cross-origin isolated page.
if(ASSAY_WASM_VARIANT STREQUAL "verify")
    set(ASSAY_WASM_KIND wasm)
    set(ASSAY_WASM_SETS crypto formats)
    # -flto: the linker sees the whole program and drops a tenth of it.
    set(ASSAY_WASM_FEATURES -flto)
    set(ASSAY_WASM_MAX_MEMORY 1073741824) # 1 GB: the worst 16 MB of text need most of it
    set(ASSAY_WASM_STACK 262144)         # 256 kB: the deepest user is the JSON reader
    # The mark is 300000 and was kept until the verification core came in; it may not grow further.
    set(ASSAY_WASM_BUDGET 422100)
    # Most of it runs once a document and is built for size; hash, math and the third-party
    # cryptography, where the time goes, stay at -O3.
    set(ASSAY_SMALLEST_MODULES
        base bytes signatures receipt settlement ohttp attestation evidence chain api_frame api)
    # Smaller than -O3 and as fast: the arithmetic has its loops unrolled by then.
    set(ASSAY_WASM_LINK_LEVEL -Oz)
    set(ASSAY_GLUE_BUDGET 10240)
elseif(ASSAY_WASM_VARIANT STREQUAL "zk")
    set(ASSAY_WASM_KIND wasm)
    set(ASSAY_WASM_SETS crypto formats) # SHA-256 of the pins
    set(ASSAY_WASM_FEATURES -flto)
    set(ASSAY_WASM_MAX_MEMORY 1073741824) # 1 GB: a key of 64 MB and a circuit at the limit
    set(ASSAY_WASM_STACK 524288)          # 512 kB: trees are walked by recursion
    set(ASSAY_WASM_BUDGET 200000)
    # All but the curve runs once a proof; of the curve the arithmetic of its fields stays at -O3
    # (core/zk/CMakeLists.txt).
    set(ASSAY_SMALLEST_MODULES base bytes hash bn254 zk api_frame api_zk)
    # 10 kB less than -O3 and as fast: the arithmetic has its loops unrolled by then.
    set(ASSAY_WASM_LINK_LEVEL -Oz)
    # Of error_codes.def: zk and ezkl.
    set(ASSAY_FAMILY_CODES 480,500)
    set(ASSAY_GLUE_BUDGET 10240)
elseif(ASSAY_WASM_VARIANT MATCHES "^infer-(simd|relaxed)(-threads)?$")
    string(REPLACE "infer" "wasm" ASSAY_WASM_KIND ${ASSAY_WASM_VARIANT})
    set(ASSAY_WASM_SETS formats runtime)
    set(ASSAY_WASM_FEATURES -msimd128)
    if(CMAKE_MATCH_1 STREQUAL "relaxed")
        list(APPEND ASSAY_WASM_FEATURES -mrelaxed-simd)
    endif()
    set(ASSAY_WASM_MAX_MEMORY 4294967296) # 4 GB: all that a 32-bit module can address
    set(ASSAY_WASM_STACK 1048576)         # 1 MB: XNNPACK keeps tiles on the stack
    set(ASSAY_WASM_BUDGET 1200000)
    set(ASSAY_GLUE_BUDGET 10240)
    if(CMAKE_MATCH_2)
        set(ASSAY_WASM_THREADS ON)
        list(APPEND ASSAY_WASM_FEATURES -pthread)
        set(ASSAY_WASM_MAX_MEMORY 2147483648) # 2 GB: shared memory is reserved at once
        set(ASSAY_GLUE_BUDGET 15360)
    endif()
else()
    message(FATAL_ERROR "ASSAY_WASM_VARIANT is '${ASSAY_WASM_VARIANT}'; see wasm/variants.cmake")
endif()

# Every object of ours and of core. Relaxed instructions are XNNPACK's alone: our own kernels give
# the same bits in every variant, and the compiler cache serves both.
set(features ${ASSAY_WASM_FEATURES})
list(REMOVE_ITEM features -mrelaxed-simd)
add_compile_options(${features})

function(assay_wasm_third_party)
    assay_third_party(${ASSAY_WASM_KIND} ${ASSAY_WASM_SETS})
endfunction()
