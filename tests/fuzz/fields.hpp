// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Several files in one fuzzer's input: each two bytes of length and as many bytes.
#pragma once

#include "core/bytes/reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace assay::test {

inline void require(bool holds) {
    if (!holds)
        std::abort();
}

/// What is missing is empty.
inline std::vector<BytesView> take_fields(bytes::Reader& reader, std::size_t count) {
    std::vector<BytesView> out(count);
    for (BytesView& field : out) {
        const std::uint64_t length = reader.little_endian(2).value_or(0);
        field = *reader.take(std::min<std::uint64_t>(length, reader.remaining()));
    }
    return out;
}

} // namespace assay::test
