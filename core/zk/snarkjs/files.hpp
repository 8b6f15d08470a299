// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What the files of snarkjs share (snark.md §1): strict decimal numbers, points, the protocol's
/// name. Syntax is read first, into raw values; their meaning is checked after the protocol.
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/zk/bn254/fr.hpp"
#include "core/zk/bn254/groups.hpp"
#include "core/zk/equation.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace assay::zk {

/// snark.md §1, ZK_LIMIT
inline constexpr std::size_t SNARK_FILE_BYTES = std::size_t{4} << 20;
inline constexpr std::size_t SNARK_JSON_DEPTH = 16;
inline constexpr std::uint64_t SNARK_MAX_PUBLIC = 65536;

struct RawG1 {
    Number x{}, y{};
    bool infinity = false;
};
struct RawG2 {
    Fp2Number x{}, y{};
    bool infinity = false;
};

/// @return the text as a tree; ZK_LIMIT for one that is too large or nested deeper than @p depth,
/// @p malformed for one that is no JSON.
[[nodiscard]] Result<bytes::JsonValue> read_zk_json(std::string_view text, std::size_t max_bytes,
                                                    std::size_t depth,
                                                    ErrorCode malformed) noexcept;

/// Members of one object. A missing member or one of another form makes it not ok.
class Fields {
public:
    /// @p object must outlive this reader.
    explicit Fields(const bytes::JsonValue& object) noexcept;

    [[nodiscard]] Number number(const char* name) noexcept;
    /// Of an integer token, which may be negative (→ nothing, and still ok).
    [[nodiscard]] std::optional<std::uint64_t> count(const char* name) noexcept;
    [[nodiscard]] RawG1 g1(const char* name) noexcept;
    [[nodiscard]] RawG2 g2(const char* name) noexcept;
    [[nodiscard]] std::vector<RawG1> g1_list(const char* name) noexcept;
    /// @return the object of that name; this one, and not ok, when there is none.
    [[nodiscard]] Fields object(const char* name) noexcept;

    /// ZK_MALFORMED at the first member that did not have its form.
    [[nodiscard]] Result<void> outcome() const noexcept;

private:
    const bytes::JsonValue* find(const char* name) noexcept;

    const bytes::JsonValue* object_;
    const char* failed_ = nullptr;
};

/// The elements of a public.json.
[[nodiscard]] Result<std::vector<Number>> read_publics(const bytes::JsonValue& file) noexcept;

/// ZK_VERSION_UNSUPPORTED unless both files are of @p protocol on BN254; a proof may leave both
/// members out.
[[nodiscard]] Result<void> check_protocol(const bytes::JsonValue& key,
                                          const bytes::JsonValue& proof,
                                          std::string_view protocol) noexcept;

/// @param infinity the code for infinity; 0 where it may stand
[[nodiscard]] Result<G1> to_point(const RawG1& raw, ErrorCode infinity = {}) noexcept;
[[nodiscard]] Result<PreparedG2> to_point(const RawG2& raw, ErrorCode infinity) noexcept;
/// Of a key: ZK_VK_INVALID for infinity.
[[nodiscard]] Result<FixedG2Pointer> to_fixed_point(const RawG2& raw) noexcept;
/// ZK_SCALAR_OUT_OF_RANGE at r and above.
[[nodiscard]] Result<Fr> to_scalar(const Number& raw) noexcept;
/// ZK_PUBLIC_COUNT, then ZK_SCALAR_OUT_OF_RANGE.
[[nodiscard]] Result<std::vector<Fr>> to_publics(const std::vector<Number>& raw,
                                                 std::uint64_t expected) noexcept;

/// The three files as text.
struct SnarkFiles {
    std::string_view key;
    std::string_view publics;
    std::string_view proof;
};

/// The three files as trees, within the limits. They view the texts.
struct SnarkTrees {
    bytes::JsonValue key;
    bytes::JsonValue publics;
    bytes::JsonValue proof;
};
/// ZK_MALFORMED, ZK_LIMIT
[[nodiscard]] Result<SnarkTrees> read_trees(const SnarkFiles& files) noexcept;

/// What is claimed, and what must hold for it.
struct SnarkEquation {
    std::vector<Number> publics;
    Equation equation;
};

/// snark.md §2–§4, the key taken at face value, but for the last step: whether the equation holds.
/// Order of the checks: syntax, protocol, key, public count, public range, proof.
using ToEquation = Result<SnarkEquation> (*)(const SnarkFiles& files) noexcept;
[[nodiscard]] Result<SnarkEquation> groth16_equation(const SnarkFiles& files) noexcept;
[[nodiscard]] Result<SnarkEquation> plonk_equation(const SnarkFiles& files) noexcept;
[[nodiscard]] Result<SnarkEquation> fflonk_equation(const SnarkFiles& files) noexcept;

/// The whole of it. @return the public signals
[[nodiscard]] Result<std::vector<Number>> verify_snark(ToEquation system,
                                                       const SnarkFiles& files) noexcept;

} // namespace assay::zk
