# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# CMake toolchain file: finds Emscripten where setup.sh put or found it, so that
# `cmake --preset wasm-verify` works in any shell. Order: ASSAY_EMSCRIPTEN_ROOT (build/env.sh),
# build/env.sh itself, EMSDK, emcc in PATH.
if(NOT ASSAY_EMSCRIPTEN_ROOT)
    set(ASSAY_EMSCRIPTEN_ROOT "$ENV{ASSAY_EMSCRIPTEN_ROOT}")
    cmake_path(SET environment NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../../build/env.sh)
    if(NOT ASSAY_EMSCRIPTEN_ROOT AND EXISTS ${environment})
        file(STRINGS ${environment} line REGEX "ASSAY_EMSCRIPTEN_ROOT=")
        string(REGEX REPLACE "^.*ASSAY_EMSCRIPTEN_ROOT=\"([^\"]*)\".*$" "\\1" ASSAY_EMSCRIPTEN_ROOT "${line}")
    endif()
    if(NOT ASSAY_EMSCRIPTEN_ROOT AND DEFINED ENV{EMSDK})
        set(ASSAY_EMSCRIPTEN_ROOT "$ENV{EMSDK}/upstream/emscripten")
    endif()
    if(NOT ASSAY_EMSCRIPTEN_ROOT)
        find_program(emcc emcc NO_CACHE)
        if(emcc)
            file(REAL_PATH ${emcc} emcc)
            cmake_path(GET emcc PARENT_PATH ASSAY_EMSCRIPTEN_ROOT)
        endif()
    endif()
endif()
set(platform ${ASSAY_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake)
if(NOT EXISTS ${platform})
    message(FATAL_ERROR "no Emscripten at '${ASSAY_EMSCRIPTEN_ROOT}'; run: make setup")
endif()
# try_compile projects read this file again and must find the same.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ASSAY_EMSCRIPTEN_ROOT)
include(${platform})
