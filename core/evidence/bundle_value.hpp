// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A value of an evidence bundle, in whichever of the two encodings it came. JSON writes bytes as
// base64 text, CBOR as byte strings; everything else is written alike.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/bytes/cbor.hpp"
#include "core/bytes/json.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay::evidence {

/// Valid as long as the tree that it stands in. Every reader answers nothing for a value of another
/// form.
class BundleValue {
public:
    explicit BundleValue(const bytes::JsonValue& json) noexcept : json_{&json} {}
    explicit BundleValue(bytes::CborItem cbor) noexcept : cbor_{cbor} {}

    [[nodiscard]] bool is_object() const noexcept;
    /// @return the member of that name. Precondition: an object.
    [[nodiscard]] std::optional<BundleValue> find(std::string_view name) const noexcept;
    /// Whether this is an object without a member outside @p known.
    [[nodiscard]] bool is_object_of(std::span<const std::string_view> known) const noexcept;

    /// Well-formed UTF-8: a lone surrogate, which JSON can escape, has no bytes to judge.
    [[nodiscard]] std::optional<std::string> text() const noexcept;
    [[nodiscard]] std::optional<Bytes> binary() const noexcept;
    /// A positive integer in its one decimal form, within 64 bits.
    [[nodiscard]] std::optional<std::uint64_t> positive_integer() const noexcept;
    /// The whole value as JSON text: of JSON as it stands. Nothing for CBOR that holds what JSON
    /// has no form for here: byte strings, negative integers, keys that are no text.
    [[nodiscard]] std::optional<std::string> json() const noexcept;

private:
    const bytes::JsonValue* json_ = nullptr;
    std::optional<bytes::CborItem> cbor_{}; ///< where json_ is null
};

} // namespace assay::evidence
