// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/encode.hpp"

#include "core/bytes/hex.hpp"

#include <algorithm>
#include <string>

namespace assay::test {
namespace {

void append_big_endian(Bytes& out, std::uint64_t value, std::size_t size) {
    while (size-- > 0) {
        out.push_back(static_cast<std::uint8_t>(value >> (8 * size)));
    }
}

} // namespace

Bytes concat(const std::vector<Bytes>& parts) {
    Bytes out;
    for (const Bytes& part : parts) {
        out.insert(out.end(), part.begin(), part.end());
    }
    return out;
}

Bytes bytes_of(BytesView view) {
    return {view.begin(), view.end()};
}

Bytes hex(std::string_view text) {
    std::string digits{text};
    digits.erase(std::remove(digits.begin(), digits.end(), ' '), digits.end());
    return bytes::from_hex(digits).value();
}

Bytes cbor_head(std::uint8_t major, std::uint64_t argument) {
    const auto type = static_cast<std::uint8_t>(major << 5);
    if (argument < 24) {
        return {static_cast<std::uint8_t>(type | argument)};
    }
    const std::size_t log2_size = argument < 0x100         ? 0
                                  : argument < 0x10000     ? 1
                                  : argument < 0x100000000 ? 2
                                                           : 3;
    Bytes out{static_cast<std::uint8_t>(type | (24 + log2_size))};
    append_big_endian(out, argument, std::size_t{1} << log2_size);
    return out;
}

Bytes cbor_uint(std::uint64_t value) {
    return cbor_head(0, value);
}

Bytes cbor_bytes(BytesView content) {
    return concat({cbor_head(2, content.size()), bytes_of(content)});
}

Bytes cbor_text(std::string_view text) {
    return concat({cbor_head(3, text.size()), bytes_of(as_bytes(text))});
}

Bytes cbor_array(const std::vector<Bytes>& items) {
    return concat({cbor_head(4, items.size()), concat(items)});
}

Bytes cbor_map(const std::vector<std::pair<Bytes, Bytes>>& pairs) {
    Bytes out = cbor_head(5, pairs.size());
    for (const auto& [key, value] : pairs) {
        out = concat({out, key, value});
    }
    return out;
}

Bytes der(std::uint8_t tag, BytesView content) {
    Bytes out{tag};
    if (content.size() < 0x80) {
        out.push_back(static_cast<std::uint8_t>(content.size()));
    } else {
        const std::size_t octets = content.size() < 0x100 ? 1 : 2; // enough below 64 KiB
        out.push_back(static_cast<std::uint8_t>(0x80 | octets));
        append_big_endian(out, content.size(), octets);
    }
    return concat({out, bytes_of(content)});
}

Bytes der_nested(std::uint8_t tag, const std::vector<Bytes>& parts) {
    return der(tag, BytesView{concat(parts)});
}

Bytes der_bits(BytesView content) {
    return der_nested(0x03, {Bytes{0}, bytes_of(content)});
}

Bytes der_integer(BytesView magnitude) {
    while (!magnitude.empty() && magnitude[0] == 0) {
        magnitude = magnitude.subspan(1);
    }
    const bool pad = magnitude.empty() || (magnitude[0] & 0x80) != 0;
    return der_nested(0x02, {pad ? Bytes{0} : Bytes{}, bytes_of(magnitude)});
}

} // namespace assay::test
