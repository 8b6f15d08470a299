// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes the contract ABI for tests: the canonical encoding.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/settlement/event.hpp"
#include "core/settlement/inference_event.hpp"

#include <cstdint>
#include <vector>

namespace assay::test {

/// One member of a tuple: its words, or the body that an offset leads to.
struct AbiPart {
    Bytes bytes;
    bool dynamic;
};

[[nodiscard]] AbiPart abi_word(const Hash32& word);
[[nodiscard]] AbiPart abi_integer(std::uint64_t value);
[[nodiscard]] AbiPart abi_bytes(BytesView content);
/// A tuple with a dynamic member.
[[nodiscard]] AbiPart abi_tuple(const std::vector<AbiPart>& members);
[[nodiscard]] AbiPart abi_array(const std::vector<AbiPart>& elements);
/// The arguments of a call or an event.
[[nodiscard]] Bytes abi_encode(const std::vector<AbiPart>& members);

/// The data of the log that decodes to @p event.
[[nodiscard]] Bytes encode_event(const settlement::SettlementEvent& event);
[[nodiscard]] Bytes encode_event(const settlement::InferenceEvent& event);

} // namespace assay::test
