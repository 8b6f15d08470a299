// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Whole graphs on both backends, with the same feed.
#pragma once

#include "tests/unit/runtime/run_model.hpp"

#include <algorithm>

namespace assay::runtime {

inline std::size_t count_of(const std::vector<std::int64_t>& dims) {
    std::size_t product = 1;
    for (const std::int64_t dim : dims) {
        product *= static_cast<std::size_t>(dim);
    }
    return product;
}

/// Both sessions after a run.
struct BothWays {
    std::unique_ptr<Session> fast;
    std::unique_ptr<Session> reference;
};

/// Feeds values in [−1, 1) times @p scale to the only input.
/// @param options  of the fast one
inline BothWays run_both(const test::ModelSpec& spec, const std::vector<std::int64_t>& dims,
                         float scale = 1, SessionOptions options = {}) {
    std::vector<float> elements = Values{9}.vector(count_of(dims));
    for (float& element : elements) {
        element *= scale;
    }
    BothWays both;
    both.fast = load(spec, options);
    options.backend = Backend::reference;
    both.reference = load(spec, options);
    for (Session* session : {both.fast.get(), both.reference.get()}) {
        feed(*session, 0, dims, elements);
        REQUIRE(test::outcome(session->run()) == "OK");
    }
    return both;
}

/// The largest difference of an output between the two.
inline float distance(const BothWays& both, std::size_t index = 0) {
    const std::vector<float> got = output(*both.fast, index);
    const std::vector<float> want = output(*both.reference, index);
    REQUIRE(got.size() == want.size());
    CHECK(output_dims(*both.fast, index) == output_dims(*both.reference, index));
    float largest = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        REQUIRE(std::isfinite(got[i]));
        largest = std::max(largest, std::abs(got[i] - want[i]));
    }
    return largest;
}

} // namespace assay::runtime
