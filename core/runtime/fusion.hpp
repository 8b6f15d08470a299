// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Nodes that belong together become one (inference.md §3.3, §4): a bias joins its product, a
/// BatchNormalization its convolution, the parts of LayerNormalization, Gelu and attention are
/// recognised, DequantizeLinear · operator · QuantizeLinear becomes an operator on integers, and a
/// convolution of 3x3 takes Winograd's form with the clamp behind it.
/// Operators that only exist here are the last rows of ops.def.
///
/// A pattern is looked for at the node that ends it. Values inside it must have no other reader.
#pragma once

#include "core/onnx/graph.hpp"
#include "core/runtime/specialize.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace assay::runtime {

/// Which patterns are looked for.
enum class Fusion : std::uint8_t {
    everything,
    all_but_winograd, ///< what is fused for XNNPACK
    released, ///< a bias into products whose weights are only there as they were packed with it
};

/// @param outputs  values that stay readable
/// @param known    constants that were made before, of the model's alone; takes those made now
/// @param memory_bytes  which constants may take; a pattern that needs more is left as it is
void fuse(Specialization& specialization, const onnx::Graph& graph,
          std::span<const onnx::ValueId> outputs, Fusion fusion, FoldedConstants& known,
          std::uint64_t memory_bytes) noexcept;

/// Removes nodes whose results nobody reads, and folded constants with them.
void drop_dead(Specialization& specialization, std::span<const onnx::ValueId> outputs) noexcept;

/// The graph while it is being fused.
class Fuser {
public:
    Fuser(Specialization& specialization, const onnx::Graph& graph,
          std::span<const onnx::ValueId> outputs, Fusion fusion, FoldedConstants& known,
          std::uint64_t memory_bytes) noexcept;

    /// Matches every pattern at every node, in order; all but Winograd's.
    void run() noexcept;
    /// What is left then, without the nodes that patterns have replaced.
    void run_winograd() noexcept;

    [[nodiscard]] Fusion fusion() const noexcept { return fusion_; }

    [[nodiscard]] const onnx::ValueShape& value(onnx::ValueId id) const noexcept {
        return specialization_.values[id];
    }
    [[nodiscard]] const onnx::Tensor* constant(onnx::ValueId id) const noexcept {
        return id == onnx::NO_VALUE ? nullptr : value(id).constant;
    }
    /// @return the node that writes a value, also one that has been folded; null for an input.
    [[nodiscard]] const onnx::Node* producer(onnx::ValueId id) const noexcept;
    /// The same when the operator is @p op and nothing else reads the value.
    [[nodiscard]] const onnx::Node* inner(onnx::ValueId id, onnx::Op op) const noexcept;
    /// Whether one node reads the value, and no one else.
    [[nodiscard]] bool is_inner(onnx::ValueId id) const noexcept {
        return id != onnx::NO_VALUE && readers_[id] == 1;
    }
    /// @return the element of a float constant that holds one.
    [[nodiscard]] std::optional<float> scalar(onnx::ValueId id) const noexcept;
    /// Whether an operand is a constant of about that value.
    [[nodiscard]] bool is_about(onnx::ValueId id, double wanted) const noexcept;
    /// The operand of a commutative node beside the one that @p test accepts.
    /// @return its index, or 2 when neither is accepted.
    template <typename Test>
    [[nodiscard]] std::size_t other_operand(const onnx::Node& node, Test test) const noexcept {
        if (node.inputs.size() != 2) {
            return 2;
        }
        return test(node.inputs[1]) ? 0 : (test(node.inputs[0]) ? 1 : 2);
    }

    /// @return room for a new constant of floats, or null; @p id is its value.
    [[nodiscard]] float* new_constant(onnx::Dims dims, onnx::ValueId& id) noexcept;
    /// @return the graph's node whose place @p node has taken.
    [[nodiscard]] const onnx::Node& origin(const onnx::Node& node) const noexcept {
        return *origins_[node.outputs[0]];
    }
    /// @return the constant that keep() was told of at an earlier fusion, or NO_VALUE: also when
    ///   what it is made of is not the same for all plans this time.
    [[nodiscard]] onnx::ValueId known(const onnx::Node& node, std::size_t index,
                                      std::span<const onnx::ValueId> of) noexcept;
    /// Says that new constants of @p node, which is the graph's, were made of these values; they
    /// are kept for other plans when the values are the same there.
    /// @param index  of the first of them
    void keep(const onnx::Node& node, std::size_t index, std::span<const onnx::ValueId> made,
              std::span<const onnx::ValueId> of) noexcept;

    /// Puts a node in the place of @p last and takes over its outputs.
    void replace(const onnx::Node& last, onnx::Op op, int version,
                 std::vector<onnx::ValueId> inputs,
                 std::vector<onnx::Attribute> attributes) noexcept;

private:
    void count_readers(const onnx::Node& node, int step) noexcept;
    [[nodiscard]] bool last(std::span<const onnx::ValueId> ids) const noexcept;
    [[nodiscard]] onnx::ValueId add(std::shared_ptr<const onnx::Tensor> tensor) noexcept;

    Specialization& specialization_;
    Fusion fusion_;
    FoldedConstants& known_;
    std::uint64_t memory_bytes_;
    std::vector<int> readers_;                 ///< by ValueId; the caller counts as one
    std::vector<const onnx::Node*> producers_; ///< by ValueId
    std::vector<const onnx::Node*> origins_;   ///< by ValueId: of the graph
    std::size_t at_ = 0;                       ///< the live node at hand
};

[[nodiscard]] onnx::Attribute real_attribute(const char* name, float value) noexcept;
[[nodiscard]] onnx::Attribute integer_attribute(const char* name, std::int64_t value) noexcept;

[[nodiscard]] onnx::ValueId optional_input(const onnx::Node& node, std::size_t index) noexcept;
/// Narrows bounds to those of a Relu or Clip. @return false when they are not known or empty.
[[nodiscard]] bool read_bounds(const Fuser& fuser, const onnx::Node& node, float& low,
                               float& high) noexcept;

/// Patterns: each looks at the node that would end it, and replaces it.
using Pattern = bool (*)(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_attention(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_attention_output(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_bias(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_batch_normalization(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_gelu(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_layer_normalization(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_byte_weights(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_integer_matmul(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_pad(Fuser& fuser, const onnx::Node& last) noexcept;
[[nodiscard]] bool fuse_quantized(Fuser& fuser, const onnx::Node& last) noexcept;
/// For nodes that the patterns above have left.
[[nodiscard]] bool fuse_winograd(Fuser& fuser, const onnx::Node& last) noexcept;

} // namespace assay::runtime
