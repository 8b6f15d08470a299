// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Clip, Where, Cast, Dropout: elements chosen or converted one by one.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace assay::runtime {
namespace {

using onnx::ElementType;

bool is_blank(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// A number as Python's float() reads it: decimal digits, or inf, infinity and nan in any case.
/// @return nothing for other text.
std::optional<double> parse_real(std::string_view text) noexcept {
    const std::string terminated{text};
    char* end = nullptr;
    // strtod also knows hexadecimal digits, and nan with a list of characters.
    const bool plain = !text.empty() && text.find_first_of("xX(") == text.npos;
    const double value = plain ? std::strtod(terminated.c_str(), &end) : 0;
    return plain && end == terminated.c_str() + text.size() ? std::optional{value} : std::nullopt;
}

/// An integer, or the whole part of a decimal number, as the specification of Cast has it for
/// "100.5". @return nothing for other text, and for what 64 bits do not hold.
std::optional<std::int64_t> parse_integer(std::string_view text, bool is_unsigned) noexcept {
    const bool has_plus = text.size() > 1 && text[0] == '+' && text[1] != '-';
    const char* first = text.data() + (has_plus ? 1 : 0);
    const char* last = text.data() + text.size();
    const auto is_whole = [last](const std::from_chars_result& read) noexcept {
        return read.ec == std::errc{} && read.ptr == last;
    };
    std::int64_t number = 0;
    if (is_whole(std::from_chars(first, last, number))) {
        return number;
    }
    std::uint64_t large = 0;
    if (is_unsigned && is_whole(std::from_chars(first, last, large))) {
        return static_cast<std::int64_t>(large);
    }
    const std::optional<double> real = parse_real(text);
    constexpr double BOUND = 9223372036854775808.0; // 2^63
    const bool digits = text.find_first_of(".eE") != text.npos;
    return real && digits && std::abs(*real) < BOUND
               ? std::optional{static_cast<std::int64_t>(*real)}
               : std::nullopt;
}

/// As numpy writes it: the shortest digits that read back as the same number.
std::string number_text(double value, ElementType type) {
    if (std::isnan(value)) {
        return "nan";
    }
    if (std::isinf(value)) {
        return value < 0 ? "-inf" : "inf";
    }
    // libc++ has no std::to_chars for floats; a cast to text is no hot path.
    std::array<char, 64> digits{};
    const auto reads_back = [&] {
        return type == ElementType::float64
                   ? std::strtod(digits.data(), nullptr) == value
                   : std::strtof(digits.data(), nullptr) == static_cast<float>(value);
    };
    int precision = -1;
    do {
        (void) std::snprintf(digits.data(), digits.size(), "%.*e", ++precision, value);
    } while (precision < 17 && !reads_back());
    std::string text{digits.data()};
    const int exponent = std::atoi(text.c_str() + text.find('e') + 1);
    if (exponent >= -4 && exponent < 16) {
        (void) std::snprintf(digits.data(), digits.size(), "%.*f",
                             std::max(precision - exponent, 0), value);
        text = digits.data();
    }
    if (text.find_first_of(".e") == text.npos) {
        text += ".0";
    }
    return text;
}

void cast_to_string(OpCall& call, const TensorRef& x, const TensorRef& y) {
    constexpr std::uint64_t LONGEST = 32;
    if (!call.reserve(x.count() * (onnx::StringPool::OVERHEAD + LONGEST))) {
        return;
    }
    const auto put = [&](std::size_t i, const std::string& text) {
        y.as<std::uint64_t>()[i] = call.strings().intern(text);
    };
    if (is_float(x.type)) {
        const Reading<double> from{x};
        for (std::size_t i = 0; i < x.count(); ++i) {
            put(i, number_text(from[i], x.type));
        }
        return;
    }
    const Reading<std::int64_t> from{x};
    for (std::size_t i = 0; i < x.count(); ++i) {
        if (x.type == ElementType::boolean) {
            put(i, from[i] != 0 ? "True" : "False");
        } else if (x.type == ElementType::uint64) {
            put(i, std::to_string(static_cast<std::uint64_t>(from[i])));
        } else {
            put(i, std::to_string(from[i]));
        }
    }
}

void cast_from_string(OpCall& call, const TensorRef& x, const TensorRef& y) {
    const std::size_t size = onnx::element_size(y.type);
    for (std::size_t i = 0; i < x.count(); ++i) {
        std::string_view text = onnx::StringPool::text(x.as<std::uint64_t>()[i]);
        while (!text.empty() && is_blank(text.front())) {
            text.remove_prefix(1);
        }
        while (!text.empty() && is_blank(text.back())) {
            text.remove_suffix(1);
        }
        const std::optional<double> real =
            is_float(y.type) ? parse_real(text) : std::optional<double>{};
        const std::optional<std::int64_t> integer =
            is_float(y.type) ? std::optional<std::int64_t>{}
                             : parse_integer(text, y.type == ElementType::uint64);
        if (!real && !integer) {
            return call.fail_value("element " + std::to_string(i) + " is no number");
        }
        if (real) {
            write_elements(y.type, &*real, 1, y.data + i * size);
        } else {
            write_elements(y.type, &*integer, 1, y.data + i * size);
        }
    }
}

/// To the floats of 8 and 4 bits, where what does not fit may saturate.
void cast_to_small(const OpCall& call, const TensorRef& x, const TensorRef& y) {
    const Overflow overflow =
        call.integer("saturate", 1) != 0 ? Overflow::saturate : Overflow::to_infinity;
    const std::string_view mode = call.string("round_mode", "up");
    const Rounding rounding = mode == "nearest" ? Rounding::nearest
                              : mode == "down"  ? Rounding::down
                                                : Rounding::up;
    const Reading<double> from{x};
    for (std::size_t i = 0; i < x.count(); ++i) {
        const bool old_nan = y.type == ElementType::float8e5m2 && call.version() < 23;
        y.data[i] =
            old_nan && std::isnan(from[i])
                ? 0x7f // the reference has another NaN since
                : static_cast<std::uint8_t>(encode_small(y.type, from[i], overflow, rounding));
    }
}

} // namespace

void op_clip(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type) && !is_integer(x.type)) {
        return call.fail_type(x.type);
    }
    for (std::size_t i = 1; i < 3; ++i) {
        if (call.has(i) && call.in(i).type != x.type) {
            return call.fail_type(call.in(i).type);
        }
        if (call.has(i) && call.in(i).count() != 1) {
            return call.fail_shape();
        }
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const bool by_inputs = call.version() >= 11;
    const auto compute = [&](auto working) noexcept {
        using T = decltype(working);
        const auto bound = [&](std::size_t input, const char* name, bool& is_set) noexcept {
            is_set = by_inputs ? call.has(input) : call.attributes().find(name) != nullptr;
            if (!is_set) {
                return T{};
            }
            return by_inputs ? Reading<T>{call.in(input)}[0] : static_cast<T>(call.real(name, 0));
        };
        bool has_low = false;
        bool has_high = false;
        const T low = bound(1, "min", has_low);
        const T high = bound(2, "max", has_high);
        const auto below = [&](T a, T b) noexcept {
            if constexpr (std::is_integral_v<T>) {
                return x.type == ElementType::uint64
                           ? static_cast<std::uint64_t>(a) < static_cast<std::uint64_t>(b)
                           : a < b;
            } else {
                return a < b;
            }
        };
        const Reading<T> from{x};
        Writing<T> to{y};
        for (std::size_t i = 0; i < y.count(); ++i) {
            T value = from[i];
            value = has_low && below(value, low) ? low : value;
            to[i] = has_high && below(high, value) ? high : value;
        }
    };
    (void) with_working_type(x.type, compute);
}

void op_where(OpCall& call) noexcept {
    if (call.in(0).type != ElementType::boolean || call.in(1).type != call.in(2).type) {
        return call.fail_type(call.in(call.in(0).type != ElementType::boolean ? 0 : 2).type);
    }
    std::optional<onnx::Dims> dims = onnx::broadcast(call.dims(0), call.dims(1));
    dims = dims ? onnx::broadcast(*dims, call.dims(2)) : dims;
    if (!dims) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, call.in(1).type, *dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t size = onnx::element_size(y.type);
    const std::size_t rank = y.dims.size();
    Walk<3> walk{y.dims,
                 {broadcast_strides(call.dims(0), rank), broadcast_strides(call.dims(1), rank),
                  broadcast_strides(call.dims(2), rank)}};
    for (std::size_t i = 0; i < y.count(); ++i, walk.next()) {
        const std::size_t chosen = call.in(0).data[walk.offset(0)] != 0 ? 1 : 2;
        std::memcpy(y.data + i * size,
                    call.in(chosen).data + static_cast<std::size_t>(walk.offset(chosen)) * size,
                    size);
    }
}

void op_cast(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const auto to = call.op() == onnx::Op::cast ? static_cast<ElementType>(call.integer("to", 0))
                                                : call.in(1).type;
    const auto known = [](ElementType type) noexcept {
        return is_float(type) || is_integer(type) || type == ElementType::boolean ||
               type == ElementType::string;
    };
    if (!known(x.type) || !known(to)) {
        return call.fail_type(known(x.type) ? to : x.type);
    }
    const TensorRef y = call.out(0, to, x.dims);
    if (y.data == nullptr) {
        return;
    }
    if (x.type == to) {
        std::memcpy(y.data, x.data, x.count() * onnx::element_size(to));
    } else if (to == ElementType::string) {
        cast_to_string(call, x, y);
    } else if (x.type == ElementType::string) {
        cast_from_string(call, x, y);
    } else if (is_small_float(to) && onnx::element_size(to) == 1) {
        cast_to_small(call, x, y);
    } else if (is_float(x.type)) {
        const Reading<double> from{x};
        if (!is_integer(to)) {
            return write_elements(to, from.data(), x.count(), y.data);
        }
        // Through int64: an integer type of fewer bits keeps the low ones. Beyond its range the
        // specification leaves the result open; before operator set 23 the reference clamped.
        std::vector<std::int64_t> wide(x.count());
        read_elements(ElementType::float64, from.data(), x.count(), wide.data());
        if (onnx::packed_bits(to) == 4 && call.version() < 23) {
            const std::int64_t low = to == ElementType::int4 ? -8 : 0;
            for (std::size_t i = 0; i < wide.size(); ++i) {
                wide[i] = static_cast<std::int64_t>(std::clamp(std::nearbyint(from[i]),
                                                               static_cast<double>(low),
                                                               static_cast<double>(low + 15)));
            }
        }
        write_elements(to, wide.data(), wide.size(), y.data);
    } else if (x.type == ElementType::uint64 && is_float(to)) {
        const Reading<double> from{x};
        write_elements(to, from.data(), x.count(), y.data);
    } else {
        const Reading<std::int64_t> from{x};
        write_elements(to, from.data(), x.count(), y.data);
    }
}

/// Inference only: elements pass through, the mask is all true.
void op_dropout(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (call.has(2)) {
        if (call.in(2).type != ElementType::boolean) {
            return call.fail_type(call.in(2).type);
        }
        if (call.has(1) && !is_float(call.in(1).type)) {
            return call.fail_type(call.in(1).type);
        }
        if (call.in(2).count() != 1 || (call.has(1) && call.in(1).count() != 1)) {
            return call.fail_shape("ratio or training_mode");
        }
        if (!call.known(2)) {
            return;
        }
        double ratio = 0.5;
        if (call.has(1) && !call.known(1)) {
            return;
        }
        if (call.has(1)) {
            ratio = Reading<double>{call.in(1)}[0];
        }
        if (call.in(2).data[0] != 0 && ratio != 0) {
            return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "training_mode");
        }
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    // Before operator set 10 the mask had the type of the data.
    const TensorRef mask = call.out(1, call.version() < 10 ? x.type : ElementType::boolean, x.dims);
    if (y.data != nullptr) {
        std::memcpy(y.data, x.data, x.count() * onnx::element_size(x.type));
    }
    if (mask.data != nullptr) {
        const std::vector<std::int64_t> ones(mask.count() + 1, 1);
        write_elements(mask.type, ones.data(), mask.count(), mask.data);
    }
}

} // namespace assay::runtime
