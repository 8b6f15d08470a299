// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Weights that are stored as bytes or halves of bytes and used as they are, against the same ones
// dequantised.
#include "core/runtime/byte_product.hpp"
#include "core/runtime/integer_product.hpp"

#include "tests/unit/runtime/both_ways.hpp"

#include <catch2/catch_approx.hpp>

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

/// Weights of a few bits, packed from the low bits on; a column begins at a whole byte.
Bytes packed(std::size_t columns, std::size_t each, std::size_t bits,
             const std::vector<int>& values) {
    const std::size_t bytes = (each * bits + 7) / 8;
    Bytes out(columns * bytes);
    for (std::size_t i = 0; i < columns * each; ++i) {
        const std::size_t at = i % each * bits;
        out[i / each * bytes + at / 8] |= static_cast<std::uint8_t>(values[i] << (at % 8));
    }
    return out;
}

std::vector<int> small_integers(std::size_t count, std::size_t bits, std::size_t step) {
    std::vector<int> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        out[i] = static_cast<int>(i * step % 1009) % (1 << bits);
    }
    return out;
}

struct NBits {
    std::int64_t depth;
    std::int64_t columns;
    std::int64_t block;
    std::int64_t bits;
    bool has_zero;
    bool has_bias;
};

/// y = x · (weights − zero) · scale + bias, and what it must give.
struct NBitsCase {
    ModelSpec spec;
    std::vector<float> x;
    std::vector<float> want;
};

NBitsCase nbits(const NBits& form, std::size_t rows = 3) {
    const auto depth = static_cast<std::size_t>(form.depth);
    const auto columns = static_cast<std::size_t>(form.columns);
    const auto block = static_cast<std::size_t>(form.block);
    const auto bits = static_cast<std::size_t>(form.bits);
    const std::size_t blocks = (depth + block - 1) / block;
    const std::vector<int> weights = small_integers(columns * blocks * block, bits, 7919);
    const std::vector<int> zeros = small_integers(columns * blocks, bits, 31);
    std::vector<float> scale = Values{2}.vector(columns * blocks);
    const std::vector<float> bias = Values{3}.vector(columns);
    NBitsCase made;
    made.spec.nodes = {
        NodeSpec{"MatMulNBits",
                 {"x", "w", "s", form.has_zero ? "z" : "", "", form.has_bias ? "b" : ""},
                 {"y"},
                 {attribute("K", form.depth), attribute("N", form.columns),
                  attribute("bits", form.bits), attribute("block_size", form.block)},
                 "few bits",
                 "com.microsoft"}};
    made.spec.inputs = {test::value_info("x", test::FLOAT, {-1, -1, form.depth})};
    made.spec.outputs = {"y"};
    const auto bytes = [](std::string_view name, const Ints& dims, const Bytes& raw) {
        return test::tensor_head(name, UINT8, dims).bytes(9, raw).view();
    };
    const auto all_blocks = static_cast<std::int64_t>(blocks);
    made.spec.initializers = {bytes("w", {form.columns, all_blocks, form.block * form.bits / 8},
                                    packed(columns, blocks * block, bits, weights)),
                              test::tensor("s", {form.columns, all_blocks}, scale),
                              test::tensor("b", {form.columns}, bias)};
    const Bytes zero = packed(columns, blocks, bits, zeros);
    made.spec.initializers.push_back(bytes("z", {static_cast<std::int64_t>(zero.size())}, zero));
    made.x = Values{4}.vector(rows * depth);
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t n = 0; n < columns; ++n) {
            double sum = form.has_bias ? static_cast<double>(bias[n]) : 0;
            for (std::size_t k = 0; k < depth; ++k) {
                const std::size_t at = n * blocks + k / block;
                const int offset = form.has_zero ? zeros[at] : 1 << (bits - 1);
                sum += static_cast<double>(made.x[r * depth + k]) *
                       (weights[n * blocks * block + k] - offset) * static_cast<double>(scale[at]);
            }
            made.want.push_back(static_cast<float>(sum));
        }
    }
    return made;
}

TEST_CASE("MatMulNBits takes weights of 2, 4 and 8 bits", "[runtime]") {
    for (const NBits& form : {
             NBits{64, 24, 32, 4, false, false},
             NBits{64, 24, 32, 4, true, true},
             NBits{96, 13, 32, 4, true, false}, // three zero points a column, half a byte left
             NBits{100, 9, 32, 4, true, true},  // the last block is cut
             NBits{64, 8, 16, 2, true, false},
             NBits{64, 8, 64, 8, false, true},
         }) {
        CAPTURE(form.depth, form.columns, form.bits, form.has_zero, form.has_bias);
        const NBitsCase one = nbits(form);
        for (const Backend backend : {Backend::xnnpack, Backend::reference}) {
            SessionOptions options;
            options.backend = backend;
            const auto session = load(one.spec, options);
            for (const Ints& dims : {Ints{1, 3, form.depth}, Ints{3, 1, form.depth}}) {
                feed(*session, 0, dims, one.x);
                REQUIRE(test::outcome(session->run()) == "OK");
                CHECK(output_dims(*session) == Ints{dims[0], dims[1], form.columns});
                const std::vector<float> got = output(*session);
                for (std::size_t i = 0; i < got.size(); ++i) {
                    CHECK(std::abs(got[i] - one.want[i]) < 2e-3F);
                }
            }
        }
    }
}

TEST_CASE("MatMulNBits takes weights that are fed", "[runtime]") {
    const NBits form{32, 5, 32, 4, false, false};
    NBitsCase one = nbits(form, 1);
    const Bytes weights = packed(5, 32, 4, small_integers(5 * 32, 4, 7919));
    one.spec.initializers.erase(one.spec.initializers.begin());
    one.spec.inputs.push_back(test::value_info("w", UINT8, {5, 1, 16}));
    const auto session = load(one.spec);
    feed(*session, 0, {1, 1, 32}, one.x);
    feed(*session, 1, {5, 1, 16}, Bytes(5 * 16, 0x88));
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == std::vector<float>(5)); // every weight is its zero point
    feed(*session, 1, {5, 1, 16}, weights);
    REQUIRE(test::outcome(session->run()) == "OK");
    for (std::size_t n = 0; n < 5; ++n) {
        CHECK(std::abs(output(*session)[n] - one.want[n]) < 2e-3F);
    }
}

TEST_CASE("MatMulNBits refuses what it is not", "[runtime]") {
    const NBits good{64, 24, 32, 4, true, false};
    const auto refusal = [](ModelSpec& spec) {
        spec.inputs = {test::value_info("x", test::FLOAT, {1, 3, 64})};
        const Result<std::unique_ptr<Session>> session = Session::load(test::model(spec), {});
        REQUIRE_FALSE(session);
        CHECK(session.error().path.view().find("few bits") != std::string_view::npos);
        return test::outcome(session);
    };
    for (const auto& [field, value, code] :
         {std::tuple{"bits", 3, "ONNX_UNSUPPORTED_ATTRIBUTE"},
          {"bits", 8, "ONNX_UNSUPPORTED_ATTRIBUTE"}, // beside zero points
          {"block_size", 8, "ONNX_UNSUPPORTED_ATTRIBUTE"},
          {"block_size", 48, "ONNX_UNSUPPORTED_ATTRIBUTE"},
          {"block_size", 64, "ONNX_SHAPE"},
          {"K", 0, "ONNX_SHAPE"},
          {"K", 63, "ONNX_SHAPE"},
          {"N", 23, "ONNX_SHAPE"}}) {
        CAPTURE(field, value);
        ModelSpec spec = nbits(good).spec;
        for (Bytes& written : spec.nodes[0].attributes) {
            const std::string_view name = field;
            if (std::search(written.begin(), written.end(), name.begin(), name.end()) !=
                written.end()) {
                written = attribute(name, std::int64_t{value});
                break;
            }
        }
        CHECK(refusal(spec) == code);
    }
    ModelSpec spec = nbits(good).spec;
    spec.nodes[0].inputs[4] = "z";
    CHECK(refusal(spec) == "ONNX_UNSUPPORTED_ATTRIBUTE");
    spec = nbits(good).spec;
    spec.nodes[0].inputs[3] = "s";
    CHECK(refusal(spec) == "ONNX_SHAPE");
    spec.nodes[0].inputs[3] = "";
    spec.nodes[0].inputs[2] = "w";
    CHECK(refusal(spec) == "ONNX_SHAPE");
}

TEST_CASE("the bits of a product of bytes do not depend on threads", "[runtime]") {
    constexpr std::size_t DEPTH = 256;
    constexpr std::size_t COLUMNS = 523;
    ByteWeights weights{DEPTH, COLUMNS, DEPTH};
    IntegerWeights whole{DEPTH, COLUMNS};
    Values some{2};
    for (std::size_t n = 0; n < COLUMNS; ++n) {
        weights.set_scale(0, n, 0.01F);
        whole.set_scale(n, 0.01F);
        for (std::size_t k = 0; k < DEPTH; ++k) {
            weights.set(k, n, static_cast<std::int8_t>(some.next() * 128));
            whole.set(k, n, static_cast<std::int8_t>(some.next() * 128));
        }
    }
    const std::unique_ptr<pthreadpool, decltype(&pthreadpool_destroy)> pool{pthreadpool_create(3),
                                                                            pthreadpool_destroy};
    REQUIRE(pthreadpool_get_threads_count(pool.get()) == 3);
    for (const std::size_t rows : {1U, 2U, 7U}) {
        const std::vector<float> x = some.vector(rows * DEPTH);
        std::vector<float> alone(rows * COLUMNS);
        std::vector<float> together(rows * COLUMNS, -1);
        weights.multiply(x.data(), alone.data(), rows);
        weights.multiply(x.data(), together.data(), rows, pool.get());
        CHECK(together == alone);
        WideRows wide;
        wide.assign(std::vector<std::uint8_t>(rows * DEPTH, 77), DEPTH, 3);
        whole.multiply(wide, rows, 0.5F, alone.data());
        std::fill(together.begin(), together.end(), -1.0F);
        whole.multiply(wide, rows, 0.5F, together.data(), pool.get());
        CHECK(together == alone);
    }
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

TEST_CASE("sums by bytes do not overflow before what they stand for does", "[runtime]") {
    const Ints weights = {64, 80};
    const ModelSpec spec = product(weights, integers("w", weights, INT8, 100, 1),
                                   test::tensor("s", {}, std::vector<float>{1e-3F}), {});
    const auto session = load(spec);
    for (const std::int64_t rows : {1, 5}) {
        std::vector<float> x(static_cast<std::size_t>(rows * weights[0]), 1e37F);
        x.back() = 2e37F;
        feed(*session, 0, {1, rows, weights[0]}, x);
        REQUIRE(test::outcome(session->run()) == "OK");
        CHECK(session->plan()->specialization().live.front()->op == onnx::Op::byte_weight_matmul);
        const std::vector<float> y = output(*session);
        CHECK(y.front() == Catch::Approx(rows == 1 ? 6.5e37F : 6.4e37F));
        CHECK(y.back() == Catch::Approx(6.5e37F));
    }
}

} // namespace
} // namespace assay::runtime
