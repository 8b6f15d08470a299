# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# The third-party libraries as imported targets:
#
#   crypto   secp256k1::secp256k1 mbedtls::mbedtls sodium::sodium
#   formats  tinycbor::tinycbor
#   tools    CLI11::CLI11 Catch2::Catch2WithMain                                (native only)
#   bench    benchmark::benchmark_main                                          (native only)
#   runtime  XNNPACK::XNNPACK pthreadpool::pthreadpool
#
# assay_third_party(<kind> <set>…) builds the sets that are missing and imports them. A kind is a
# compiler and its flags: native, wasm, wasm-simd, wasm-relaxed, wasm-simd-threads,
# wasm-relaxed-threads. Libraries live in build/deps/<kind>, keyed by the lock file, the files of
# third_party/, the flags and the compiler; all presets share them.
include_guard(GLOBAL)

set(ASSAY_BUILD_ROOT "${PROJECT_SOURCE_DIR}/build" CACHE PATH
    "Where the toolchain, the sources and the third-party libraries live")
set(isas "$ENV{ASSAY_XNNPACK_ISAS}")
if(NOT isas)
    set(isas base)
endif()
set(ASSAY_XNNPACK_ISAS "${isas}" CACHE STRING
    "Native XNNPACK kernels: base (up to AVX2), all (with AVX-512), scalar (quickest to build)")
set_property(CACHE ASSAY_XNNPACK_ISAS PROPERTY STRINGS base all scalar)

set(ASSAY_THIRD_PARTY_DIR ${CMAKE_CURRENT_LIST_DIR}/third_party)
set(ASSAY_THIRD_PARTY_LOCK ${CMAKE_CURRENT_LIST_DIR}/third_party.lock)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ASSAY_THIRD_PARTY_LOCK})

set(ASSAY_SET_NAMES_crypto secp256k1 mbedtls sodium)
set(ASSAY_SET_NAMES_formats tinycbor)
set(ASSAY_SET_NAMES_tools cli11 catch2)
set(ASSAY_SET_NAMES_bench benchmark)
set(ASSAY_SET_NAMES_runtime pthreadpool xnnpack fxdiv)

# Version of one entry of the lock file.
function(assay_locked_version name out)
    file(STRINGS ${ASSAY_THIRD_PARTY_LOCK} line REGEX "^${name}\\|")
    if(NOT line)
        message(FATAL_ERROR "third_party.lock has no entry ${name}")
    endif()
    string(REGEX REPLACE "^[^|]*\\|([^|]*)\\|.*$" "\\1" version "${line}")
    set(${out} ${version} PARENT_SCOPE)
endfunction()

# Everything that the bytes of a set depend on, as one hash.
function(assay_third_party_key set arguments out)
    set(text "${arguments}\n")
    foreach(name IN LISTS ASSAY_SET_NAMES_${set})
        file(STRINGS ${ASSAY_THIRD_PARTY_LOCK} line REGEX "^${name}\\|")
        string(APPEND text "${line}\n")
    endforeach()
    set(rules CMakeLists.txt)
    if(set STREQUAL "crypto")
        list(APPEND rules secp256k1.cmake secp256k1_unit.c secp256k1_sha256.h mbedtls.cmake
            mbedtls_config.h sodium.cmake sodium_support.c)
    elseif(set STREQUAL "formats")
        list(APPEND rules tinycbor.cmake)
    elseif(set MATCHES "^(tools|bench)$")
        list(APPEND rules ${set}.cmake)
    else()
        list(APPEND rules change_source.cmake pthreadpool.cmake xnnpack.cmake xnnpack_changes.cmake
            compat/wasm/arm_neon.h compat/wasm/keep_nan.h compat/wasm/pack_f32.c
            compat/wasm/dwconv_9p8c.c compat/wasm/unused_operators.h
            compat/wasm/column_blocks.h
            compat/x86/cpuinfo.h compat/scalar/no_architecture.h)
    endif()
    foreach(rule IN LISTS rules)
        file(SHA256 ${ASSAY_THIRD_PARTY_DIR}/${rule} digest)
        string(APPEND text "${rule} ${digest}\n")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ASSAY_THIRD_PARTY_DIR}/${rule})
    endforeach()
    string(SHA256 key "${text}")
    set(${out} ${key} PARENT_SCOPE)
endfunction()

function(assay_run_or_stop what log)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_FILE ${log} ERROR_FILE ${log})
    if(NOT result EQUAL 0)
        file(READ ${log} text)
        string(LENGTH "${text}" length)
        if(length GREATER 6000)
            math(EXPR from "${length} - 6000")
            string(SUBSTRING "${text}" ${from} -1 text)
        endif()
        message(FATAL_ERROR "${what} failed (full log: ${log})\n${text}")
    endif()
endfunction()

function(assay_build_third_party kind set)
    set(prefix ${ASSAY_BUILD_ROOT}/deps/${kind})
    file(MAKE_DIRECTORY ${prefix})

    set(arguments -DASSAY_SET=${set})
    if(kind STREQUAL "native")
        # The compiler of the kind, not of the preset: the fuzz preset's clang links these as well.
        find_program(ASSAY_DEPS_C_COMPILER NAMES cc gcc clang REQUIRED)
        find_program(ASSAY_DEPS_CXX_COMPILER NAMES c++ g++ clang++ REQUIRED)
        list(APPEND arguments
            -DCMAKE_C_COMPILER=${ASSAY_DEPS_C_COMPILER}
            -DCMAKE_CXX_COMPILER=${ASSAY_DEPS_CXX_COMPILER})
        set(compiler ${ASSAY_DEPS_CXX_COMPILER})
        if(set STREQUAL "runtime")
            list(APPEND arguments -DASSAY_XNNPACK_ISAS=${ASSAY_XNNPACK_ISAS})
        endif()
    else()
        set(toolchain_argument -DCMAKE_TOOLCHAIN_FILE=${PROJECT_SOURCE_DIR}/wasm/toolchain/emscripten.cmake)
        set(compiler ${CMAKE_CXX_COMPILER})
        if(kind MATCHES "relaxed")
            list(APPEND arguments -DASSAY_WASM_SIMD=relaxed)
        elseif(kind MATCHES "simd")
            list(APPEND arguments -DASSAY_WASM_SIMD=simd)
        endif()
        if(kind MATCHES "threads")
            list(APPEND arguments -DASSAY_THREADS=ON)
        endif()
    endif()
    assay_locked_version(sodium version)
    if(set STREQUAL "crypto")
        list(APPEND arguments -DASSAY_SODIUM_VERSION=${version})
    elseif(set STREQUAL "runtime")
        assay_locked_version(xnnpack version)
        list(APPEND arguments -DASSAY_XNNPACK_VERSION=${version})
    endif()

    execute_process(COMMAND ${compiler} --version OUTPUT_VARIABLE compiler_version ERROR_QUIET)
    string(REGEX MATCH "^[^\n]*" compiler_version "${compiler_version}")
    assay_third_party_key(${set} "${arguments};${compiler_version}" key)
    set(stamp ${prefix}/.${set}.key)

    # Two presets that are configured at the same time: the second waits and finds it built.
    file(LOCK ${prefix}/.${set}.lock GUARD FUNCTION TIMEOUT 3600 RESULT_VARIABLE locked)
    if(NOT locked STREQUAL "0")
        message(FATAL_ERROR "cannot lock ${prefix}/.${set}.lock: ${locked}")
    endif()
    if(EXISTS ${stamp})
        file(READ ${stamp} built)
        if(built STREQUAL key)
            return()
        endif()
    endif()

    set(jobs "$ENV{CMAKE_BUILD_PARALLEL_LEVEL}")
    if(NOT jobs)
        cmake_host_system_information(RESULT jobs QUERY NUMBER_OF_LOGICAL_CORES)
    endif()
    set(work ${ASSAY_BUILD_ROOT}/deps/.work/${kind}-${set})
    file(REMOVE ${stamp})
    file(REMOVE_RECURSE ${work})
    file(MAKE_DIRECTORY ${work})

    message(STATUS "third party: ${kind}/${set}: sources")
    execute_process(
        COMMAND bash ${ASSAY_THIRD_PARTY_DIR}/fetch_sources.sh ${ASSAY_BUILD_ROOT}/sources
            ${ASSAY_SET_NAMES_${set}}
        RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "the sources of ${ASSAY_SET_NAMES_${set}} are not there (message above)")
    endif()

    string(TIMESTAMP started "%s")
    message(STATUS "third party: ${kind}/${set}: building with ${jobs} jobs (once; log in ${work}.log)")
    # CMake exports the preset's compiler and flags to its children: not for this build.
    set(clean ${CMAKE_COMMAND} -E env --unset=CC --unset=CXX --unset=CFLAGS --unset=CXXFLAGS --unset=LDFLAGS)
    assay_run_or_stop("configuring ${kind}/${set}" ${work}.log
        ${clean} ${CMAKE_COMMAND} -S ${ASSAY_THIRD_PARTY_DIR} -B ${work} -G ${CMAKE_GENERATOR}
        ${toolchain_argument} ${arguments}
        -DCMAKE_BUILD_TYPE=Release
        -DCMAKE_INSTALL_PREFIX=${prefix}
        -DCMAKE_INSTALL_LIBDIR=lib
        -DASSAY_SOURCES=${ASSAY_BUILD_ROOT}/sources)
    assay_run_or_stop("building ${kind}/${set}" ${work}.log
        ${clean} ${CMAKE_COMMAND} --build ${work} --parallel ${jobs})
    assay_run_or_stop("installing ${kind}/${set}" ${work}.log
        ${clean} ${CMAKE_COMMAND} --install ${work})
    file(WRITE ${stamp} ${key})
    file(REMOVE_RECURSE ${work})
    string(TIMESTAMP ended "%s")
    math(EXPR seconds "${ended} - ${started}")
    message(STATUS "third party: ${kind}/${set}: built in ${seconds} s")
endfunction()

# One static library with its include directory, of which SHARED ones have one copy for all kinds.
function(assay_import kind target file)
    if(TARGET ${target})
        return()
    endif()
    cmake_parse_arguments(arg "SHARED" "INCLUDE" "DEFINITIONS;LINKS" ${ARGN})
    set(prefix ${ASSAY_BUILD_ROOT}/deps/${kind})
    set(headers ${prefix}/include)
    if(arg_SHARED)
        # What includes them is then the same source for a compiler cache, whatever it is linked with.
        set(headers ${ASSAY_BUILD_ROOT}/deps/include)
        file(COPY ${prefix}/include/${arg_INCLUDE} DESTINATION ${headers})
    endif()
    add_library(${target} STATIC IMPORTED GLOBAL)
    set_target_properties(${target} PROPERTIES
        IMPORTED_LOCATION ${prefix}/lib/lib${file}.a
        INTERFACE_INCLUDE_DIRECTORIES ${headers}/${arg_INCLUDE}
        INTERFACE_COMPILE_DEFINITIONS "${arg_DEFINITIONS}"
        INTERFACE_LINK_LIBRARIES "${arg_LINKS}")
endfunction()

function(assay_third_party kind)
    foreach(set IN LISTS ARGN)
        assay_build_third_party(${kind} ${set})
        if(set STREQUAL "crypto")
            assay_import(${kind} secp256k1::secp256k1 secp256k1 INCLUDE secp256k1
                LINKS mbedtls::mbedtls)
            assay_import(${kind} mbedtls::mbedtls mbedtls INCLUDE mbedtls
                DEFINITIONS "MBEDTLS_CONFIG_FILE=\"assay_mbedtls_config.h\"")
            assay_import(${kind} sodium::sodium sodium INCLUDE sodium DEFINITIONS SODIUM_STATIC=1)
        elseif(set STREQUAL "formats")
            assay_import(${kind} tinycbor::tinycbor tinycbor INCLUDE tinycbor)
        elseif(set STREQUAL "tools")
            assay_import(${kind} CLI11::CLI11 CLI11 INCLUDE CLI11 DEFINITIONS CLI11_COMPILE)
            assay_import(${kind} Catch2::Catch2 Catch2 INCLUDE Catch2)
            assay_import(${kind} Catch2::Catch2WithMain Catch2Main INCLUDE Catch2 LINKS Catch2::Catch2)
            set(ASSAY_CATCH_DISCOVER
                ${ASSAY_BUILD_ROOT}/deps/${kind}/lib/cmake/Catch2/Catch.cmake CACHE INTERNAL "")
        elseif(set STREQUAL "bench")
            find_package(Threads REQUIRED GLOBAL)
            assay_import(${kind} benchmark::benchmark benchmark # installs include/benchmark itself
                DEFINITIONS BENCHMARK_STATIC_DEFINE LINKS Threads::Threads)
            assay_import(${kind} benchmark::benchmark_main benchmark_main LINKS benchmark::benchmark)
        elseif(set STREQUAL "runtime")
            if(kind STREQUAL "native")
                find_package(Threads REQUIRED GLOBAL)
                set(links Threads::Threads m)
            else()
                set(links)
            endif()
            assay_import(${kind} pthreadpool::pthreadpool pthreadpool SHARED INCLUDE pthreadpool
                LINKS ${links})
            assay_import(${kind} XNNPACK::XNNPACK XNNPACK SHARED INCLUDE XNNPACK
                LINKS pthreadpool::pthreadpool ${links})
        endif()
    endforeach()
endfunction()
