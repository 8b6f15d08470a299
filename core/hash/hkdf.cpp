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

/// SHA-256 of the key's block, masked, and @p message.
Hash32 keyed_hash(const std::array<std::uint8_t, BLOCK_BYTES>& key, std::uint8_t mask,
                  BytesView message) {
    Bytes input(BLOCK_BYTES + message.size());
    for (std::size_t i = 0; i < BLOCK_BYTES; ++i)
        input[i] = key[i] ^ mask;
    std::copy(message.begin(), message.end(), input.begin() + BLOCK_BYTES);
    return sha256(input);
}

} // namespace

Hash32 hmac_sha256(BytesView key, BytesView message) noexcept {
    std::array<std::uint8_t, BLOCK_BYTES> block{};
    const Hash32 hashed = key.size() > BLOCK_BYTES ? sha256(key) : Hash32{};
    const BytesView used = key.size() > BLOCK_BYTES ? BytesView{hashed} : key;
    std::copy(used.begin(), used.end(), block.begin());
    return keyed_hash(block, 0x5c, keyed_hash(block, 0x36, message));
}

Hash32 hkdf_extract(BytesView salt, BytesView input_key) noexcept {
    return hmac_sha256(salt, input_key); // HMAC pads an empty key with zeros
}

std::optional<Bytes> hkdf_expand(BytesView pseudorandom_key, BytesView info,
                                 std::size_t size) noexcept {
    if (size > HKDF_MAX_BYTES)
        return std::nullopt;
    Hash32 block{};
    Bytes message(block.size() + info.size() + 1); // the block before, info, a counter
    std::copy(info.begin(), info.end(), message.begin() + block.size());
    Bytes out(size);
    for (std::size_t at = 0; at < size; at += block.size()) {
        ++message.back();
        block =
            hmac_sha256(pseudorandom_key, BytesView{message}.subspan(at == 0 ? block.size() : 0));
        std::copy(block.begin(), block.end(), message.begin());
        std::copy_n(block.begin(), std::min(block.size(), size - at),
                    out.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return out;
}

} // namespace assay::hash
