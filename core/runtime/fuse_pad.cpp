// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A Pad with zeros in front of a convolution is padding of the convolution.
#include "core/runtime/fusion.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::NO_VALUE;
using onnx::Node;
using onnx::Op;
using onnx::Tensor;
using onnx::ValueId;

/// @return the amounts of a Pad with zeros of spatial dimensions alone; nothing for others.
Dims spatial_zeros(const Fuser& fuser, const Node& pad) noexcept {
    const std::size_t rank = fuser.value(pad.inputs[0]).dims.size();
    const auto given = pad.attributes.integers("pads");
    Dims pads(given.begin(), given.end());
    const Tensor* amounts = pad.inputs.size() > 1 ? fuser.constant(pad.inputs[1]) : nullptr;
    if (amounts != nullptr && amounts->type != onnx::ElementType::int64) {
        return {};
    }
    if (amounts != nullptr) {
        const auto list = amounts->as<std::int64_t>();
        pads.assign(list.begin(), list.end());
    }
    const ValueId fill = pad.inputs.size() > 2 ? pad.inputs[2] : NO_VALUE;
    const bool zero = fill == NO_VALUE ? pad.attributes.real("value", 0) == 0
                                       : fuser.scalar(fill) && *fuser.scalar(fill) == 0;
    if (!zero || pad.attributes.string("mode", "constant") != "constant" || pad.inputs.size() > 3 ||
        pads.size() != 2 * rank || rank < 3 || pads[0] != 0 || pads[1] != 0 || pads[rank] != 0 ||
        pads[rank + 1] != 0 ||
        std::any_of(pads.begin(), pads.end(), [](std::int64_t amount) { return amount < 0; })) {
        return {};
    }
    Dims spatial(pads.begin() + 2, pads.begin() + static_cast<std::ptrdiff_t>(rank));
    spatial.insert(spatial.end(), pads.begin() + static_cast<std::ptrdiff_t>(rank) + 2, pads.end());
    return spatial;
}

} // namespace

bool fuse_pad(Fuser& fuser, const Node& last) noexcept {
    if (last.op != Op::conv || last.attributes.string("auto_pad", "NOTSET") != "NOTSET") {
        return false;
    }
    const Node* pad = fuser.inner(last.inputs[0], Op::pad);
    Dims pads = pad == nullptr ? Dims{} : spatial_zeros(fuser, *pad);
    const auto own = last.attributes.integers("pads");
    if (pads.empty() || (!own.empty() && own.size() != pads.size()) ||
        std::any_of(own.begin(), own.end(), [](std::int64_t amount) { return amount < 0; })) {
        return false;
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
        pads[i] += own[i]; // each is below 2^41
    }
    // More than a window may have (window.cpp).
    if (std::any_of(pads.begin(), pads.end(), [](std::int64_t amount) {
            return amount > std::numeric_limits<std::int32_t>::max();
        })) {
        return false;
    }
    std::vector<onnx::Attribute> attributes;
    for (const onnx::Attribute& attribute : last.attributes.items()) {
        if (attribute.name != "pads") {
            attributes.push_back(attribute);
        }
    }
    onnx::Attribute sum;
    sum.name = "pads";
    sum.kind = onnx::AttributeKind::integers;
    sum.integers.assign(pads.begin(), pads.end());
    attributes.push_back(std::move(sum));
    std::vector<ValueId> inputs = last.inputs;
    inputs[0] = pad->inputs[0];
    fuser.replace(last, Op::conv, last.version, std::move(inputs), std::move(attributes));
    return true;
}

} // namespace assay::runtime
