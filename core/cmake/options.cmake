# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# assay::options: language, warnings, visibility; everything of ours links it, tests included.
# assay::core_options: what core/ adds (no exceptions, no RTTI); core/cli and the tests do not
# take it, because CLI11 and Catch2 throw.
include_guard(GLOBAL)

option(ASSAY_WERROR "Warnings are errors" OFF)
set(ASSAY_LIMBS auto CACHE STRING "Limbs of our own field arithmetic: auto, 64 or wasm")
set_property(CACHE ASSAY_LIMBS PROPERTY STRINGS auto 64 wasm)
set(ASSAY_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined")
option(ASSAY_COVERAGE "Instrument for coverage" OFF)
option(ASSAY_BUILD_FUZZ "Build the fuzz targets with libFuzzer (clang)" OFF)

if(NOT ASSAY_LIMBS MATCHES "^(auto|64|wasm)$")
    message(FATAL_ERROR "ASSAY_LIMBS is '${ASSAY_LIMBS}'; it is auto, 64 or wasm")
endif()
if(EMSCRIPTEN AND ASSAY_LIMBS STREQUAL "64")
    message(FATAL_ERROR "ASSAY_LIMBS=64 with wasm: 128-bit products are library calls there")
endif()
if(ASSAY_COVERAGE AND ASSAY_SANITIZE)
    message(FATAL_ERROR "ASSAY_COVERAGE with ASSAY_SANITIZE: the counters would race with the checks")
endif()
if(ASSAY_BUILD_FUZZ AND NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "ASSAY_BUILD_FUZZ needs clang (libFuzzer); use --preset fuzz")
endif()

add_library(assay_options INTERFACE)
add_library(assay::options ALIAS assay_options)
target_compile_features(assay_options INTERFACE cxx_std_20)
target_include_directories(assay_options INTERFACE ${PROJECT_SOURCE_DIR}) # include path = disk path
target_compile_options(assay_options INTERFACE
    -Wall
    -Wextra
    # Silent narrowing is how a length check goes wrong.
    -Wconversion
    # clang counts it to -Wconversion, gcc does not: the same set for both.
    -Wno-sign-conversion
    # A shadowed name reads as the other variable.
    -Wshadow
    # C++20 only, no extension by accident (clang and gcc must both take the code).
    -Wpedantic
    # A class with virtual functions and a plain destructor leaks through the base pointer.
    -Wnon-virtual-dtor
    # Static libraries that end up in one program: nothing of them is an exported symbol.
    -fvisibility=hidden
    -fvisibility-inlines-hidden
    # One section per function: the linker drops what is not called.
    -ffunction-sections
    -fdata-sections
    # No directory of this machine in the output: builds in two folders give the same bytes.
    -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
if(ASSAY_WERROR)
    target_compile_options(assay_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    # With its loops unrolled gcc 12 sees overflows in its own string and vector that are not there,
    # and reads of a Result's value where its code says that there is none.
    target_compile_options(assay_options INTERFACE
        -Wno-maybe-uninitialized
        -Wno-restrict
        -Wno-stringop-overflow
        -Wno-array-bounds)
endif()
if(NOT EMSCRIPTEN)
    target_link_options(assay_options INTERFACE -Wl,--gc-sections) # the other half of the above
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    # Cryptography at -O0 makes the suite 10 times slower and hides no bug that -O1 shows. Not for what
    # is only a test (add_unit_test.cmake): options of this target stand behind a program's own.
    target_compile_options(assay_options INTERFACE $<$<NOT:$<BOOL:$<TARGET_PROPERTY:ASSAY_UNIT_TEST>>>:-O1>)
    # Bounds checks of operator[] and iterators in the standard library.
    target_compile_definitions(assay_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(ASSAY_SANITIZE)
    target_compile_options(assay_options INTERFACE
        -fsanitize=${ASSAY_SANITIZE}
        # This check reads type information, which core/ is compiled without.
        -fno-sanitize=vptr
        # A finding ends the program: a test cannot pass over it.
        -fno-sanitize-recover=all
        # Readable stacks in the report.
        -fno-omit-frame-pointer
        # Each check counts as code: with clang's own threshold no operator[] is inlined, and field
        # arithmetic takes four times as long.
        "$<$<CXX_COMPILER_ID:Clang>:-mllvm;-inline-threshold=500>"
        # gcc's manual names the false positives that the instrumentation brings.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(assay_options INTERFACE -fsanitize=${ASSAY_SANITIZE})
endif()
if(ASSAY_COVERAGE)
    target_compile_options(assay_options INTERFACE --coverage)
    target_link_options(assay_options INTERFACE --coverage)
endif()
if(ASSAY_BUILD_FUZZ)
    # Edges for libFuzzer, which are core's; the list says what has none.
    target_compile_options(assay_options INTERFACE
        "$<$<NOT:$<BOOL:$<TARGET_PROPERTY:ASSAY_UNIT_TEST>>>:-fsanitize=fuzzer-no-link;-fsanitize-coverage-ignorelist=${PROJECT_SOURCE_DIR}/tests/fuzz/uninstrumented.txt>")
endif()
if(ASSAY_LIMBS STREQUAL "wasm")
    target_compile_definitions(assay_options INTERFACE ASSAY_LIMBS_WASM=1) # limbs as shipped in wasm
elseif(ASSAY_LIMBS STREQUAL "64")
    target_compile_definitions(assay_options INTERFACE ASSAY_LIMBS_64=1)
endif()

add_library(assay_core_options INTERFACE)
add_library(assay::core_options ALIAS assay_core_options)
target_link_libraries(assay_core_options INTERFACE assay::options)
target_compile_options(assay_core_options INTERFACE
    -fno-exceptions # errors are values (Result); wasm carries no unwinder
    -fno-rtti)      # nothing asks for a type at run time; the tables would ship
