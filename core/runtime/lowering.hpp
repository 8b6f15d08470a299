// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Translates one segment of a graph to an XNNPACK subgraph (inference.md §2, §3.4, §3.8).
///
/// Layout: outside a segment a tensor is in ONNX order (N,C,spatial), unless the plan holds it
/// channels last, because a kernel reads or writes it so. Inside, a tensor may have a second,
/// channels-last form of four dimensions (N,H,W,C; H = 1 for one spatial dimension), in
/// which XNNPACK convolves and pools. Either form is made from the other when it is first asked
/// for, so a transpose stands only where a region of convolutions begins or ends.
#pragma once

#include "core/onnx/buffer.hpp"
#include "core/onnx/graph.hpp"
#include "core/onnx/shape.hpp"
#include "core/runtime/packed_weights.hpp"

#include <xnnpack.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace assay::runtime {

struct SubgraphDelete {
    void operator()(xnn_subgraph_t subgraph) const noexcept { xnn_delete_subgraph(subgraph); }
};
using Subgraph = std::unique_ptr<xnn_subgraph, SubgraphDelete>;

/// A node with what is bound for its inputs and outputs.
struct NodeView {
    const onnx::Node& node;
    std::span<const onnx::ValueShape> values; ///< of the whole graph, by ValueId

    [[nodiscard]] bool has_input(std::size_t index) const noexcept {
        return index < node.inputs.size() && node.inputs[index] != onnx::NO_VALUE;
    }
    [[nodiscard]] const onnx::ValueShape& input(std::size_t index) const noexcept {
        return values[node.inputs[index]];
    }
    [[nodiscard]] const onnx::ValueShape& output(std::size_t index) const noexcept {
        return values[node.outputs[index]];
    }
};

/// XNNPACK's size type for dimensions.
using XnnDims = std::vector<std::size_t>;

[[nodiscard]] XnnDims xnn_dims(std::span<const std::int64_t> dims) noexcept;

/// How long a constant of our own making is read.
enum class Keep : bool {
    while_packing, ///< weights and biases, which XNNPACK copies into its own order
    while_running,
};

/// What a node's weights are turned to before XNNPACK packs them (WeightSource::form). Forms above
/// are the nodes' own.
enum WeightForm : std::uint64_t {
    AS_IT_IS = 0,
    CHANNELS_LAST = 1,
    DEPTHWISE = 2,
    SCALED = std::uint64_t{1} << 32,  ///< and the bits of the factor
    OF_NODE = std::uint64_t{1} << 33, ///< and the node's output
};

/// How XNNPACK holds a quantised tensor. Unsigned bytes are shifted by 128 beside signed weights.
struct Quantization {
    xnn_datatype type = xnn_datatype_fp32;
    std::int32_t zero = 0;
    float scale = 1;
    bool is_shifted = false;
};

/// The subgraph under construction. Calls return XNN_INVALID_VALUE_ID, or do nothing, after the
/// first failure; ok() tells at the end.
class Lowering {
public:
    /// @param values   bound shapes and constants; constants must outlive the runtime
    /// @param outputs  values of the segment that are read outside it
    /// @param held     which values lie channels last outside the segment
    /// @param lasting  which values are constants for all shapes
    /// @param packed   is told where weights are; must outlive the runtime
    Lowering(std::span<const onnx::ValueShape> values, std::span<const onnx::ValueId> inputs,
             std::span<const onnx::ValueId> outputs, std::span<const char> held,
             std::span<const char> lasting, PackedWeights& packed) noexcept;

    [[nodiscard]] bool ok() const noexcept { return status_ == xnn_status_success; }
    void check(xnn_status status) noexcept;
    [[nodiscard]] xnn_subgraph_t subgraph() const noexcept { return subgraph_.get(); }
    [[nodiscard]] const onnx::ValueShape& value(onnx::ValueId id) const noexcept {
        return values_[id];
    }

    /// @return the XNNPACK id of a value that a node reads, in ONNX order or channels last.
    [[nodiscard]] std::uint32_t plain(onnx::ValueId id) noexcept;
    [[nodiscard]] std::uint32_t channels_last(onnx::ValueId id) noexcept;
    /// Whether the value exists channels last, and only so.
    [[nodiscard]] bool prefers_channels_last(onnx::ValueId id) const noexcept;

    /// Says that a node of the segment has these weights: unsigned ones keep all bytes unsigned,
    /// and room for the largest is needed while XNNPACK packs. To be called for all nodes first.
    void note_weights(const onnx::Node& node) noexcept;
    /// Says how a quantised value is held. To be called before it is read or defined.
    /// @param zero  NO_VALUE for 0
    void quantize(onnx::ValueId id, onnx::ValueId scale, onnx::ValueId zero) noexcept;
    [[nodiscard]] Quantization quantization(onnx::ValueId id) const noexcept;

    /// @return a new XNNPACK id for a value that a node writes.
    [[nodiscard]] std::uint32_t define_plain(onnx::ValueId id) noexcept;
    [[nodiscard]] std::uint32_t define_channels_last(onnx::ValueId id) noexcept;
    /// @return an intermediate that no node of the graph has, of the type of @p like.
    [[nodiscard]] std::uint32_t temporary(const XnnDims& dims,
                                          onnx::ValueId like = onnx::NO_VALUE) noexcept;
    /// @return room for a constant, which the caller fills; null on failure.
    [[nodiscard]] float* new_constant(const XnnDims& dims, Keep keep, std::uint32_t& id) noexcept;
    /// @return memory for a constant that the caller defines; null on failure.
    [[nodiscard]] void* allocate(std::size_t bytes, Keep keep) noexcept;
    /// @return the address of a constant, and not more than an address when it was released.
    [[nodiscard]] const void* address(onnx::ValueId id) noexcept;
    /// @return the address of weights in another form, which the caller defines; @p write fills it
    ///   when XNNPACK comes to pack them, in place of the weights before. Null on failure.
    [[nodiscard]] void* packed_later(onnx::ValueId id, std::uint64_t form,
                                     std::function<void(void*)> write) noexcept;
    /// Whether a constant is the same for all shapes.
    [[nodiscard]] bool lasts(onnx::ValueId id) const noexcept { return lasting_[id] != 0; }
    /// Says that what is at @p address was made of a constant.
    void name(const void* address, onnx::ValueId id, std::uint64_t form) noexcept;
    [[nodiscard]] std::uint32_t constant(const XnnDims& dims, const void* data) noexcept {
        return tensor(dims, data, XNN_INVALID_VALUE_ID, 0);
    }
    void transpose(std::uint32_t from, std::uint32_t to, const XnnDims& order) noexcept;

    /// Writes the outputs that do not exist in the order in which they are held. The last call.
    void finish() noexcept;
    /// Constants that the runtime reads as long as it lives.
    [[nodiscard]] std::vector<onnx::Buffer> take_constants() noexcept {
        return std::move(constants_);
    }

private:
    struct Forms {
        std::uint32_t plain = XNN_INVALID_VALUE_ID;
        std::uint32_t channels_last = XNN_INVALID_VALUE_ID;
    };

    std::uint32_t tensor(const XnnDims& dims, const void* data, std::uint32_t external_id,
                         std::uint32_t flags, const Quantization& quantization = {}) noexcept;
    void to_channels_last(onnx::ValueId id, std::uint32_t from, std::uint32_t to) noexcept;
    void to_plain(onnx::ValueId id, std::uint32_t from, std::uint32_t to) noexcept;
    std::uint32_t permuted_constant(onnx::ValueId id) noexcept;
    /// @return the tensor of a value that another step writes, in the order in which it is held.
    std::uint32_t external_input(onnx::ValueId id) noexcept;
    [[nodiscard]] bool is_external_output(onnx::ValueId id) const noexcept;
    void reshape(std::uint32_t from, std::uint32_t to, const XnnDims& dims) noexcept;

    std::span<const onnx::ValueShape> values_;
    std::map<onnx::ValueId, std::uint32_t> externals_; ///< external id of inputs and outputs
    std::size_t input_count_;
    std::map<onnx::ValueId, Forms> forms_;
    std::map<onnx::ValueId, Quantization> quantizations_;
    bool bytes_are_unsigned_ = false;
    std::span<const char> held_;
    std::span<const char> lasting_;
    PackedWeights& packed_;
    std::size_t largest_weights_ = 0; ///< bytes
    std::size_t noted_ = 0;           ///< nodes with weights
    std::size_t placed_ = 0;          ///< of them, those that packed_later() has given an address
    std::uint8_t* room_ = nullptr;    ///< for one node's weights at a time
    Subgraph subgraph_;
    xnn_status status_ = xnn_status_success;
    std::vector<onnx::Buffer> constants_; ///< Keep::while_running
    std::vector<onnx::Buffer> weights_;   ///< Keep::while_packing
};

/// @return the channels-last dimensions of a tensor of rank 3 or 4.
[[nodiscard]] XnnDims channels_last_dims(std::span<const std::int64_t> dims) noexcept;

/// A window of two spatial dimensions; a single one is the width, with height 1.
struct Window2d {
    std::uint32_t kernel_height = 1;
    std::uint32_t kernel_width = 1;
    std::uint32_t stride_height = 1;
    std::uint32_t stride_width = 1;
    std::uint32_t dilation_height = 1;
    std::uint32_t dilation_width = 1;
    std::uint32_t top = 0;
    std::uint32_t left = 0;
    std::uint32_t bottom = 0;
    std::uint32_t right = 0;
};

/// A convolution as XNNPACK takes it; no window when it does not: other ranks, and cropping.
struct ConvForm {
    /// @param weights  index of the operand
    ConvForm(const NodeView& view, std::size_t weights) noexcept;

    std::optional<Window2d> window;
    std::uint32_t groups;
    std::uint32_t channels;
    std::uint32_t filters;
    bool is_depthwise;
    XnnDims weight_dims; ///< O,H,W,I, or 1,H,W,O of a depthwise one
    float low;           ///< bounds that fusion has put into the node
    float high;

    /// Defines the node.
    void define(Lowering& lowering, std::uint32_t from, std::uint32_t weights, std::uint32_t bias,
                std::uint32_t to) const noexcept;
    /// Writes weights of O,I,H,W in the order of weight_dims.
    template <typename T>
    void reorder(const T* from, T* to) const noexcept {
        const std::size_t taps = std::size_t{window->kernel_height} * window->kernel_width;
        if (is_depthwise) {
            transpose(from, filters, taps, to);
            return;
        }
        const std::size_t depth = channels / groups;
        for (std::size_t o = 0; o < filters; ++o) {
            transpose(from + o * depth * taps, depth, taps, to + o * depth * taps);
        }
    }

private:
    /// Writes in order: strided reads of one filter stay in the first cache, strided writes do not.
    template <typename T>
    static void transpose(const T* from, std::size_t rows, std::size_t columns, T* to) noexcept {
        for (std::size_t column = 0; column < columns; ++column) {
            for (std::size_t row = 0; row < rows; ++row) {
                *to++ = from[row * columns + column];
            }
        }
    }
};

/// @return where a dimension of a tensor of rank 3 or 4 stands when it is channels last.
[[nodiscard]] std::size_t channels_last_axis(std::size_t axis, std::size_t rank) noexcept;

/// Operands that are data; the others say what to do with them and are constant.
[[nodiscard]] std::size_t data_operands(const onnx::Node& node) noexcept;

/// Whether XNNPACK has the operator in this form; nothing has been defined yet.
using XnnForm = bool (*)(const NodeView& view) noexcept;
/// Defines the node's operators. Failures show in Lowering::ok().
using XnnLower = void (*)(Lowering& lowering, const NodeView& view) noexcept;

[[nodiscard]] bool has_any_form(const NodeView& view) noexcept;
[[nodiscard]] bool has_arithmetic_form(const NodeView& view) noexcept;
void lower_arithmetic(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_activation_form(const NodeView& view) noexcept;
void lower_activation(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_softmax_form(const NodeView& view) noexcept;
void lower_softmax(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_batch_normalization_form(const NodeView& view) noexcept;
void lower_batch_normalization(Lowering& lowering, const NodeView& view) noexcept;
void lower_gemm(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_matmul_form(const NodeView& view) noexcept;
void lower_matmul(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_conv_form(const NodeView& view) noexcept;
void lower_conv(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_conv_transpose_form(const NodeView& view) noexcept;
void lower_conv_transpose(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_pool_form(const NodeView& view) noexcept;
void lower_pool(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_global_average_pool_form(const NodeView& view) noexcept;
void lower_global_average_pool(Lowering& lowering, const NodeView& view) noexcept;
void lower_reshape(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_concat_form(const NodeView& view) noexcept;
void lower_concat(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_slice_form(const NodeView& view) noexcept;
void lower_slice(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_split_form(const NodeView& view) noexcept;
void lower_split(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_pad_form(const NodeView& view) noexcept;
void lower_pad(Lowering& lowering, const NodeView& view) noexcept;
void lower_transpose(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_reduce_form(const NodeView& view) noexcept;
void lower_reduce(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_dequantize_form(const NodeView& view) noexcept;
void lower_dequantize(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_quantize_form(const NodeView& view) noexcept;
void lower_quantize(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_quantized_add_form(const NodeView& view) noexcept;
void lower_quantized_add(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_quantized_conv_form(const NodeView& view) noexcept;
void lower_quantized_conv(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_quantized_gemm_form(const NodeView& view) noexcept;
void lower_quantized_gemm(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_quantized_mean_form(const NodeView& view) noexcept;
void lower_quantized_mean(Lowering& lowering, const NodeView& view) noexcept;
[[nodiscard]] bool has_quantized_reshape_form(const NodeView& view) noexcept;
void lower_quantized_reshape(Lowering& lowering, const NodeView& view) noexcept;

} // namespace assay::runtime
