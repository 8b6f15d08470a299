# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# pthreadpool. A wasm module without threads takes upstream's shim, which runs every task in the
# caller and accepts a null pool; all others take the real pool (upstream's own CMake chooses the
# shim for Emscripten even with threads).
set(src ${ASSAY_SOURCES}/pthreadpool)
if(EMSCRIPTEN AND NOT ASSAY_THREADS)
    set(files shim)
else()
    set(files legacy-api memory portable-api pthreads fastpath)
endif()
list(TRANSFORM files PREPEND ${src}/src/)
list(TRANSFORM files APPEND .c)
add_library(pthreadpool STATIC ${files})
target_include_directories(pthreadpool
    PUBLIC ${src}/include
    PRIVATE ${src}/src ${ASSAY_SOURCES}/fxdiv/include)
target_compile_definitions(pthreadpool PRIVATE _GNU_SOURCE PTHREADPOOL_USE_CPUINFO=0)
if(NOT EMSCRIPTEN)
    target_compile_options(pthreadpool PUBLIC -pthread)
endif()
install(TARGETS pthreadpool ARCHIVE DESTINATION lib)
install(FILES ${src}/include/pthreadpool.h DESTINATION include/pthreadpool)
