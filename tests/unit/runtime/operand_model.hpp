// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Small models around one operator, and their codes.
#pragma once

#include "tests/unit/runtime/run_model.hpp"

#include <limits>

namespace assay::runtime {

using test::attribute;
using test::ModelSpec;
using test::NodeSpec;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<float>;

inline constexpr std::int64_t HUGE = std::int64_t{1} << 31;
inline constexpr std::int64_t MOST = std::numeric_limits<std::int64_t>::max();

inline Bytes ints(std::string_view name, const Ints& elements) {
    return test::tensor(name, {static_cast<std::int64_t>(elements.size())}, elements);
}

inline Bytes reals(std::string_view name, const Reals& elements) {
    return test::tensor(name, {static_cast<std::int64_t>(elements.size())}, elements);
}

/// A model of one float input "x", which is not constant.
inline ModelSpec of_x(const Ints& dims, std::vector<NodeSpec> nodes,
                      std::vector<Bytes> initializers) {
    ModelSpec spec;
    spec.inputs = {test::value_info("x", test::FLOAT, dims)};
    spec.outputs = {nodes.back().outputs.front()};
    spec.nodes = std::move(nodes);
    spec.initializers = std::move(initializers);
    return spec;
}

/// The code of a model of inputs of fixed dimensions, from loading it or from its run with ones.
inline std::string code_of(const ModelSpec& spec) {
    Result<std::unique_ptr<Session>> session = Session::load(test::model(spec), {});
    if (!session) {
        return "load " + test::outcome(session);
    }
    for (std::size_t i = 0; i < (*session)->inputs().size(); ++i) {
        const std::span<std::uint8_t> bytes = (*session)->input_data(i);
        if ((*session)->inputs()[i].type == onnx::ElementType::float32) {
            const float one = 1;
            for (std::size_t at = 0; at < bytes.size(); at += sizeof one) {
                std::memcpy(bytes.data() + at, &one, sizeof one);
            }
        } else {
            const std::int64_t one = 1;
            for (std::size_t at = 0; at < bytes.size(); at += sizeof one) {
                std::memcpy(bytes.data() + at, &one, sizeof one);
            }
        }
    }
    return "run " + test::outcome((*session)->run());
}

} // namespace assay::runtime
