// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/lowering.hpp"

#include <algorithm>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::Buffer;
using onnx::ValueId;
using onnx::ValueShape;

static_assert(Buffer::PADDING >= XNN_EXTRA_BYTES, "XNNPACK reads past the end of its inputs");

/// Whether both orders store the elements alike.
bool orders_agree(const XnnDims& nhwc) noexcept {
    return nhwc[3] == 1 || nhwc[1] * nhwc[2] == 1;
}

} // namespace

XnnDims xnn_dims(std::span<const std::int64_t> dims) noexcept {
    XnnDims out(dims.empty() ? 1 : dims.size(), 1); // a scalar broadcasts as one element does
    std::copy(dims.begin(), dims.end(), out.begin());
    return out;
}

XnnDims channels_last_dims(std::span<const std::int64_t> dims) noexcept {
    const XnnDims plain(dims.begin(), dims.end());
    return plain.size() == 3 ? XnnDims{plain[0], 1, plain[2], plain[1]}
                             : XnnDims{plain[0], plain[2], plain[3], plain[1]};
}

std::size_t channels_last_axis(std::size_t axis, std::size_t rank) noexcept {
    if (axis < 2) {
        return axis == 0 ? 0 : 3;
    }
    return rank == 3 ? axis : axis - 1;
}

std::size_t data_operands(const onnx::Node& node) noexcept {
    switch (node.op) {
    case onnx::Op::clip:
    case onnx::Op::expand:
    case onnx::Op::pad:
    case onnx::Op::reduce_mean:
    case onnx::Op::reduce_sum:
    case onnx::Op::reshape:
    case onnx::Op::slice:
    case onnx::Op::split:
    case onnx::Op::squeeze:
    case onnx::Op::unsqueeze:
        return 1;
    default:
        return node.inputs.size();
    }
}

Lowering::Lowering(std::span<const ValueShape> values, std::span<const ValueId> inputs,
                   std::span<const ValueId> outputs, std::span<const char> held,
                   std::span<const char> lasting, PackedWeights& packed) noexcept
    : values_{values}, input_count_{inputs.size()}, held_{held}, lasting_{lasting}, packed_{
                                                                                        packed} {
    for (const auto& ids : {inputs, outputs}) {
        for (const ValueId id : ids) {
            externals_.emplace(id, static_cast<std::uint32_t>(externals_.size()));
        }
    }
    xnn_subgraph_t subgraph = nullptr;
    check(xnn_create_subgraph(static_cast<std::uint32_t>(externals_.size()), 0, &subgraph));
    subgraph_.reset(subgraph);
}

void Lowering::check(xnn_status status) noexcept {
    if (status_ == xnn_status_success) {
        status_ = status;
    }
}

std::uint32_t Lowering::tensor(const XnnDims& dims, const void* data, std::uint32_t external_id,
                               std::uint32_t flags, const Quantization& quantization) noexcept {
    std::uint32_t id = XNN_INVALID_VALUE_ID;
    if (ok() && quantization.type != xnn_datatype_fp32) {
        check(xnn_define_quantized_tensor_value(subgraph(), quantization.type, quantization.zero,
                                                quantization.scale, dims.size(), dims.data(), data,
                                                external_id, flags, &id));
    } else if (ok()) {
        check(xnn_define_tensor_value(subgraph(), xnn_datatype_fp32, dims.size(), dims.data(), data,
                                      external_id, flags, &id));
    }
    return id;
}

std::uint32_t Lowering::temporary(const XnnDims& dims, ValueId like) noexcept {
    return tensor(dims, nullptr, XNN_INVALID_VALUE_ID, 0, quantization(like));
}

void Lowering::note_weights(const onnx::Node& node) noexcept {
    const bool has_weights =
        node.op == onnx::Op::quantized_conv || node.op == onnx::Op::quantized_gemm;
    bytes_are_unsigned_ = bytes_are_unsigned_ ||
                          (has_weights && values_[node.inputs[3]].type == onnx::ElementType::uint8);
    if (has_weights || node.op == onnx::Op::conv) {
        const ValueShape& weights = values_[node.inputs[has_weights ? 3 : 1]];
        const std::uint64_t bytes = onnx::byte_count(weights.type, weights.dims).value_or(0);
        largest_weights_ = std::max(largest_weights_, static_cast<std::size_t>(bytes));
        ++noted_;
    }
}

void Lowering::name(const void* address, ValueId id, std::uint64_t form) noexcept {
    packed_.name(address, lasting_[id] == 0 ? std::optional<WeightSource>{}
                                            : WeightSource{values_[id].constant, form});
}

const void* Lowering::address(ValueId id) noexcept {
    const onnx::Tensor& tensor = *values_[id].constant;
    if (!tensor.is_released()) {
        name(tensor.elements.data(), id, AS_IT_IS);
        return tensor.elements.data();
    }
    packed_.name(&tensor, WeightSource{&tensor, AS_IT_IS}, [] { return false; });
    return &tensor;
}

/// XNNPACK tells weights apart by address and reads them when it packs, one node after the other:
/// so they may overlap.
void* Lowering::packed_later(ValueId id, std::uint64_t form,
                             std::function<void(void*)> write) noexcept {
    constexpr std::size_t STEP = sizeof(float);
    if (room_ == nullptr) {
        room_ = static_cast<std::uint8_t*>(
            allocate(largest_weights_ + STEP * noted_, Keep::while_packing));
    }
    if (room_ == nullptr) {
        return nullptr;
    }
    void* const place = room_ + STEP * placed_++;
    const onnx::Tensor& tensor = *values_[id].constant;
    packed_.name(place,
                 lasting_[id] == 0 ? std::optional<WeightSource>{} : WeightSource{&tensor, form},
                 [&tensor, place, write = std::move(write)] {
                     if (!tensor.is_released()) {
                         write(place);
                     }
                     return !tensor.is_released();
                 });
    return place;
}

void Lowering::quantize(ValueId id, ValueId scale, ValueId zero) noexcept {
    const bool is_signed = values_[id].type == onnx::ElementType::int8;
    const onnx::Tensor* z = zero == onnx::NO_VALUE ? nullptr : values_[zero].constant;
    Quantization out;
    out.scale = values_[scale].constant->as<float>()[0];
    out.zero = z == nullptr ? 0 : (is_signed ? z->as<std::int8_t>()[0] : z->as<std::uint8_t>()[0]);
    out.is_shifted = !is_signed && !bytes_are_unsigned_;
    out.zero -= out.is_shifted ? 128 : 0;
    out.type = is_signed || out.is_shifted ? xnn_datatype_qint8 : xnn_datatype_quint8;
    const Quantization& known = quantizations_.emplace(id, out).first->second;
    if (known.scale != out.scale || known.zero != out.zero) {
        check(xnn_status_unsupported_parameter); // read with another scale than written
    }
}

Quantization Lowering::quantization(ValueId id) const noexcept {
    const auto found = quantizations_.find(id);
    return found == quantizations_.end() ? Quantization{} : found->second;
}

void* Lowering::allocate(std::size_t bytes, Keep keep) noexcept {
    Result<Buffer> buffer = Buffer::allocate(bytes);
    if (!buffer) {
        check(xnn_status_out_of_memory);
        return nullptr;
    }
    std::vector<Buffer>& kept = keep == Keep::while_running ? constants_ : weights_;
    kept.push_back(*std::move(buffer));
    return kept.back().data();
}

float* Lowering::new_constant(const XnnDims& dims, Keep keep, std::uint32_t& id) noexcept {
    std::size_t count = 1;
    for (const std::size_t dim : dims) {
        count *= dim;
    }
    auto* elements = static_cast<float*>(allocate(count * sizeof(float), keep));
    if (elements == nullptr) {
        return nullptr;
    }
    id = tensor(dims, elements, XNN_INVALID_VALUE_ID, 0);
    return elements;
}

std::uint32_t Lowering::external_input(ValueId id) noexcept {
    const Quantization held = quantization(id);
    if (held.is_shifted) {
        check(xnn_status_unsupported_parameter);
    }
    const onnx::Dims& dims = values_[id].dims;
    return tensor(held_[id] != 0 ? channels_last_dims(dims) : xnn_dims(dims), nullptr,
                  externals_.at(id), XNN_VALUE_FLAG_EXTERNAL_INPUT, held);
}

bool Lowering::is_external_output(ValueId id) const noexcept {
    const auto external = externals_.find(id);
    return external != externals_.end() && external->second >= input_count_;
}

std::uint32_t Lowering::plain(ValueId id) noexcept {
    Forms& forms = forms_[id];
    if (forms.plain != XNN_INVALID_VALUE_ID) {
        return forms.plain;
    }
    const ValueShape& shape = values_[id];
    if (shape.constant != nullptr) {
        forms.plain = tensor(xnn_dims(shape.dims), address(id), XNN_INVALID_VALUE_ID, 0);
    } else if (forms.channels_last != XNN_INVALID_VALUE_ID || held_[id] != 0) {
        const std::uint32_t from = channels_last(id);
        forms.plain = define_plain(id);
        to_plain(id, from, forms.plain);
    } else {
        forms.plain = external_input(id);
    }
    return forms.plain;
}

std::uint32_t Lowering::channels_last(ValueId id) noexcept {
    Forms& forms = forms_[id];
    if (forms.channels_last != XNN_INVALID_VALUE_ID) {
        return forms.channels_last;
    }
    if (values_[id].constant != nullptr) {
        forms.channels_last = permuted_constant(id);
    } else if (forms.plain != XNN_INVALID_VALUE_ID || held_[id] == 0) {
        const std::uint32_t from = plain(id);
        forms.channels_last = define_channels_last(id);
        to_channels_last(id, from, forms.channels_last);
    } else {
        forms.channels_last = external_input(id);
    }
    return forms.channels_last;
}

bool Lowering::prefers_channels_last(ValueId id) const noexcept {
    const auto found = forms_.find(id);
    if (found == forms_.end()) {
        return held_[id] != 0; // written by another step
    }
    return found->second.channels_last != XNN_INVALID_VALUE_ID &&
           found->second.plain == XNN_INVALID_VALUE_ID;
}

std::uint32_t Lowering::define_plain(ValueId id) noexcept {
    const bool is_output = is_external_output(id) && held_[id] == 0;
    const Quantization held = quantization(id);
    if (is_output && held.is_shifted) {
        check(xnn_status_unsupported_parameter);
    }
    const std::uint32_t defined = tensor(xnn_dims(values_[id].dims), nullptr,
                                         is_output ? externals_.at(id) : XNN_INVALID_VALUE_ID,
                                         is_output ? XNN_VALUE_FLAG_EXTERNAL_OUTPUT : 0, held);
    forms_[id].plain = defined;
    return defined;
}

std::uint32_t Lowering::define_channels_last(ValueId id) noexcept {
    const bool is_output = is_external_output(id) && held_[id] != 0;
    const std::uint32_t defined =
        tensor(channels_last_dims(values_[id].dims), nullptr,
               is_output ? externals_.at(id) : XNN_INVALID_VALUE_ID,
               is_output ? XNN_VALUE_FLAG_EXTERNAL_OUTPUT : 0, quantization(id));
    forms_[id].channels_last = defined;
    return defined;
}

void Lowering::reshape(std::uint32_t from, std::uint32_t to, const XnnDims& dims) noexcept {
    if (ok()) {
        check(xnn_define_static_reshape(subgraph(), dims.size(), dims.data(), from, to, 0));
    }
}

void Lowering::transpose(std::uint32_t from, std::uint32_t to, const XnnDims& order) noexcept {
    if (ok()) {
        check(xnn_define_static_transpose(subgraph(), order.size(), order.data(), from, to, 0));
    }
}

void Lowering::to_channels_last(ValueId id, std::uint32_t from, std::uint32_t to) noexcept {
    const XnnDims nhwc = channels_last_dims(values_[id].dims);
    if (orders_agree(nhwc)) {
        reshape(from, to, nhwc);
    } else if (values_[id].dims.size() == 4) {
        transpose(from, to, {0, 2, 3, 1});
    } else {
        const std::uint32_t rows = temporary({nhwc[0], nhwc[2], nhwc[3]}, id);
        transpose(from, rows, {0, 2, 1});
        reshape(rows, to, nhwc);
    }
}

void Lowering::to_plain(ValueId id, std::uint32_t from, std::uint32_t to) noexcept {
    const XnnDims nhwc = channels_last_dims(values_[id].dims);
    if (orders_agree(nhwc)) {
        reshape(from, to, xnn_dims(values_[id].dims));
    } else if (values_[id].dims.size() == 4) {
        transpose(from, to, {0, 3, 1, 2});
    } else {
        const std::uint32_t rows = temporary({nhwc[0], nhwc[2], nhwc[3]}, id);
        reshape(from, rows, {nhwc[0], nhwc[2], nhwc[3]});
        transpose(rows, to, {0, 2, 1});
    }
}

std::uint32_t Lowering::permuted_constant(ValueId id) noexcept {
    const ValueShape& shape = values_[id];
    const XnnDims nhwc = channels_last_dims(shape.dims);
    const std::size_t pixels = nhwc[1] * nhwc[2];
    const std::size_t channels = nhwc[3];
    std::uint32_t defined = XNN_INVALID_VALUE_ID;
    float* to = new_constant(nhwc, Keep::while_running, defined);
    const float* from = shape.constant->as<float>().data();
    for (std::size_t n = 0; to != nullptr && n < nhwc[0]; ++n) {
        for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
            for (std::size_t c = 0; c < channels; ++c) {
                *to++ = from[(n * channels + c) * pixels + pixel];
            }
        }
    }
    return defined;
}

void Lowering::finish() noexcept {
    for (const auto& external : externals_) {
        // Every external id must be defined.
        (void) (held_[external.first] != 0 ? channels_last(external.first) : plain(external.first));
    }
}

} // namespace assay::runtime
