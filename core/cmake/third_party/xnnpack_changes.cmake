# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Included by xnnpack.cmake: sources of upstream of which a few lines are changed. Each change names
# the text of the pinned version; one that is gone stops the configure.

# assay_change(SOURCE FROM TO): replaces every FROM in SOURCE, a file below src; the changed copy
# takes its place in `files`.
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
        message(FATAL_ERROR "XNNPACK: ${source} has changed; adapt xnnpack_changes.cmake")
    endif()
    string(REPLACE "${from}" "${to}" text "${text}")
    file(WRITE ${changed} "${text}")
    set(files "${files}" PARENT_SCOPE)
endfunction()

# A clamp that upstream moves into the node in front of it is also written to the parameters of a
# unary operator there, where others have their paddings in the same union; and it moves one whose
# bounds do not meet those that the node has.
set(fused "is_clamp(consumer) && has_clamp(producer)")
assay_change(src/subgraph.c "${fused}" "${fused} && \
math_max_f32(producer->activation.output_min, consumer->activation.output_min) < \
math_min_f32(producer->activation.output_max, consumer->activation.output_max)")
set(assigned "\
        producer->params.unary.clamp.min =
            math_max_f32(producer->params.unary.clamp.min,
                          consumer->params.unary.clamp.min);
        producer->params.unary.clamp.max =
            math_min_f32(producer->params.unary.clamp.max,
                          consumer->params.unary.clamp.max);
")
assay_change(src/subgraph.c "${assigned}" "if (is_clamp(producer)) {\n${assigned}}\n")

if(EMSCRIPTEN)
    set(config src/configs/gemm-config.c)
    # Upstream takes a machine of four cores or less for one without AVX, whose kernels are a fifth
    # slower where there is AVX. A browser of today seldom runs without.
    assay_change(${config}
        "if (hardware_concurrency() > kCoreCountThresholdForAdaptiveAvxOptimization)" "if (true)")
    if(ASSAY_WASM_SIMD STREQUAL "relaxed")
        # On x86, tiles of six rows: twelve sums hide the latency of a fused multiply-add where
        # eight do not, 56 instead of 48 GFLOP/s.
        foreach(activation linear minmax relu)
            set(infix _${activation})
            if(activation STREQUAL "linear")
                set(infix "")
            endif()
            foreach(kind gemm igemm)
                set(kernel "${kind}_ukernel_fn) xnn_f32_${kind}${infix}_ukernel_4x8__wasmrelaxedsimd_fma_loadsplat)")
                string(REPLACE 4x8 6x8 taller "${kernel}")
                set(place "f32_gemm_config.${activation}.${kind}[XNN_MR_TO_INDEX(4)] = xnn_init_hmp_${kind}_ukernel((xnn_")
                string(REPLACE "(4)" "(6)" tall "${place}")
                assay_change(${config} "${place}${kernel}" "${tall}${taller}")
                string(REPLACE _ - name "${infix}")
                list(APPEND put_in_wasmrelaxedsimd
                    src/f32-${kind}/gen/f32-${kind}-6x8${name}-wasmrelaxedsimd-fma-loadsplat.c)
            endforeach()
        endforeach()
        set(rows "\
      f32_gemm_config.mr = 4;
      f32_gemm_config.nr = 8;
    } else {
      #if XNN_ARCH_WASMRELAXEDSIMD
        f32_gemm_config.linear.gemm[XNN_MR_TO_INDEX(1)]")
        string(REPLACE "mr = 4" "mr = 6" six "${rows}")
        assay_change(${config} "${rows}" "${six}")
    endif()
endif()
