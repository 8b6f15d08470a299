// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/hash/sha2.hpp"

#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>

#include <cstdlib>

namespace assay::hash {
namespace {

constexpr int FULL_LENGTH = 0; // mbedTLS: the hash of the name, not its shortened sibling
constexpr int IS_384 = 1;

/// The software implementations cannot fail; a hash that was not computed must never be used.
void require_success(int status) {
    if (status != 0)
        std::abort();
}

} // namespace

Hash32 sha256(BytesView bytes) noexcept {
    Hash32 out{};
    require_success(mbedtls_sha256(bytes.data(), bytes.size(), out.data(), FULL_LENGTH));
    return out;
}

std::array<std::uint8_t, 48> sha384(BytesView bytes) noexcept {
    std::array<std::uint8_t, 48> out{};
    require_success(mbedtls_sha512(bytes.data(), bytes.size(), out.data(), IS_384));
    return out;
}

std::array<std::uint8_t, 64> sha512(BytesView bytes) noexcept {
    std::array<std::uint8_t, 64> out{};
    require_success(mbedtls_sha512(bytes.data(), bytes.size(), out.data(), FULL_LENGTH));
    return out;
}

} // namespace assay::hash
