// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// This program is linked without recurrent nets and trees (CMakeLists.txt).
#include "tests/unit/runtime/run_model.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::runtime {
namespace {

using test::ModelSpec;
using test::NodeSpec;

Result<std::unique_ptr<Session>> try_load(const ModelSpec& spec) {
    return Session::load(test::model(spec), SessionOptions{});
}

} // namespace

TEST_CASE("an operator of a family that is left out is unknown", "[runtime][families][negative]") {
    const auto refused = try_load(
        {{NodeSpec{"Relu", {"x"}, {"h"}}, NodeSpec{"GRU", {"h", "w", "r"}, {"y"}, {}, "memory"},
          NodeSpec{"LSTM", {"h", "w", "r"}, {"z"}}},
         {test::value_info("x", test::FLOAT, {2, 1, 3})},
         {"y", "z"},
         {test::tensor("w", {1, 3, 3}, std::vector<float>(9)),
          test::tensor("r", {1, 3, 1}, std::vector<float>(3))}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::ONNX_UNSUPPORTED_OP);
    const std::string path{refused.error().path.view()};
    CHECK(path.find("node \"memory\" (GRU)") != std::string::npos);
    CHECK(path.find("(LSTM)") != std::string::npos); // every one of them
}

TEST_CASE("everything else runs", "[runtime][families]") {
    const auto loaded = try_load(
        {{NodeSpec{"Relu", {"x"}, {"y"}}}, {test::value_info("x", test::FLOAT, {2})}, {"y"}});
    REQUIRE(loaded);
    CHECK((*loaded)->run());
}

} // namespace assay::runtime
