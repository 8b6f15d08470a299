// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as DER: the elements that are read make up the input again.
#include "core/bytes/der.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay::bytes;
    std::size_t read = 0;
    DerCursor cursor{{data, size}};
    while (const auto element = cursor.read()) {
        read += element->encoding.size();
        static_cast<void>(der_boolean(element->content));
        static_cast<void>(der_unsigned(element->content));
        static_cast<void>(der_bit_string(element->content));
        static_cast<void>(is_der_oid(element->content));
        static_cast<void>(der_time(*element));
    }
    if (cursor.at_end() ? read != size : read >= size) {
        std::abort();
    }
    return 0;
}
