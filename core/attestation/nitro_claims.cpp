// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/nitro_claims.hpp"

#include "core/hash/keccak256.hpp"

#include <algorithm>

namespace assay::attestation {
namespace {

constexpr std::size_t MEASURED_PCRS = 3; ///< PCR0, PCR1, PCR2 measure the enclave image

Bytes copy(BytesView view) {
    return {view.begin(), view.end()};
}

bool is_zero(BytesView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

std::optional<Hash32> hash_of_measured(const PcrList& pcrs) {
    hash::Keccak256 hasher;
    for (std::size_t i = 0; i < MEASURED_PCRS; ++i) {
        if (!pcrs[i]) {
            return std::nullopt;
        }
        hasher.update(*pcrs[i]);
    }
    return hasher.finish();
}

} // namespace

std::optional<OgBinding> parse_og_binding(BytesView user_data) noexcept {
    constexpr std::array<std::uint8_t, 2> SHA256_MULTIHASH = {0x12, 0x20};
    constexpr std::size_t PART = SHA256_MULTIHASH.size() + sizeof(Hash32);
    if (user_data.size() != 2 * PART) {
        return std::nullopt;
    }
    OgBinding binding{};
    std::size_t offset = 0;
    for (Hash32* target : {&binding.tls_certificate, &binding.signing_key}) {
        const BytesView part = user_data.subspan(offset, PART);
        const BytesView digest = part.subspan(SHA256_MULTIHASH.size());
        if (!std::equal(SHA256_MULTIHASH.begin(), SHA256_MULTIHASH.end(), part.begin()) ||
            is_zero(digest)) {
            return std::nullopt;
        }
        std::copy(digest.begin(), digest.end(), target->begin());
        offset += PART;
    }
    return binding;
}

NitroClaims make_claims(const NitroFields& fields, const NitroChain& chain) noexcept {
    NitroClaims claims{};
    claims.module_id = fields.module_id;
    claims.timestamp_ms = fields.timestamp_ms;
    for (std::size_t i = 0; i < PCR_COUNT; ++i) {
        if (fields.pcrs[i]) {
            std::copy(fields.pcrs[i]->begin(), fields.pcrs[i]->end(),
                      claims.pcrs[i].emplace().begin());
        }
    }
    claims.public_key = copy(fields.public_key);
    claims.user_data = copy(fields.user_data);
    claims.nonce = copy(fields.nonce);
    claims.pcr_hash = hash_of_measured(claims.pcrs);
    claims.debug = std::any_of(claims.pcrs.begin(), claims.pcrs.begin() + MEASURED_PCRS,
                               [](const auto& pcr) { return pcr && is_zero(*pcr); });
    claims.certificates = chain.size();
    claims.chain_validity = chain.window();
    claims.leaf_validity = {chain.leaf().not_before, chain.leaf().not_after};
    claims.og = parse_og_binding(fields.user_data);
    return claims;
}

} // namespace assay::attestation
