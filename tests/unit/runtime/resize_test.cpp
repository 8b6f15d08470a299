// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Resize of the nearest element. The expected values are those of ONNX 1.5's node tests and of
// onnxruntime.
#include "tests/unit/runtime/run_model.hpp"

namespace assay::runtime {
namespace {

using Reals = std::vector<float>;

/// The elements 1, 2, … of @p dims, resized; with the scales constant the result is folded.
Reals resized(const std::string& op, int opset, const std::vector<std::int64_t>& dims,
              const Reals& scales, bool is_constant, const std::vector<Bytes>& attributes = {}) {
    std::size_t size = 1;
    for (const std::int64_t dim : dims) {
        size *= static_cast<std::size_t>(dim);
    }
    Reals elements(size);
    for (std::size_t i = 0; i < size; ++i) {
        elements[i] = static_cast<float>(i + 1);
    }
    test::ModelSpec spec;
    spec.opset = opset;
    std::vector<Bytes> all{test::attribute_text("mode", "nearest")};
    all.insert(all.end(), attributes.begin(), attributes.end());
    std::vector<std::string> inputs{"x", "s"};
    if (opset > 10) {
        inputs.insert(inputs.begin() + 1, ""); // the region
    }
    spec.nodes = {{op, inputs, {"y"}, all}};
    spec.initializers = {test::tensor("s", {static_cast<std::int64_t>(scales.size())}, scales)};
    if (is_constant) {
        spec.initializers.push_back(test::tensor("x", dims, elements));
    } else {
        spec.inputs = {test::value_info("x", test::FLOAT, dims)};
    }
    spec.outputs = {"y"};
    const auto session = load(spec);
    if (!is_constant) {
        feed(*session, 0, dims, elements);
    }
    REQUIRE(test::outcome(session->run()) == "OK");
    return output(*session);
}

TEST_CASE("operator set 10 rounds up where it shrinks, and down where it grows", "[runtime]") {
    for (const bool is_constant : {false, true}) {
        const auto ten = [&](const std::vector<std::int64_t>& dims, const Reals& scales) {
            return resized("Resize", 10, dims, scales, is_constant);
        };
        CHECK(ten({1, 1, 2, 4}, {1, 1, 0.6F, 0.6F}) == Reals{1, 3});
        CHECK(ten({1, 1, 1, 8}, {1, 1, 1, 0.6F}) == Reals{1, 3, 5, 6});
        CHECK(ten({1, 1, 1, 8}, {1, 1, 1, 0.3F}) == Reals{1, 5});
        CHECK(ten({12}, {0.7F}) == Reals{1, 3, 4, 6, 7, 9, 10, 11});
        CHECK(ten({2}, {2.5F}) == Reals{1, 1, 1, 2, 2});
        CHECK(ten({5}, {2.8F}).size() == 14);
        CHECK(ten({2, 4}, {1.5F, 0.6F}) == Reals{1, 3, 1, 3, 5, 7});
        CHECK(resized("Upsample", 9, {2}, {2.5F}, is_constant) == Reals{1, 1, 1, 2, 2});
    }
}

TEST_CASE("later operator sets divide by a scale in floats too", "[runtime]") {
    for (const bool is_constant : {false, true}) {
        const auto shrunk = [&](std::int64_t size, float scale, const char* rounds) {
            return resized("Resize", 13, {size}, {scale}, is_constant,
                           {test::attribute_text("coordinate_transformation_mode", "asymmetric"),
                            test::attribute_text("nearest_mode", rounds)});
        };
        // 1 / 0.33333334 is 2.9999999 in doubles.
        CHECK(shrunk(9, 1.0F / 3, "floor") == Reals{1, 4, 7});
        CHECK(shrunk(10, 0.2F, "floor") == Reals{1, 6});
        CHECK(shrunk(30, 0.1F, "floor") == Reals{1, 11, 21});
        CHECK(shrunk(12, 0.7F, "ceil") == Reals{1, 3, 4, 6, 7, 9, 10, 11});
        CHECK(shrunk(10, 0.6F, "floor") == Reals{1, 2, 4, 6, 7, 9});
    }
}

} // namespace
} // namespace assay::runtime
