// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Operators that move elements, and sums along axes. Between convolutions they stay channels last:
// their axes are translated instead of their operands.
#include "core/runtime/lowering.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::Op;
using onnx::ValueId;
using onnx::ValueShape;

/// A constant list of int64 or int32, or the attribute of that name before it became an input.
Dims integers(const NodeView& view, std::size_t index, const char* attribute) noexcept {
    if (!view.has_input(index)) {
        const auto list = view.node.attributes.integers(attribute);
        return {list.begin(), list.end()};
    }
    const onnx::Tensor& tensor = *view.input(index).constant;
    Dims out(static_cast<std::size_t>(tensor.count()));
    if (tensor.type == onnx::ElementType::int32) {
        const auto from = tensor.as<std::int32_t>();
        std::copy(from.begin(), from.end(), out.begin());
    } else {
        const auto from = tensor.as<std::int64_t>();
        std::copy(from.begin(), from.end(), out.begin());
    }
    return out;
}

/// A node of one operand in whichever layout that has.
struct Form {
    Form(Lowering& lowering, const NodeView& view) noexcept
        : rank{view.input(0).dims.size()}, last{(rank == 3 || rank == 4) &&
                                                lowering.prefers_channels_last(
                                                    view.node.inputs[0])},
          from{last ? lowering.channels_last(view.node.inputs[0])
                    : lowering.plain(view.node.inputs[0])},
          dims{last ? channels_last_dims(view.input(0).dims) : xnn_dims(view.input(0).dims)} {}

    [[nodiscard]] std::size_t axis(std::size_t axis) const noexcept {
        return last ? channels_last_axis(axis, rank) : axis;
    }
    [[nodiscard]] std::uint32_t define(Lowering& lowering, ValueId id) const noexcept {
        return last ? lowering.define_channels_last(id) : lowering.define_plain(id);
    }

    std::size_t rank;
    bool last;
    std::uint32_t from;
    XnnDims dims;
};

std::uint32_t concatenate(Lowering& lowering, std::size_t axis, std::span<const std::uint32_t> from,
                          std::uint32_t to) noexcept {
    xnn_subgraph_t graph = lowering.subgraph();
    const auto at = static_cast<std::int32_t>(axis);
    switch (from.size()) {
    case 2:
        lowering.check(xnn_define_concatenate2(graph, at, from[0], from[1], to, 0));
        break;
    case 3:
        lowering.check(xnn_define_concatenate3(graph, at, from[0], from[1], from[2], to, 0));
        break;
    case 4:
        lowering.check(
            xnn_define_concatenate4(graph, at, from[0], from[1], from[2], from[3], to, 0));
        break;
    default:
        lowering.check(
            xnn_define_concatenate5(graph, at, from[0], from[1], from[2], from[3], from[4], to, 0));
    }
    return to;
}

/// The part that a Slice of step 1 keeps of each dimension.
struct Part {
    std::vector<std::size_t> offsets;
    std::vector<std::size_t> sizes;
};

/// @return nothing for another step.
std::optional<Part> slice_part(const NodeView& view) noexcept {
    const Dims& dims = view.input(0).dims;
    const Dims starts = integers(view, 1, "starts");
    Dims axes = integers(view, 3, "axes");
    const Dims steps = integers(view, 4, "steps");
    if (std::any_of(steps.begin(), steps.end(), [](std::int64_t step) { return step != 1; })) {
        return std::nullopt;
    }
    Part part{std::vector<std::size_t>(dims.size()), xnn_dims(view.output(0).dims)};
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::size_t axis =
            axes.empty() ? i : onnx::normalize_axis(axes[i], dims.size()).value_or(0);
        const std::int64_t size = dims[axis];
        const std::int64_t start = starts[i] < 0 ? starts[i] + size : starts[i];
        part.offsets[axis] = static_cast<std::size_t>(std::clamp<std::int64_t>(start, 0, size));
    }
    return part;
}

void define_slice(Lowering& lowering, const Form& form, const Part& part, ValueId output) noexcept {
    XnnDims offsets(form.dims.size());
    XnnDims sizes = form.dims;
    for (std::size_t axis = 0; axis < form.rank; ++axis) {
        offsets[form.axis(axis)] = part.offsets[axis];
        sizes[form.axis(axis)] = part.sizes[axis];
    }
    const std::uint32_t to = form.define(lowering, output);
    if (lowering.ok()) {
        lowering.check(xnn_define_static_slice(lowering.subgraph(), sizes.size(), offsets.data(),
                                               sizes.data(), form.from, to, 0));
    }
}

} // namespace

void lower_reshape(Lowering& lowering, const NodeView& view) noexcept {
    const std::uint32_t from = lowering.plain(view.node.inputs[0]);
    const std::uint32_t to = lowering.define_plain(view.node.outputs[0]);
    const XnnDims dims = xnn_dims(view.output(0).dims);
    if (lowering.ok()) {
        lowering.check(
            xnn_define_static_reshape(lowering.subgraph(), dims.size(), dims.data(), from, to, 0));
    }
}

bool has_concat_form(const NodeView& view) noexcept {
    return view.node.inputs.size() > 1;
}

void lower_concat(Lowering& lowering, const NodeView& view) noexcept {
    const std::vector<ValueId>& inputs = view.node.inputs;
    const Dims& out = view.output(0).dims;
    const std::size_t rank = out.size();
    std::size_t axis =
        onnx::normalize_axis(view.node.attributes.integer("axis", 1), rank).value_or(0);
    const bool last = (rank == 3 || rank == 4) &&
                      std::any_of(inputs.begin(), inputs.end(), [&lowering](ValueId id) {
                          return lowering.prefers_channels_last(id);
                      });
    std::vector<std::uint32_t> from;
    for (const ValueId id : inputs) {
        from.push_back(last ? lowering.channels_last(id) : lowering.plain(id));
    }
    axis = last ? channels_last_axis(axis, rank) : axis;
    const XnnDims full = last ? channels_last_dims(out) : xnn_dims(out);
    const auto size_along = [&](ValueId id) noexcept {
        const Dims& dims = lowering.value(id).dims;
        return (last ? channels_last_dims(dims) : xnn_dims(dims))[axis];
    };
    // Up to five at a time.
    std::uint32_t joined = from.front();
    std::size_t size = size_along(inputs.front());
    for (std::size_t i = 1; i < from.size() && lowering.ok();) {
        const std::size_t count = std::min<std::size_t>(4, from.size() - i);
        std::vector<std::uint32_t> parts = {joined};
        for (std::size_t k = i; k < i + count; ++k) {
            parts.push_back(from[k]);
            size += size_along(inputs[k]);
        }
        i += count;
        XnnDims dims = full;
        dims[axis] = size;
        const std::uint32_t to = i < from.size() ? lowering.temporary(dims)
                                 : last ? lowering.define_channels_last(view.node.outputs[0])
                                        : lowering.define_plain(view.node.outputs[0]);
        joined = lowering.ok() ? concatenate(lowering, axis, parts, to) : to;
    }
}

bool has_slice_form(const NodeView& view) noexcept {
    return slice_part(view).has_value();
}

void lower_slice(Lowering& lowering, const NodeView& view) noexcept {
    define_slice(lowering, Form{lowering, view}, *slice_part(view), view.node.outputs[0]);
}

bool has_split_form(const NodeView& view) noexcept {
    return !view.input(0).dims.empty();
}

void lower_split(Lowering& lowering, const NodeView& view) noexcept {
    const Form form{lowering, view};
    const std::size_t axis =
        onnx::normalize_axis(view.node.attributes.integer("axis", 0), form.rank).value_or(0);
    Part part{std::vector<std::size_t>(form.rank), {}};
    const std::size_t count = view.node.outputs.size();
    const auto whole = static_cast<std::size_t>(view.input(0).dims[axis]);
    const Dims sizes = integers(view, 1, "split");
    for (std::size_t i = 0; i < count; ++i) {
        // Without sizes: equal parts, the last one smaller.
        const std::size_t size =
            sizes.empty() ? std::min((whole + count - 1) / count, whole - part.offsets[axis])
                          : static_cast<std::size_t>(sizes[i]);
        if (view.node.outputs[i] != onnx::NO_VALUE) {
            part.sizes = xnn_dims(view.output(i).dims);
            define_slice(lowering, form, part, view.node.outputs[i]);
        }
        part.offsets[axis] += size;
    }
}

bool has_pad_form(const NodeView& view) noexcept {
    const Dims pads = integers(view, 1, "pads");
    const ValueShape* fill = view.has_input(2) ? &view.input(2) : nullptr;
    return view.node.attributes.string("mode", "constant") == "constant" && !view.has_input(3) &&
           pads.size() == 2 * view.input(0).dims.size() &&
           std::all_of(pads.begin(), pads.end(), [](std::int64_t pad) { return pad >= 0; }) &&
           (fill == nullptr || fill->constant->count() == 1);
}

void lower_pad(Lowering& lowering, const NodeView& view) noexcept {
    const Form form{lowering, view};
    const Dims pads = integers(view, 1, "pads");
    XnnDims before(form.dims.size());
    XnnDims after(form.dims.size());
    for (std::size_t axis = 0; axis < form.rank; ++axis) {
        before[form.axis(axis)] = static_cast<std::size_t>(pads[axis]);
        after[form.axis(axis)] = static_cast<std::size_t>(pads[form.rank + axis]);
    }
    const bool by_inputs = view.node.version >= 11;
    const float fill = view.has_input(2) ? view.input(2).constant->as<float>()[0]
                       : by_inputs       ? 0
                                         : view.node.attributes.real("value", 0);
    const std::uint32_t to = form.define(lowering, view.node.outputs[0]);
    if (lowering.ok()) {
        lowering.check(xnn_define_static_constant_pad(lowering.subgraph(), before.data(),
                                                      after.data(), fill, form.from, to, 0));
    }
}

void lower_transpose(Lowering& lowering, const NodeView& view) noexcept {
    const std::size_t rank = view.input(0).dims.size();
    XnnDims order(std::max<std::size_t>(rank, 1));
    const auto perm = view.node.attributes.integers("perm");
    for (std::size_t i = 0; i < rank; ++i) {
        order[i] = perm.empty() ? rank - 1 - i : static_cast<std::size_t>(perm[i]);
    }
    const std::uint32_t from = lowering.plain(view.node.inputs[0]);
    lowering.transpose(from, lowering.define_plain(view.node.outputs[0]), order);
}

namespace {

/// The axes that are summed over, each once, in order.
XnnDims reduced_axes(const NodeView& view) noexcept {
    const std::size_t rank = view.input(0).dims.size();
    XnnDims axes;
    for (const std::int64_t axis : integers(view, 1, "axes")) {
        axes.push_back(onnx::normalize_axis(axis, rank).value_or(0));
    }
    std::sort(axes.begin(), axes.end());
    axes.erase(std::unique(axes.begin(), axes.end()), axes.end());
    return axes;
}

} // namespace

/// XNNPACK gives another sum when nothing is left.
bool has_reduce_form(const NodeView& view) noexcept {
    const std::size_t count = reduced_axes(view).size();
    return count != 0 && count < view.input(0).dims.size();
}

void lower_reduce(Lowering& lowering, const NodeView& view) noexcept {
    const bool keeps = view.node.attributes.integer("keepdims", 1) != 0;
    const ValueId x = view.node.inputs[0];
    const std::size_t rank = view.input(0).dims.size();
    const bool last = keeps && (rank == 3 || rank == 4) && lowering.prefers_channels_last(x);
    const std::uint32_t from = last ? lowering.channels_last(x) : lowering.plain(x);
    XnnDims axes = reduced_axes(view);
    for (std::size_t& axis : axes) {
        axis = last ? channels_last_axis(axis, rank) : axis;
    }
    std::sort(axes.begin(), axes.end());
    const std::uint32_t to = last ? lowering.define_channels_last(view.node.outputs[0])
                                  : lowering.define_plain(view.node.outputs[0]);
    if (lowering.ok()) {
        lowering.check(xnn_define_static_reduce(
            lowering.subgraph(), view.node.op == Op::reduce_mean ? xnn_reduce_mean : xnn_reduce_sum,
            axes.size(), axes.data(), from, to, keeps ? XNN_FLAG_KEEP_DIMS : 0));
    }
}

} // namespace assay::runtime
