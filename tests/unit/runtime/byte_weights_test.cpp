// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Weights that are stored as bytes or halves of bytes and used as they are, against the same ones
// dequantised.
#include "core/runtime/byte_product.hpp"

#include "tests/unit/runtime/both_ways.hpp"

namespace assay::runtime {
namespace {

using test::attribute;
using test::ModelSpec;
using test::NodeSpec;
using Ints = std::vector<std::int64_t>;

constexpr int UINT8 = 2;
constexpr int INT8 = 3;
constexpr int UINT4 = 21;
constexpr int INT4 = 22;

/// A constant of small integers from @p least on; two a byte when they are halves of bytes.
Bytes integers(std::string_view name, const Ints& dims, int type, int least, int range) {
    const bool halves = type == INT4 || type == UINT4;
    Bytes raw;
    for (std::size_t i = 0; i < count_of(dims); ++i) {
        const int value = least + static_cast<int>(i * 7919 % 1009) % range;
        if (halves && i % 2 == 1) {
            raw.back() = static_cast<std::uint8_t>(raw.back() | (value & 15) << 4);
        } else {
            raw.push_back(static_cast<std::uint8_t>(halves ? value & 15 : value));
        }
    }
    return test::tensor_head(name, type, dims).bytes(9, raw).view();
}

Bytes scales(const Ints& dims) {
    std::vector<float> all(count_of(dims));
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = 0.002F + 0.0005F * static_cast<float>(i % 13);
    }
    return test::tensor("s", dims, all);
}

/// Runs the model both ways; the fast one must have the weights as bytes.
float difference(const ModelSpec& spec, const Ints& dims) {
    const BothWays both = run_both(spec, dims);
    CHECK(both.fast->plan()->specialization().live.front()->op == onnx::Op::byte_weight_matmul);
    CHECK(both.fast->plan()->specialization().folded_bytes == 0);
    return distance(both);
}

ModelSpec product(const Ints& weights, Bytes quanta, Bytes scale, std::vector<Bytes> attributes) {
    ModelSpec spec;
    spec.opset = 21;
    spec.nodes = {NodeSpec{"DequantizeLinear", {"w", "s"}, {"f"}, std::move(attributes)},
                  NodeSpec{"MatMul", {"x", "f"}, {"y"}}};
    spec.inputs = {test::value_info("x", test::FLOAT, {-1, -1, weights[0]})};
    spec.outputs = {"y"};
    spec.initializers = {std::move(quanta), std::move(scale)};
    return spec;
}

TEST_CASE("a product takes byte weights of a scale for each column", "[runtime]") {
    const Ints weights = {96, 77}; // not a whole number of tiles
    const ModelSpec spec = product(weights, integers("w", weights, INT8, -128, 256), scales({77}),
                                   {attribute("axis", std::int64_t{1})});
    CHECK(difference(spec, {1, 1, 96}) < 2e-4F);
    CHECK(difference(spec, {2, 3, 96}) < 2e-4F);
    CHECK(difference(spec, {1, 4, 96}) < 2e-4F);
}

TEST_CASE("a product takes byte weights of one scale, with a bias", "[runtime]") {
    const Ints weights = {64, 80};
    ModelSpec spec = product(weights, integers("w", weights, INT8, -128, 256), scales({}), {});
    spec.nodes.push_back({"Add", {"b", "y"}, {"z"}});
    spec.outputs = {"z"};
    spec.initializers.push_back(test::tensor("b", {80}, Values{3}.vector(80)));
    CHECK(difference(spec, {1, 5, 64}) < 2e-4F);
}

TEST_CASE("a product takes byte weights of a scale for each block", "[runtime]") {
    for (const int type : {INT8, INT4}) {
        const Ints weights = {128, 40};
        const ModelSpec spec = product(
            weights,
            integers("w", weights, type, type == INT8 ? -128 : -8, type == INT8 ? 256 : 16),
            scales({4, 40}),
            {attribute("axis", std::int64_t{0}), attribute("block_size", std::int64_t{32})});
        CHECK(difference(spec, {1, 3, 128}) < 2e-4F);
    }
}

TEST_CASE("a Gemm takes unsigned weights around their zero points", "[runtime]") {
    for (const int type : {UINT8, UINT4}) {
        ModelSpec spec;
        spec.opset = 21;
        const Ints weights = {70, 64};
        spec.nodes = {
            NodeSpec{
                "DequantizeLinear", {"w", "s", "z"}, {"f"}, {attribute("axis", std::int64_t{0})}},
            NodeSpec{"Gemm", {"x", "f", "b"}, {"y"}, {attribute("transB", std::int64_t{1})}}};
        spec.inputs = {test::value_info("x", test::FLOAT, {-1, 64})};
        spec.outputs = {"y"};
        const bool bytes = type == UINT8;
        spec.initializers = {integers("w", weights, type, 0, bytes ? 240 : 16), scales({70}),
                             integers("z", {70}, type, bytes ? 115 : 7, bytes ? 12 : 2),
                             test::tensor("b", {70}, Values{3}.vector(70))};
        CHECK(difference(spec, {6, 64}) < 2e-4F);
    }
}

TEST_CASE("weights that are no signed bytes around their zero point are dequantised", "[runtime]") {
    const Ints weights = {64, 80};
    const ModelSpec spec = product(weights, integers("w", weights, UINT8, 0, 256), scales({}), {});
    const BothWays both = run_both(spec, {1, 2, 64});
    CHECK(distance(both) < 1e-4F);
    CHECK(both.fast->plan()->specialization().live.front()->op == onnx::Op::matmul);
}

TEST_CASE("the bits of a product of bytes do not depend on the rows beside it", "[runtime]") {
    ByteWeights weights{24, 13, 8};
    Values some{1};
    for (std::size_t n = 0; n < 13; ++n) {
        weights.set_bias(n, some.next());
        for (std::size_t k = 0; k < 24; ++k) {
            weights.set(k, n, static_cast<std::int8_t>(some.next() * 128));
            weights.set_scale(k / 8, n, 0.01F + some.next() / 1000);
        }
    }
    const std::vector<float> x = some.vector(7 * 24);
    std::vector<float> together(7 * 13);
    weights.multiply(x.data(), together.data(), 7);
    for (std::size_t r = 0; r < 7; ++r) {
        std::vector<float> alone(13);
        weights.multiply(x.data() + r * 24, alone.data(), 1);
        CHECK(std::equal(alone.begin(), alone.end(),
                         together.begin() + static_cast<std::ptrdiff_t>(r * 13)));
    }
}

} // namespace
} // namespace assay::runtime
