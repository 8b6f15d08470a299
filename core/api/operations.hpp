// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Every verdict that the core gives, by name: fields of bytes in, verdict text out (api.md
// "Verdict"). The wasm bindings, the command line and the vector engine call through this one
// table, so that all of them say the same by construction. A family of checks adds its own table in
// core/api/<family>_operations.cpp and one line in operations.cpp.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace assay::api {

/// The arguments of one operation, in its documented order; views are read during the call only.
using Fields = std::span<const BytesView>;

struct Operation {
    std::string_view name;
    std::size_t fields; ///< number of arguments; run() is called with exactly so many
    std::string (*run)(Fields fields) noexcept;
};

using FindOperation = const Operation* (*) (std::string_view name) noexcept;

/// @return nullptr for a name that is not there.
[[nodiscard]] const Operation* find_in(std::span<const Operation> operations,
                                       std::string_view name) noexcept;
/// @return nullptr for a name that no family of the verification module has.
[[nodiscard]] const Operation* find_operation(std::string_view name) noexcept;

/// Runs the operation that a frame asks for. A frame is a sequence of fields, each a u32
/// little-endian length and as many bytes; the first field is the operation's name.
/// @return verdict text; ARGUMENT_INVALID for a frame that is not of that form.
[[nodiscard]] std::string run_frame(BytesView frame, FindOperation find) noexcept;
/// The same with find_operation().
[[nodiscard]] std::string run_frame(BytesView frame) noexcept;

[[nodiscard]] std::span<const Operation> evidence_operations() noexcept;
[[nodiscard]] std::span<const Operation> signature_operations() noexcept;
[[nodiscard]] std::span<const Operation> message_operations() noexcept;
[[nodiscard]] std::span<const Operation> settlement_operations() noexcept;
[[nodiscard]] std::span<const Operation> ohttp_operations() noexcept;
[[nodiscard]] std::span<const Operation> tdx_operations() noexcept;
[[nodiscard]] std::span<const Operation> snp_operations() noexcept;
[[nodiscard]] std::span<const Operation> chain_operations() noexcept;
[[nodiscard]] std::span<const Operation> chain_unit_operations() noexcept;
[[nodiscard]] std::span<const Operation> trie_operations() noexcept;

/// Proofs, in a module of their own (assay::api_zk): not among those of find_operation().
[[nodiscard]] const Operation* find_zk_operation(std::string_view name) noexcept;

} // namespace assay::api
