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
if(EMSCRIPTEN)
    # With one thread the second range goes first: all rows for each block of columns
    # (compat/wasm/column_blocks.h).
    include(change_source.cmake)
    set(task "task(argument, i, j, min(range_i - i, tile_i), min(range_j - j, tile_j));")
    set(rows "for (size_t i = 0; i < range_i; i += tile_i) {\n")
    set(columns "for (size_t j = 0; j < range_j; j += tile_j) {\n")
    if(ASSAY_THREADS)
        assay_change(src/portable-api.c "\t\t${rows}\t\t\t${columns}\t\t\t\t${task}"
            "\t\t${columns}\t\t\t${rows}\t\t\t\t${task}")
    else()
        assay_change(src/shim.c "\t${rows}\t\t${columns}\t\t\t${task}"
            "\t${columns}\t\t${rows}\t\t\t${task}")
    endif()
endif()
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
