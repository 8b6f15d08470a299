// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Signatures of contract wallets (ERC-1271): the call that asks the wallet, and its answer. The
/// caller makes the call, against a state that he has reason to believe.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

namespace assay::signatures {

/// @return the data of a call of isValidSignature(bytes32,bytes).
[[nodiscard]] Bytes erc1271_call_data(const Hash32& digest, BytesView signature) noexcept;

/// @param returned what the call returned; a call that reverted has no answer to give here
/// @return ok for the magic value 0x1626ba7e with zero padding; SIGNATURE_MALFORMED when it is not
///   one 32-byte word (an address without code returns nothing), SIGNATURE_INVALID for another
///   word.
[[nodiscard]] Result<void> check_erc1271_result(BytesView returned) noexcept;

} // namespace assay::signatures
