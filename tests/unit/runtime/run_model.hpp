// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs models of tests and fills their inputs.
#pragma once

#include "core/runtime/session.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/onnx_writer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::runtime {

/// Deterministic values in [−1, 1).
class Values {
public:
    explicit Values(std::uint32_t seed) : state_{seed} {}
    float next() {
        state_ = state_ * 1664525U + 1013904223U;
        return static_cast<float>(state_ >> 8) / 8388608.0F - 1.0F;
    }
    std::vector<float> vector(std::size_t count) {
        std::vector<float> out(count);
        for (float& value : out) {
            value = next();
        }
        return out;
    }

private:
    std::uint32_t state_;
};

inline std::unique_ptr<Session> load(const test::ModelSpec& spec,
                                     const SessionOptions& options = {}) {
    Result<std::unique_ptr<Session>> session = Session::load(test::model(spec), options);
    INFO((session ? "" : session.error().path.view()));
    REQUIRE(test::outcome(session) == "OK");
    return *std::move(session);
}

inline std::string load_code(const test::ModelSpec& spec, const SessionOptions& options = {}) {
    return test::outcome(Session::load(test::model(spec), options));
}

/// An attribute of a node: a graph.
inline Bytes graph_attribute(std::string_view name, const test::ModelSpec& graph) {
    return test::ProtoWriter{}.text(1, name).bytes(6, test::graph(graph)).varint(20, 5).view();
}

/// Sets the shape and the elements of an input.
template <typename T>
void feed(Session& session, std::size_t index, const std::vector<std::int64_t>& dims,
          const std::vector<T>& elements) {
    REQUIRE(test::outcome(session.set_input(index, dims)) == "OK");
    REQUIRE(session.input_data(index).size() == elements.size() * sizeof(T));
    if (!elements.empty()) {
        std::memcpy(session.input_data(index).data(), elements.data(), elements.size() * sizeof(T));
    }
}

template <typename T = float>
std::vector<T> output(const Session& session, std::size_t index = 0) {
    const TensorRef tensor = session.output(index);
    REQUIRE(tensor.data != nullptr);
    return {tensor.as<T>(), tensor.as<T>() + tensor.count()};
}

inline std::vector<std::int64_t> output_dims(const Session& session, std::size_t index = 0) {
    const TensorRef tensor = session.output(index);
    return {tensor.dims.begin(), tensor.dims.end()};
}

} // namespace assay::runtime
