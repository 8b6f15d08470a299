// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/kernel.hpp"

#include <cstring>

namespace assay::runtime {
namespace {

void copy_elements(const TensorRef& to, const void* from) noexcept {
    const std::size_t bytes = to.count() * onnx::element_size(to.type);
    if (bytes != 0) {
        std::memcpy(to.data, from, bytes);
    }
}

} // namespace

void run_constant(const KernelCall& call) noexcept {
    const onnx::Attribute& value = call.node.attributes.items().front();
    switch (value.kind) {
    case onnx::AttributeKind::tensor:
        return copy_elements(call.outputs[0], value.tensor->elements.data());
    case onnx::AttributeKind::real:
        return copy_elements(call.outputs[0], &value.real);
    case onnx::AttributeKind::reals:
        return copy_elements(call.outputs[0], value.reals.data());
    case onnx::AttributeKind::integer:
        return copy_elements(call.outputs[0], &value.integer);
    default:
        return copy_elements(call.outputs[0], value.integers.data());
    }
}

void run_copy(const KernelCall& call) noexcept {
    copy_elements(call.outputs[0], call.inputs[0].data);
}

} // namespace assay::runtime
