// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as CBOR: what is accepted can be walked to its end, inside of its input.
#include "core/bytes/cbor.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace assay;
using namespace assay::bytes;

constexpr CborRules RULES{8, 64, ErrorCode::NITRO_MALFORMED, ErrorCode::NITRO_LIMIT};

/// Bytes of all strings; RULES.depth bounds the recursion.
std::size_t walk(CborItem item) {
    if (!item.is(CborKind::array) && !item.is(CborKind::map)) {
        return item.bytes().size();
    }
    const std::size_t count = item.is(CborKind::map) ? 2 * item.size() : item.size();
    std::size_t total = 0;
    CborItem child = item.first();
    for (std::size_t i = 0; i < count; ++i, child = child.next()) {
        total += walk(child);
    }
    return total;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto tree = CborTree::parse({data, size}, RULES);
    if (tree && walk(tree->root()) >= size) {
        std::abort(); // every item has a head
    }
    return 0;
}
