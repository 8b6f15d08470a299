// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Limits that belong to no single specification; a module's own limits stand in its header.
#pragma once

#include <cstddef>

namespace assay::limits {

/// Deepest nesting of JSON containers (receipt.md §3.1, §5).
inline constexpr std::size_t JSON_DEPTH = 128;
/// Most digits of a JSON integer token (receipt.md §3.1: CPython refuses more).
inline constexpr std::size_t JSON_INTEGER_DIGITS = 4300;
/// Most values in one JSON text, or in all frames of one event stream together → INPUT_LIMIT. A
/// value takes up to 14 times its text in memory, and hostile text has one in every two bytes.
inline constexpr std::size_t JSON_VALUES = std::size_t{1} << 21;
/// Most digits and powers of ten, together, of the floats that canonical text prints → INPUT_LIMIT:
/// 61,680 numbers like 1.2345678901234567, 3,236 like 1e-323. One takes up to 0.1 µs, in wasm six
/// times as much. Numbers of 15 digits whose exponents are below 100 are free.
inline constexpr std::size_t JSON_FLOAT_PLACES = std::size_t{1} << 20;
/// Most different paths of one request or reply that no signature covers, and most tool calls that
/// the fragments of one event stream make → INPUT_LIMIT.
inline constexpr std::size_t UNCOVERED_PATHS = std::size_t{1} << 16;
inline constexpr std::size_t TOOL_CALLS = std::size_t{1} << 16;
/// Largest request or reply text that the verifier takes, bytes → INPUT_LIMIT.
inline constexpr std::size_t TEXT_BYTES = std::size_t{16} << 20;
/// Largest evidence bundle, bytes → INPUT_LIMIT: a request and a reply of the size above, escaped.
inline constexpr std::size_t BUNDLE_BYTES = 3 * TEXT_BYTES;
/// Largest options or policy text, bytes → POLICY_INVALID.
inline constexpr std::size_t OPTIONS_BYTES = std::size_t{1} << 20;

} // namespace assay::limits
