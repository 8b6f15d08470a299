// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What wallets sign: personal messages, typed data, and the calls that ask contract wallets.
// attestation.md §4, §4.1.
#include "core/api/operations.hpp"
#include "core/api/signature_verdict.hpp"
#include "core/api/verdict_json.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/signatures/eip712.hpp"
#include "core/signatures/erc1271.hpp"
#include "core/signatures/secp256k1.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace assay::api {
namespace {

using bytes::JsonWriter;
using signatures::TypedData;

/// Whether the owner of @p address signed @p digest.
/// @param mode strict | malleable
JudgedSignature signed_by_address(const Hash32& digest, BytesView signature, BytesView address,
                                  BytesView mode) noexcept {
    const auto low_s = low_s_named(mode);
    if (!low_s)
        return low_s.error();
    if (address.size() != signatures::Address{}.size())
        return Error{ErrorCode::ARGUMENT_INVALID, "address"};
    const auto signer = signatures::recover_address(digest, signature, *low_s);
    if (!signer)
        return signer.error();
    if (!std::ranges::equal(*signer, address))
        return ErrorCode::SIGNATURE_INVALID;
    JsonWriter value;
    value.object();
    value.key("address").string(bytes::to_hex_0x(*signer));
    value.key("digest").string(bytes::to_hex_0x(digest));
    return value.end().take();
}

/// Message.
std::string hash_message(Fields f) noexcept {
    JsonWriter value;
    value.object();
    value.key("digest").string(bytes::to_hex_0x(signatures::personal_message_digest(f[0])));
    return success_text(value.end().take(), {}, TrustLevel::unproven);
}

/// Message, r ‖ s ‖ v, address (20 bytes), strict | malleable.
std::string verify_message(Fields f) noexcept {
    return signature_text(
        signed_by_address(signatures::personal_message_digest(f[0]), f[1], f[2], f[3]));
}

/// The check "typed data", and a row for each member that no signature of it covers.
CheckList typed_data_checks(const TypedData& data) noexcept {
    CheckList checks;
    checks.passed("typed data", data.encode_type);
    for (const std::string& path : data.not_covered)
        checks.not_covered(path, "no type names it");
    return checks;
}

std::string refuse_typed_data(const Error& error) noexcept {
    CheckList checks;
    checks.failed("typed data", error);
    return failure_text(error, checks);
}

/// JSON of the typed data.
std::string hash_typed_data(Fields f) noexcept {
    const auto data = signatures::hash_typed_data(as_text(f[0]));
    if (!data)
        return refuse_typed_data(data.error());
    JsonWriter value;
    value.object();
    value.key("primaryType").string(data->primary_type);
    value.key("encodeType").string(data->encode_type);
    value.key("typeHash").string(bytes::to_hex_0x(data->type_hash));
    value.key("encodedData").string(bytes::to_hex_0x(data->encoded));
    value.key("structHash").string(bytes::to_hex_0x(data->struct_hash));
    value.key("domainSeparator").string(bytes::to_hex_0x(data->domain_separator));
    value.key("digest").string(bytes::to_hex_0x(data->digest));
    return success_text(value.end().take(), typed_data_checks(*data), TrustLevel::unproven);
}

/// JSON of the typed data, r ‖ s ‖ v, address (20 bytes), strict | malleable.
std::string verify_typed_data(Fields f) noexcept {
    const auto data = signatures::hash_typed_data(as_text(f[0]));
    if (!data)
        return refuse_typed_data(data.error());
    return signature_text(signed_by_address(data->digest, f[1], f[2], f[3]),
                          typed_data_checks(*data));
}

/// Digest, signature.
std::string erc1271_call_data(Fields f) noexcept {
    Hash32 digest;
    if (f[0].size() != digest.size())
        return failure_text({ErrorCode::SIGNATURE_MALFORMED, "hash"}, {});
    std::ranges::copy(f[0], digest.begin());
    JsonWriter value;
    value.object();
    value.key("data").string(bytes::to_hex_0x(signatures::erc1271_call_data(digest, f[1])));
    return success_text(value.end().take(), {}, TrustLevel::unproven);
}

/// What the call returned.
std::string verify_erc1271_result(Fields f) noexcept {
    const auto answer = signatures::check_erc1271_result(f[0]);
    CheckList checks;
    checks.assumed("contract", "the answer is the caller's word: he made the call");
    return signature_text(answer ? JudgedSignature{std::string{"{}"}} : answer.error(),
                          std::move(checks));
}

constexpr std::array OPERATIONS = {
    Operation{"hash_message", 1, hash_message},
    Operation{"verify_message", 4, verify_message},
    Operation{"hash_typed_data", 1, hash_typed_data},
    Operation{"verify_typed_data", 4, verify_typed_data},
    Operation{"erc1271_call_data", 2, erc1271_call_data},
    Operation{"verify_erc1271_result", 1, verify_erc1271_result},
};

} // namespace

std::span<const Operation> message_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
