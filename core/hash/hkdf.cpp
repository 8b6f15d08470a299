// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/hash/hkdf.hpp"

#include "core/hash/sha2.hpp"

#include <algorithm>
#include <array>

namespace assay::hash {
namespace {

constexpr std::size_t BLOCK_BYTES = 64; // of SHA-256

void append(Bytes& out, BytesView bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

/// SHA-256 of the key's block, masked, and @p message.
Hash32 keyed_hash(const std::array<std::uint8_t, BLOCK_BYTES>& key, std::uint8_t mask,
                  BytesView message) {
    Bytes input;
    input.reserve(BLOCK_BYTES + message.size());
    for (const std::uint8_t byte : key)
        input.push_back(byte ^ mask);
    append(input, message);
    return sha256(input);
}

} // namespace

Hash32 hmac_sha256(BytesView key, BytesView message) noexcept {
    std::array<std::uint8_t, BLOCK_BYTES> block{};
    if (key.size() > BLOCK_BYTES) {
        const Hash32 hashed = sha256(key);
        std::copy(hashed.begin(), hashed.end(), block.begin());
    } else {
        std::copy(key.begin(), key.end(), block.begin());
    }
    return keyed_hash(block, 0x5c, keyed_hash(block, 0x36, message));
}

Hash32 hkdf_extract(BytesView salt, BytesView input_key) noexcept {
    return hmac_sha256(salt, input_key); // HMAC pads an empty key with zeros
}

std::optional<Bytes> hkdf_expand(BytesView pseudorandom_key, BytesView info,
                                 std::size_t size) noexcept {
    if (size > HKDF_MAX_BYTES)
        return std::nullopt;
    Bytes out;
    Bytes message;
    for (std::uint8_t counter = 1; out.size() < size; ++counter) {
        append(message, info);
        message.push_back(counter);
        const Hash32 block = hmac_sha256(pseudorandom_key, message);
        append(out, BytesView{block}.first(std::min(block.size(), size - out.size())));
        message.assign(block.begin(), block.end());
    }
    return out;
}

} // namespace assay::hash
