# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Included by xnnpack.cmake: what is changed in upstream's sources.
include(change_source.cmake)

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

# Of a product's tiles the one that fits the rows, as upstream does for convolutions.
assay_change(src/operators/fully-connected-nc.c "\
  if (batch_size == 1 && fully_connected_op->ukernel.gemm.gemm_cases[0].function[XNN_UARCH_DEFAULT] != NULL) {
    mr = 1;
  }
" "\
  mr = xnn_get_heuristic_mr_gemm(batch_size, mr, nr, gemm_cases);
")

if(EMSCRIPTEN)
    set(config src/configs/gemm-config.c)
    # Upstream takes a machine of four cores or less for one without AVX, whose kernels are a fifth
    # slower where there is AVX. A browser of today seldom runs without.
    assay_change(${config}
        "if (hardware_concurrency() > kCoreCountThresholdForAdaptiveAvxOptimization)" "if (true)")
    # Elementwise operators for which upstream has no kernels, but loops of one element: of floats and
    # integers alone. Those of half floats and of bytes would be a tenth of the module.
    set(halves [=[
    case xnn_datatype_fp16:                                                  \
      return get_config<xnn_float16, op<xnn_float16>>();                     \
    case xnn_datatype_bf16:                                                  \
      return get_config<xnn_bfloat16, op<xnn_bfloat16>>();                   \
]=])
    set(bytes [=[
    case xnn_datatype_qint8:                                                 \
      return get_config<int8_t, op<float>>(/*quantized=*/std::true_type());  \
    case xnn_datatype_quint8:                                                \
      return get_config<uint8_t, op<float>>(/*quantized=*/std::true_type()); \
]=])
    foreach(arity unary binary)
        assay_change(src/reference/${arity}-elementwise.cc "${halves}" "")
        assay_change(src/reference/${arity}-elementwise.cc "${bytes}" "")
    endforeach()
    # Large weights in blocks of columns (column_blocks.h; pthreadpool.cmake walks them first).
    assay_change(src/operators/fully-connected-nc.c "\
  size_t nc = output_channels;
  const size_t num_threads = pthreadpool_get_threads_count(threadpool);
  if (num_threads > 1) {
" "\
  size_t nc = output_channels;
  const size_t num_threads = pthreadpool_get_threads_count(threadpool);
  if (num_threads <= 1) {
    nc = assay_column_block(nc, nr, fully_connected_op->weights_stride,
                            batch_size * (input_channels << log2_input_element_size));
  } else {
")
    assay_change(src/operators/convolution-nhwc.c "\
  size_t nc = group_output_channels;
  if (num_threads > 1) {
    const size_t num_other_tiles = groups * divide_round_up(batch_output_size, mr);
" "\
  size_t nc = group_output_channels;
  if (num_threads <= 1) {
    nc = assay_column_block(nc, nr, w_stride,
                            batch_output_size * (group_input_channels << log2_input_element_size));
  } else {
    const size_t num_other_tiles = groups * divide_round_up(batch_output_size, mr);
")
    # Products of bytes without relaxed dot products: eight bytes of a row at a time, a quarter faster
    # than two that are turned around between products (52 instead of 40 GOP/s in V8).
    assay_change(${config} "c2s4__wasmsimd_dot16x2_ld128" "c8__wasmsimd_dot16x2_ld128")
    foreach(kind qd8-f32-qc8w qs8-qc8w qu8)
        string(REPLACE - _ name ${kind}_gemm_config)
        assay_change(${config} "${name}.log2_sr = 2;" "${name}.log2_kr = 3;")
        set(requantised -fp32)
        if(kind STREQUAL "qd8-f32-qc8w")
            set(requantised)
        endif()
        foreach(product gemm igemm)
            foreach(rows 1 4)
                set(tile ${rows}x4c8-minmax${requantised}-wasmsimd-dot16x2-ld128)
                list(APPEND put_in_wasmsimd
                    src/${kind}-${product}/gen/${kind}-${product}-${tile}.c)
            endforeach()
        endforeach()
    endforeach()
    if(ASSAY_WASM_SIMD STREQUAL "relaxed")
        # On x86, tiles of six rows beside those of four: twelve sums hide the latency of a fused
        # multiply-add where eight do not, 56 instead of 48 GFLOP/s in today's V8. The kernels with
        # bounds serve every activation: V8 before 13 spills in those of six rows without.
        foreach(kind gemm igemm)
            foreach(activation linear minmax relu)
                foreach(rows 1 4)
                    set(infix _${activation})
                    string(REPLACE _linear "" infix ${infix})
                    set(line "f32_gemm_config.${activation}.${kind}[XNN_MR_TO_INDEX(${rows})] = \
xnn_init_hmp_${kind}_ukernel((xnn_${kind}_ukernel_fn) \
xnn_f32_${kind}${infix}_ukernel_${rows}x8__wasmrelaxedsimd_fma_loadsplat);")
                    if(NOT activation STREQUAL "minmax")
                        assay_change(${config} "${line}" "")
                    elseif(rows EQUAL 4)
                        string(REPLACE "(4)" "(6)" taller "${line}")
                        string(REPLACE 4x8 6x8 taller "${taller}")
                        assay_change(${config} "${line}" "${line}\n        ${taller}")
                    endif()
                endforeach()
            endforeach()
            list(APPEND put_in_wasmrelaxedsimd
                src/f32-${kind}/gen/f32-${kind}-6x8-minmax-wasmrelaxedsimd-fma-loadsplat.c)
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
