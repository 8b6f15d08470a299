// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Strict cursor over the protobuf wire format, https://protobuf.dev/programming-guides/encoding/.
// Not implemented: groups (wire types 3 and 4) are refused, as no message that we read uses them.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace assay::bytes {

enum class WireType : std::uint8_t {
    varint = 0,
    fixed64 = 1,
    length_delimited = 2,
    fixed32 = 5,
};

/// One field as it stands on the wire; the schema decides what the bits mean.
struct WireField {
    std::uint32_t number;
    WireType type;
    /// Value of a varint, fixed32 or fixed64 field; 0 otherwise.
    std::uint64_t scalar;
    /// Content of a length-delimited field, a view into the input; empty otherwise.
    BytesView content;
};

/// Which varints a reader takes: protobuf's own readers take any, evidence has one form only.
enum class Varints : bool { any, minimal };

/// Reads the fields of one message in order. The input must outlive every field.
class WireReader {
public:
    explicit WireReader(BytesView message, Varints varints = Varints::any) noexcept
        : rest_{message}, varints_{varints} {}

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

    /// @return the next field, or nothing when the bytes are truncated, a varint is longer than 64
    /// bits or, in the strict mode, padded with a zero group, the field number is 0 or above
    /// 2^29 − 1, or the wire type is unknown. After nothing was returned the reader must not be
    /// used any more. Precondition: !at_end().
    [[nodiscard]] std::optional<WireField> next() noexcept;

    /// @return the next bare varint (the element of a packed field), nothing when malformed.
    [[nodiscard]] std::optional<std::uint64_t> varint() noexcept;

    /// @return the next @p count bytes, nothing when fewer are left.
    [[nodiscard]] std::optional<BytesView> take(std::size_t count) noexcept;

    [[nodiscard]] BytesView rest() const noexcept { return rest_; }

private:
    BytesView rest_;
    Varints varints_;
};

/// @return the little-endian integer in the first 4 or 8 bytes. Precondition: there are as many.
[[nodiscard]] std::uint32_t little_endian32(BytesView bytes) noexcept;
[[nodiscard]] std::uint64_t little_endian64(BytesView bytes) noexcept;

/// Calls @p visit(std::uint64_t) for each element of a repeated varint field, in the packed and in
/// the plain form. @return false when the field is neither.
template <typename Visit>
[[nodiscard]] bool for_each_varint(const WireField& field, Visit visit) noexcept {
    if (field.type == WireType::varint) {
        visit(field.scalar);
        return true;
    }
    if (field.type != WireType::length_delimited)
        return false;
    WireReader elements{field.content};
    while (!elements.at_end()) {
        const std::optional<std::uint64_t> element = elements.varint();
        if (!element)
            return false;
        visit(*element);
    }
    return true;
}

/// The same for repeated fixed32 and fixed64 fields (float, double), as raw bits.
template <typename Visit>
[[nodiscard]] bool for_each_fixed32(const WireField& field, Visit visit) noexcept {
    if (field.type == WireType::fixed32) {
        visit(static_cast<std::uint32_t>(field.scalar));
        return true;
    }
    if (field.type != WireType::length_delimited || field.content.size() % 4 != 0)
        return false;
    for (std::size_t i = 0; i < field.content.size(); i += 4)
        visit(little_endian32(field.content.subspan(i)));
    return true;
}

template <typename Visit>
[[nodiscard]] bool for_each_fixed64(const WireField& field, Visit visit) noexcept {
    if (field.type == WireType::fixed64) {
        visit(field.scalar);
        return true;
    }
    if (field.type != WireType::length_delimited || field.content.size() % 8 != 0)
        return false;
    for (std::size_t i = 0; i < field.content.size(); i += 8)
        visit(little_endian64(field.content.subspan(i)));
    return true;
}

} // namespace assay::bytes
