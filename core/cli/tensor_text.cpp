// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/tensor_text.hpp"

#include "core/runtime/elements.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using onnx::ElementType;

/// How elements of a type are stored; Text is what JSON says of them.
template <typename Stored, typename Text = Stored>
struct Form {
    using stored = Stored;
    using text = Text;
};

/// Calls @p body with the Form of @p type. @return whether there is one.
template <typename Body>
bool with_form(ElementType type, Body body) noexcept {
    switch (type) {
    case ElementType::float32:
        return body(Form<float>{}), true;
    case ElementType::float64:
        return body(Form<double>{}), true;
    case ElementType::int8:
    case ElementType::int4:
    case ElementType::int2:
        return body(Form<std::int8_t>{}), true;
    case ElementType::int16:
        return body(Form<std::int16_t>{}), true;
    case ElementType::int32:
        return body(Form<std::int32_t>{}), true;
    case ElementType::int64:
        return body(Form<std::int64_t>{}), true;
    case ElementType::uint8:
    case ElementType::uint4:
    case ElementType::uint2:
        return body(Form<std::uint8_t>{}), true;
    case ElementType::uint16:
        return body(Form<std::uint16_t>{}), true;
    case ElementType::uint32:
        return body(Form<std::uint32_t>{}), true;
    case ElementType::uint64:
        return body(Form<std::uint64_t>{}), true;
    case ElementType::boolean:
        return body(Form<std::uint8_t, bool>{}), true;
    case ElementType::string:
        return body(Form<std::uint64_t, std::string>{}), true;
    case ElementType::float16:
    case ElementType::bfloat16:
        return body(Form<std::uint16_t, float>{}), true;
    case ElementType::float8e4m3fn:
    case ElementType::float8e4m3fnuz:
    case ElementType::float8e5m2:
    case ElementType::float8e5m2fnuz:
    case ElementType::float8e8m0:
    case ElementType::float4e2m1:
        return body(Form<std::uint8_t, float>{}), true;
    default:
        return false;
    }
}

/// Integers of 4 and 2 bits take a byte each.
bool fits_bits(ElementType type, std::int64_t value) noexcept {
    const auto bits = static_cast<int>(onnx::packed_bits(type));
    if (bits == 0 || runtime::is_small_float(type)) {
        return true;
    }
    const bool is_signed = type == ElementType::int4 || type == ElementType::int2;
    const std::int64_t count = std::int64_t{1} << bits;
    return is_signed ? value >= -count / 2 && value < count / 2 : value < count;
}

template <typename T>
bool parse(std::string_view token, T& value) noexcept {
    const char* end = token.data() + token.size();
    const auto [stop, error] = std::from_chars(token.data(), end, value);
    return error == std::errc{} && stop == end;
}

template <typename T>
bool read_number(const JsonValue& item, T& value) noexcept {
    constexpr bool AS_TEXT = sizeof(T) == sizeof(std::int64_t) || std::is_floating_point_v<T>;
    if (item.is(JsonKind::string)) {
        return AS_TEXT && parse(item.string(), value);
    }
    return item.is(JsonKind::number) && parse(item.raw(), value);
}

template <typename F>
bool read_one(const JsonValue& item, ElementType type, onnx::StringPool& strings,
              typename F::stored& stored) noexcept {
    if constexpr (std::is_same_v<typename F::text, bool>) {
        stored = item.is(JsonKind::boolean) && item.boolean() ? 1 : 0;
        return item.is(JsonKind::boolean);
    } else if constexpr (std::is_same_v<typename F::text, std::string>) {
        if (!item.is(JsonKind::string)) {
            return false;
        }
        stored = strings.intern(item.string());
        return true;
    } else if constexpr (!std::is_same_v<typename F::text, typename F::stored>) {
        float value = 0;
        if (!read_number(item, value)) {
            return false;
        }
        stored = static_cast<typename F::stored>(runtime::encode_small(type, value));
        return true;
    } else {
        if (!read_number(item, stored)) {
            return false;
        }
        if constexpr (std::is_integral_v<typename F::stored> && sizeof(typename F::stored) == 1) {
            return fits_bits(type, stored);
        }
        return true;
    }
}

template <typename T>
void write_number(bytes::JsonWriter& out, T value) noexcept {
    std::array<char, 64> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
    const std::string_view token{text.data(), static_cast<std::size_t>(written.ptr - text.data())};
    bool plain = sizeof(T) < sizeof(std::int64_t);
    if constexpr (std::is_floating_point_v<T>) {
        plain = std::isfinite(value);
    }
    if (plain) {
        out.raw(token);
    } else {
        out.string(token);
    }
}

template <typename F>
void write_one(bytes::JsonWriter& out, ElementType type, typename F::stored stored) noexcept {
    if constexpr (std::is_same_v<typename F::text, bool>) {
        out.boolean(stored != 0);
    } else if constexpr (std::is_same_v<typename F::text, std::string>) {
        out.string(onnx::StringPool::text(stored));
    } else if constexpr (!std::is_same_v<typename F::text, typename F::stored>) {
        write_number(out, static_cast<float>(runtime::decode_small(type, stored)));
    } else {
        write_number(out, stored);
    }
}

} // namespace

Result<void> read_elements(const JsonValue& list, ElementType type, onnx::StringPool& strings,
                           std::span<std::uint8_t> elements) noexcept {
    if (!list.is(JsonKind::array)) {
        return ErrorCode::ONNX_INPUT_TYPE;
    }
    Result<void> outcome = Result<void>::ok();
    const bool known = with_form(type, [&]<typename F>(F) {
        using Stored = typename F::stored;
        if (list.items().size() != elements.size() / sizeof(Stored)) {
            outcome = ErrorCode::ONNX_INPUT_SHAPE;
            return;
        }
        for (std::size_t i = 0; i < list.items().size(); ++i) {
            Stored stored{};
            if (!read_one<F>(list.items()[i], type, strings, stored)) {
                outcome = Error{ErrorCode::ONNX_INPUT_TYPE, "[" + std::to_string(i) + "]"};
                return;
            }
            std::memcpy(elements.data() + i * sizeof(Stored), &stored, sizeof(Stored));
        }
    });
    return known ? outcome : Result<void>{ErrorCode::ONNX_UNSUPPORTED_TYPE};
}

void write_elements(bytes::JsonWriter& out, ElementType type,
                    std::span<const std::uint8_t> elements) noexcept {
    const bool known = with_form(type, [&]<typename F>(F) {
        using Stored = typename F::stored;
        out.array();
        for (std::size_t i = 0; i + sizeof(Stored) <= elements.size(); i += sizeof(Stored)) {
            Stored stored{};
            std::memcpy(&stored, elements.data() + i, sizeof(Stored));
            write_one<F>(out, type, stored);
        }
        out.end();
    });
    if (!known) {
        out.null();
    }
}

} // namespace assay::cli
