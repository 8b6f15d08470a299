// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The `types` of EIP-712 typed data: which structs there are, what their members hold, and
/// encodeType (EIP-712 "Definition of encodeType"; attestation.md §4).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/bytes/json.hpp"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::signatures {

/// A type without its array suffixes.
struct Eip712Base {
    enum class Kind : std::uint8_t {
        uint,
        int_,
        fixed_bytes,
        bytes,
        string,
        boolean,
        address,
        structure
    };

    Kind kind;
    /// Bits of an integer, bytes of bytesN, index of a struct; else 0.
    std::uint16_t size;
};

struct Eip712Member {
    std::string_view name;
    std::string_view type;     ///< as written, e.g. "Person[2][]"
    std::string_view suffixes; ///< of the same text: "[2][]"; the last one is the outermost array
    Eip712Base base;
};

/// Views point into the JSON value that was parsed, which must outlive the table.
class Eip712Types {
public:
    /// Limits → INPUT_LIMIT: the work of encodeType grows with both.
    static constexpr std::size_t MAX_TEXT = std::size_t{256} << 10;
    static constexpr std::size_t MAX_STRUCTS = 256;
    static constexpr std::size_t MAX_MEMBERS = 256; ///< of one struct

    /// @return TYPED_DATA_INVALID, with a path, for whatever has no encoding: a name that is no
    ///   identifier or is that of an atomic type, unknown types, widths outside the standard,
    ///   repeated members, structs that contain themselves.
    [[nodiscard]] static Result<Eip712Types> parse(const bytes::JsonValue& types) noexcept;

    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const noexcept;
    [[nodiscard]] const std::vector<Eip712Member>& members(std::size_t index) const noexcept {
        return structs_[index].members;
    }

    /// encodeType: the struct, then all that it refers to, sorted by name.
    [[nodiscard]] std::string encode_type(std::size_t index) const noexcept;
    /// keccak256(encodeType), computed once a struct.
    [[nodiscard]] const Hash32& type_hash(std::size_t index) noexcept;

private:
    using Set = std::bitset<MAX_STRUCTS>;
    struct Struct {
        std::string_view name;
        std::vector<Eip712Member> members{};
        Set uses{}; ///< structs inside this one, at any depth
        std::optional<Hash32> type_hash{};
    };

    [[nodiscard]] std::optional<Eip712Base> base_of(std::string_view name) const noexcept;
    [[nodiscard]] bool read_members(Struct& into, const bytes::JsonValue& list) const noexcept;
    [[nodiscard]] bool close_over_uses() noexcept;

    std::vector<Struct> structs_; ///< sorted by name
};

} // namespace assay::signatures
