// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Settlements as JSON (receipt.md §11): what a caller or an evidence bundle hands in, and what
/// came of it.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/settlement/event.hpp"
#include "core/settlement/leaf.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::api {

/// @return a hash from `0x` and 64 hex digits of either case, else ABI_INVALID at @p path.
[[nodiscard]] Result<Hash32> read_abi_hash(const bytes::JsonValue* value,
                                           std::string_view path) noexcept;

/// @return an address from `0x` and 40 hex digits of either case, else nothing.
[[nodiscard]] std::optional<settlement::Address>
read_address(const bytes::JsonValue* value) noexcept;

/// Reads {teeId, inputHash, outputHash, signature, timestamp}: `0x` hex, and an unsigned decimal
/// number below 2^256 as token or text. @return ABI_INVALID for anything else.
[[nodiscard]] Result<settlement::Leaf> read_leaf(const bytes::JsonValue& value) noexcept;

/// Reads the members address, topics and data of a log as eth_getLogs gives it; others are ignored,
/// but for `removed`. @return ABI_INVALID when one is missing or not of its form, and when the node
/// took the log back: `removed` is anything but false.
[[nodiscard]] Result<settlement::Log> read_log(const bytes::JsonValue& value) noexcept;

/// Compares who emitted @p log with the pinned contract and records the row "emitter".
/// @return EMITTER_MISMATCH
[[nodiscard]] Result<void> check_emitter(const settlement::Log& log,
                                         const std::optional<settlement::Address>& pinned,
                                         CheckList& checks) noexcept;

/// What the caller demands of a settlement.
struct SettlementPins {
    std::optional<std::vector<Hash32>> roots{};   ///< settled ones
    std::optional<settlement::Address> emitter{}; ///< the relay contract

    [[nodiscard]] bool names(const Hash32& root) const noexcept;
};

/// What was shown to be settled.
struct JudgedSettlement {
    enum class Kind : std::uint8_t { batch, individual } kind = Kind::batch;
    std::optional<Hash32> root; ///< of a batch
    std::vector<settlement::Leaf> leaves;
    std::optional<settlement::Address> emitter; ///< where an event was handed in
    Bytes blob_id;                              ///< the same
    bool signatures_checked = false;
};

/// Judges a settlement: {root | event, leaf, proof}, or {root | event, leaves, proof, flags} for
/// several leaves at once, or {event} alone for an individual settlement. An optional member `kind`
/// must agree.
/// @param key DER SubjectPublicKeyInfo with which the signature in every leaf is checked; empty =
/// they are
///   not, and the row says so
/// @param pins with an emitter, an event must be there, unless the root is one of @p pins; the
/// roots decide nothing else here
/// @param checks gets one row per check made
/// @return ABI_INVALID, EMITTER_MISMATCH, MERKLE_PROOF_INVALID and those of
/// verify_leaf_signature(). What the caller must still check: that the root or the event comes from
/// the chain.
[[nodiscard]] Result<JudgedSettlement> judge_settlement(const bytes::JsonValue& evidence,
                                                        BytesView key, const SettlementPins& pins,
                                                        CheckList& checks) noexcept;

void write_settlement(bytes::JsonWriter& out, const JudgedSettlement& judged) noexcept;
void write_leaf(bytes::JsonWriter& out, const settlement::Leaf& leaf) noexcept;

} // namespace assay::api
