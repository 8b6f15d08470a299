// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What wallets hash before they sign: personal messages (EIP-191, version 0x45) and typed data
/// (EIP-712). attestation.md §4, §4.1.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::signatures {

/// keccak256(0x19 "Ethereum Signed Message:\n" ‖ length in decimal ‖ message).
[[nodiscard]] Hash32 personal_message_digest(BytesView message) noexcept;

/// Every hash on the way to the digest.
struct TypedData {
    std::string primary_type;
    std::string encode_type; ///< of the primary type
    Hash32 type_hash{};
    Hash32 domain_separator{};
    Hash32 struct_hash{};
    Hash32 digest{}; ///< keccak256(0x19 01 ‖ domain separator ‖ struct hash)
    Bytes encoded;   ///< type hash ‖ encoded members of the primary type
    std::vector<std::string> not_covered{}; ///< paths of members that no type names
};

/// Most members in all of a message that no type names → INPUT_LIMIT.
inline constexpr std::size_t MAX_UNTYPED_MEMBERS = 256;

/// @param json {"domain","types","primaryType","message"}, as eth_signTypedData_v4 takes it.
///   `types.EIP712Domain` may be given, and must then be what the domain's members make it.
/// @return TYPED_DATA_INVALID, with the member's path, for whatever has no encoding: any other
/// JSON,
///   a domain member that is not of the standard, an EIP712Domain that names others or in another
///   order, types as Eip712Types::parse says, a missing member, a value that does not fit its type,
///   an array of another length than its type names. INPUT_LIMIT above limits::TEXT_BYTES and the
///   limits of Eip712Types.
[[nodiscard]] Result<TypedData> hash_typed_data(std::string_view json) noexcept;

} // namespace assay::signatures
