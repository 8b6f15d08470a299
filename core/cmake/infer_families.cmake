# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# Operator families that a build of the runtime may leave out (core/runtime/README.md). What is no
# family is always there: element-wise operators, products, convolutions, pools, reductions, and what
# moves elements.
#
#   -DASSAY_INFER_FAMILIES=all            every operator (the default)
#   -DASSAY_INFER_FAMILIES=none           no family
#   -DASSAY_INFER_FAMILIES="ml;recurrent" these
#
# Models that use an operator of another family are refused with ONNX_UNSUPPORTED_OP.
#
# Sets ASSAY_DROPPED_SOURCES (files of core/runtime) and ASSAY_DROPPED_OPERATORS (their functions).
include_guard(GLOBAL)

set(ASSAY_INFER_FAMILIES all CACHE STRING "Operator families of the runtime: all, none, or a list")

set(families attention control image loss ml order quantize recurrent resize sequence signal strings)
set(family_attention op_attention.cpp)
set(family_control op_control.cpp)
set(family_image op_image.cpp)
set(family_loss op_loss.cpp)
set(family_ml op_ml.cpp op_ml_features.cpp op_ml_labels.cpp op_svm.cpp op_trees.cpp)
set(family_order op_order.cpp)
set(family_quantize op_byte_weights.cpp op_integer_matmul.cpp op_matmul_nbits.cpp op_quantize.cpp
    op_quantized_products.cpp)
set(family_recurrent op_recurrent.cpp)
set(family_resize op_resize.cpp)
set(family_sequence op_sequence.cpp)
set(family_signal op_signal.cpp)
set(family_strings op_strings.cpp)

set(wanted ${ASSAY_INFER_FAMILIES})
if(wanted STREQUAL "all")
    set(wanted ${families})
elseif(wanted STREQUAL "none")
    set(wanted)
endif()
foreach(family IN LISTS wanted)
    if(NOT family IN_LIST families)
        message(FATAL_ERROR "ASSAY_INFER_FAMILIES: no family '${family}'; there are: ${families}")
    endif()
endforeach()

set(ASSAY_DROPPED_SOURCES)
set(ASSAY_DROPPED_OPERATORS)
foreach(family IN LISTS families)
    if(family IN_LIST wanted)
        continue()
    endif()
    list(APPEND ASSAY_DROPPED_SOURCES ${family_${family}})
    foreach(source IN LISTS family_${family})
        file(STRINGS ${PROJECT_SOURCE_DIR}/core/runtime/${source} lines REGEX "^void op_[a-z0-9_]+\\(OpCall& ")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^void (op_[a-z0-9_]+).*" "\\1" operator "${line}")
            list(APPEND ASSAY_DROPPED_OPERATORS ${operator})
        endforeach()
    endforeach()
endforeach()

# Writes a source file with the functions of operators that are left out: the table names them all.
function(assay_write_dropped_operators file)
    set(functions "#include \"core/runtime/operators.hpp\"\n\nnamespace assay::runtime {\n")
    foreach(operator IN LISTS ARGN)
        string(APPEND functions "void ${operator}(OpCall& call) noexcept {\n"
            "    call.fail(ErrorCode::ONNX_UNSUPPORTED_OP);\n}\n")
    endforeach()
    file(CONFIGURE OUTPUT ${file} CONTENT "${functions}} // namespace assay::runtime\n" @ONLY)
endfunction()
