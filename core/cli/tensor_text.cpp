// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/tensor_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>
#include <type_traits>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using onnx::ElementType;

/// Calls @p body with a value of the C++ type of @p type. @return whether there is one.
template <typename Body>
bool with_type(ElementType type, Body body) noexcept {
    switch (type) {
    case ElementType::float32:
        return body(float{}), true;
    case ElementType::float64:
        return body(double{}), true;
    case ElementType::int8:
        return body(std::int8_t{}), true;
    case ElementType::int16:
        return body(std::int16_t{}), true;
    case ElementType::int32:
        return body(std::int32_t{}), true;
    case ElementType::int64:
        return body(std::int64_t{}), true;
    case ElementType::uint8:
        return body(std::uint8_t{}), true;
    case ElementType::uint16:
        return body(std::uint16_t{}), true;
    case ElementType::uint32:
        return body(std::uint32_t{}), true;
    case ElementType::uint64:
        return body(std::uint64_t{}), true;
    case ElementType::boolean:
        return body(bool{}), true;
    default:
        return false;
    }
}

template <typename T>
bool read_one(const JsonValue& item, T& value) noexcept {
    if constexpr (std::is_same_v<T, bool>) {
        if (!item.is(JsonKind::boolean)) {
            return false;
        }
        value = item.boolean();
        return true;
    } else {
        if (!item.is(JsonKind::number)) {
            return false;
        }
        const std::string_view token = item.raw();
        const char* end = token.data() + token.size();
        const auto [stop, error] = std::from_chars(token.data(), end, value);
        return error == std::errc{} && stop == end;
    }
}

template <typename T>
void write_one(bytes::JsonWriter& out, T value) noexcept {
    if constexpr (std::is_same_v<T, bool>) {
        out.boolean(value);
    } else {
        std::array<char, 64> text{};
        const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
        const std::string_view token{text.data(),
                                     static_cast<std::size_t>(written.ptr - text.data())};
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
}

} // namespace

Result<void> read_elements(const JsonValue& list, ElementType type,
                           std::span<std::uint8_t> elements) noexcept {
    if (!list.is(JsonKind::array)) {
        return ErrorCode::ONNX_INPUT_TYPE;
    }
    Result<void> outcome = Result<void>::ok();
    const bool known = with_type(type, [&]<typename T>(T value) {
        if (list.items().size() != elements.size() / sizeof(T)) {
            outcome = ErrorCode::ONNX_INPUT_SHAPE;
            return;
        }
        for (std::size_t i = 0; i < list.items().size(); ++i) {
            if (!read_one(list.items()[i], value)) {
                outcome = Error{ErrorCode::ONNX_INPUT_TYPE, "[" + std::to_string(i) + "]"};
                return;
            }
            std::memcpy(elements.data() + i * sizeof(T), &value, sizeof(T));
        }
    });
    return known ? outcome : Result<void>{ErrorCode::ONNX_UNSUPPORTED_TYPE};
}

void write_elements(bytes::JsonWriter& out, ElementType type,
                    std::span<const std::uint8_t> elements) noexcept {
    const bool known = with_type(type, [&]<typename T>(T value) {
        out.array();
        for (std::size_t i = 0; i + sizeof(T) <= elements.size(); i += sizeof(T)) {
            if constexpr (std::is_same_v<T, bool>) {
                value = elements[i] != 0; // any other byte is no bool
            } else {
                std::memcpy(&value, elements.data() + i, sizeof(T));
            }
            write_one(out, value);
        }
        out.end();
    });
    if (!known) {
        out.null();
    }
}

} // namespace assay::cli
