# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# assay_change(SOURCE FROM TO): replaces every FROM in SOURCE, a file below src; the changed copy
# takes its place in `files`. FROM is text of the pinned version; where it is gone the configure stops.
function(assay_change source from to)
    set(changed ${CMAKE_CURRENT_BINARY_DIR}/changed/${source})
    if(NOT ${src}/${source} IN_LIST files)
        file(READ ${changed} text)
    else()
        file(READ ${src}/${source} text)
        list(REMOVE_ITEM files ${src}/${source})
        list(APPEND files ${changed})
    endif()
    string(FIND "${text}" "${from}" at)
    if(at EQUAL -1)
        message(FATAL_ERROR "${src}/${source} has changed; adapt what changes it")
    endif()
    string(REPLACE "${from}" "${to}" text "${text}")
    file(WRITE ${changed} "${text}")
    set(files "${files}" PARENT_SCOPE)
endfunction()
