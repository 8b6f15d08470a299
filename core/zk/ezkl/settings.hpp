// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// settings.json of an EZKL circuit: the members that shape the constraint system (ezkl.md §1.4),
/// and what its version decides (§2).
#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::zk::ezkl {

__extension__ using Int128 = __int128;

/// ezkl.md §12
inline constexpr std::size_t PROOF_FILE_BYTES = std::size_t{4} << 20;
inline constexpr std::size_t SETTINGS_BYTES = std::size_t{1} << 20;
inline constexpr std::size_t KEY_BYTES = std::size_t{64} << 20;
inline constexpr std::size_t PROOF_BYTES = std::size_t{1} << 20;
inline constexpr std::size_t JSON_DEPTH = 64;
inline constexpr std::uint64_t MAX_INSTANCES = 65536;
inline constexpr std::uint64_t MAX_ADVICE = 1024;
inline constexpr std::uint64_t MAX_FIXED = 4096;
inline constexpr std::uint64_t MAX_SELECTORS = 2048;
inline constexpr std::uint64_t MAX_ARGUMENTS = 1024;
inline constexpr std::uint64_t MAX_DEGREE = 64;
inline constexpr std::uint64_t MAX_TABLE_COLUMNS = 64;
inline constexpr std::uint64_t MAX_INNER = 64;
inline constexpr std::uint64_t MIN_K = 4;
inline constexpr std::uint64_t MAX_K = 26;
inline constexpr std::uint64_t DIGEST_TEXT_BYTES = std::uint64_t{64} << 20;
/// Ours: nodes of all expressions; a circuit within the limits above stays far below.
inline constexpr std::size_t MAX_NODES = std::size_t{1} << 21;

/// Rows that blinding takes, one more is the last row (§3).
inline constexpr std::uint64_t BLINDING = 5;

enum class Visibility : std::uint8_t { hidden, open, fixed, hashed, hashed_open, committed };
[[nodiscard]] constexpr bool is_hashed(Visibility visibility) noexcept {
    return visibility == Visibility::hashed || visibility == Visibility::hashed_open;
}

struct Range {
    Int128 low, high;
    friend bool operator==(const Range&, const Range&) = default;
};

/// A table function with its parameters, as required_lookups names it.
struct LookupOp {
    static constexpr std::size_t MAX_PARAMETERS = 4;

    std::string name;
    std::vector<std::pair<std::string, double>> parameters;
    friend bool operator==(const LookupOp&, const LookupOp&) = default;

    [[nodiscard]] std::optional<double> parameter(std::string_view wanted) const noexcept;
};

/// Five sets of releases (§2).
struct Flags {
    bool is_boolean, sel_gate, shuffle3, multi_dyn;
};

struct Settings {
    std::uint64_t k, inner;
    Range lookup_range;
    Visibility input, output, parameters;
    std::uint64_t assignments, constants, dynamic_size, shuffle_size, dynamic_lookups, shuffles;
    std::vector<std::uint64_t> polycommit;
    std::uint64_t poseidon_instances;
    std::vector<LookupOp> lookups;
    std::vector<Range> ranges;
    std::vector<std::uint64_t> shapes; ///< values of each public tensor
    std::vector<std::int64_t> input_scales, output_scales;
    std::string version;
    bool freivalds = false; ///< layouts of EZKL 22.3 on

    /// EZKL_MALFORMED, ZK_LIMIT
    [[nodiscard]] static Result<Settings> parse(std::string_view text) noexcept;

    /// The sets to try, new to old; more than one for source builds only. EZKL_VERSION_UNSUPPORTED
    [[nodiscard]] Result<std::span<const Flags>> flags() const noexcept;
    /// ZK_LIMIT (§12)
    [[nodiscard]] Result<void> check_limits() const noexcept;

    [[nodiscard]] bool any_hashed() const noexcept;
    [[nodiscard]] bool any_hash_open() const noexcept;
    [[nodiscard]] std::uint64_t rows() const noexcept { return std::uint64_t{1} << k; }
    [[nodiscard]] std::uint64_t usable_rows() const noexcept { return rows() - BLINDING - 1; }
    /// Values of a table that fit into one column.
    [[nodiscard]] std::uint64_t table_rows() const noexcept { return rows() - BLINDING - 3; }
    /// Columns of a table over @p range. Precondition: within the limits.
    [[nodiscard]] std::uint64_t table_columns(const Range& range) const noexcept;
    /// Number of public values. Precondition: within the limits.
    [[nodiscard]] std::uint64_t instance_count() const noexcept;
};

} // namespace assay::zk::ezkl
