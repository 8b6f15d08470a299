// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/bundle_value.hpp"

#include "core/bytes/base64.hpp"
#include "core/bytes/integer_text.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/bytes/utf8.hpp"

#include <algorithm>

namespace assay::evidence {
namespace {

using bytes::CborItem;
using bytes::CborKind;
using bytes::JsonKind;
using bytes::JsonWriter;

bool knows(std::span<const std::string_view> known, std::string_view name) {
    return std::find(known.begin(), known.end(), name) != known.end();
}

/// The reader bounds the depth. @return whether everything had a form.
bool write_json(JsonWriter& out, CborItem item) {
    switch (item.kind()) {
    case CborKind::unsigned_integer:
        out.unsigned_number(item.number());
        return true;
    case CborKind::text_string:
        out.string(item.text());
        return true;
    case CborKind::boolean:
        out.boolean(item.number() != 0);
        return true;
    case CborKind::null:
        out.null();
        return true;
    case CborKind::array:
    case CborKind::map:
        break;
    default:
        return false;
    }
    const bool is_map = item.is(CborKind::map);
    is_map ? out.object() : out.array();
    const std::size_t count = item.size();
    CborItem at = count > 0 ? item.first() : item;
    for (std::size_t i = 0; i < count; ++i) {
        if (is_map) {
            if (!at.is(CborKind::text_string)) {
                return false;
            }
            out.key(at.text());
            at = at.next();
        }
        if (!write_json(out, at)) {
            return false;
        }
        if (i + 1 < count) {
            at = at.next();
        }
    }
    out.end();
    return true;
}

} // namespace

bool BundleValue::is_object() const noexcept {
    return json_ != nullptr ? json_->is(JsonKind::object) : cbor_->is(CborKind::map);
}

std::optional<BundleValue> BundleValue::find(std::string_view name) const noexcept {
    if (json_ != nullptr) {
        const bytes::JsonValue* member = json_->find(name);
        return member != nullptr ? std::optional{BundleValue{*member}} : std::nullopt;
    }
    const auto member = cbor_->find(name);
    return member ? std::optional{BundleValue{*member}} : std::nullopt;
}

bool BundleValue::is_object_of(std::span<const std::string_view> known) const noexcept {
    if (!is_object()) {
        return false;
    }
    if (json_ != nullptr) {
        const auto members = json_->members();
        return std::all_of(members.begin(), members.end(),
                           [&](const auto& member) { return knows(known, member.name); });
    }
    // No key comes twice: as many known ones as there are keys.
    const auto present = std::count_if(known.begin(), known.end(), [&](std::string_view name) {
        return cbor_->find(name).has_value();
    });
    return static_cast<std::size_t>(present) == cbor_->size();
}

std::optional<std::string> BundleValue::text() const noexcept {
    if (json_ != nullptr) {
        return json_->is(JsonKind::string) && bytes::is_utf8(json_->string())
                   ? std::optional{json_->string()}
                   : std::nullopt;
    }
    return cbor_->is(CborKind::text_string) ? std::optional{std::string{cbor_->text()}}
                                            : std::nullopt;
}

std::optional<Bytes> BundleValue::binary() const noexcept {
    if (json_ != nullptr) {
        return json_->is(JsonKind::string) ? bytes::from_base64(json_->string()) : std::nullopt;
    }
    if (!cbor_->is(CborKind::byte_string)) {
        return std::nullopt;
    }
    const BytesView content = cbor_->bytes();
    return Bytes{content.begin(), content.end()};
}

std::optional<std::uint64_t> BundleValue::positive_integer() const noexcept {
    std::uint64_t number = 0;
    if (json_ == nullptr) {
        number = cbor_->is(CborKind::unsigned_integer) ? cbor_->number() : 0;
    } else if (json_->is(JsonKind::number)) {
        number = bytes::read_unsigned(json_->raw()).value_or(0);
    }
    return number != 0 ? std::optional{number} : std::nullopt;
}

std::optional<std::string> BundleValue::json() const noexcept {
    if (json_ != nullptr) {
        return std::string{json_->raw()};
    }
    JsonWriter out;
    return write_json(out, *cbor_) ? std::optional{out.take()} : std::nullopt;
}

} // namespace assay::evidence
