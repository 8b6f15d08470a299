// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The demo's good evidence, for the targets that judge it. ASSAY_SAMPLES is its folder.
#pragma once

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace assay::test {

inline std::string read_sample(std::string_view name) {
    std::ifstream file{std::string{ASSAY_SAMPLES "/evidence/"}.append(name), std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// A moment at which the samples hold, as options have it.
inline constexpr std::string_view SAMPLES_NOW = R"("now":1795176000)";

/// The platform's answers for more P-384 signatures than a document has.
inline constexpr std::array<std::uint8_t, 16> GOOD_P384 = {1, 1, 1, 1, 1, 1, 1, 1,
                                                           1, 1, 1, 1, 1, 1, 1, 1};

} // namespace assay::test
