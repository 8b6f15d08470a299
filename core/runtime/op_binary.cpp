// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using onnx::Op;

/// What decides a result besides the operands.
struct Mode {
    Op op;
    bool is_unsigned = false; ///< uint64 as int64
    bool fmod = false;        ///< Mod: the sign of the dividend
    bool shifts_left = false;
};

bool is_comparison(Op op) noexcept {
    return op == Op::equal || op == Op::greater || op == Op::greater_or_equal || op == Op::less ||
           op == Op::less_or_equal;
}
bool is_logical(Op op) noexcept {
    return op == Op::logical_and || op == Op::logical_or || op == Op::logical_xor;
}
bool is_bitwise(Op op) noexcept {
    return op == Op::bitwise_and || op == Op::bitwise_or || op == Op::bitwise_xor ||
           op == Op::bit_shift;
}

template <typename T>
bool compare(Op op, T a, T b) noexcept {
    switch (op) {
    case Op::equal:
        return a == b;
    case Op::greater:
        return a > b;
    case Op::greater_or_equal:
        return a >= b;
    case Op::less:
        return a < b;
    default:
        return a <= b;
    }
}

template <typename T>
T apply_float(const Mode& mode, T a, T b) noexcept {
    switch (mode.op) {
    case Op::add:
        return a + b;
    case Op::sub:
        return a - b;
    case Op::mul:
        return a * b;
    case Op::div:
        return a / b;
    case Op::prelu:
        return a < 0 ? a * b : a;
    case Op::mod: {
        const T rest = std::fmod(a, b);
        return !mode.fmod && rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }
    default:
        return static_cast<T>(std::pow(static_cast<double>(a), static_cast<double>(b)));
    }
}

/// Precondition: b is not 0.
template <typename T>
T divide(const Mode& mode, T a, T b) noexcept {
    if (mode.op == Op::div) {
        return a / b;
    }
    const T rest = a % b;
    return !mode.fmod && rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

/// Integers wrap around. Precondition: no division by 0.
std::int64_t apply_integer(const Mode& mode, std::int64_t a, std::int64_t b) noexcept {
    const auto x = static_cast<std::uint64_t>(a);
    const auto y = static_cast<std::uint64_t>(b);
    switch (mode.op) {
    case Op::add:
        return static_cast<std::int64_t>(x + y);
    case Op::sub:
        return static_cast<std::int64_t>(x - y);
    case Op::mul:
        return static_cast<std::int64_t>(x * y);
    case Op::prelu:
        return a < 0 && !mode.is_unsigned ? static_cast<std::int64_t>(x * y) : a;
    case Op::bitwise_and:
        return a & b;
    case Op::bitwise_or:
        return a | b;
    case Op::bitwise_xor:
        return a ^ b;
    case Op::bit_shift:
        if (y > 63) {
            return 0;
        }
        return static_cast<std::int64_t>(mode.shifts_left ? x << y : x >> y);
    case Op::pow: {
        std::uint64_t result = 1;
        std::uint64_t base = x;
        if (b < 0) {
            return a == 1 ? 1 : (a == -1 ? (b % 2 == 0 ? 1 : -1) : 0);
        }
        for (std::uint64_t rest = y; rest != 0; rest >>= 1) {
            result *= (rest & 1) != 0 ? base : 1;
            base *= base;
        }
        return static_cast<std::int64_t>(result);
    }
    default:
        if (mode.is_unsigned) {
            return static_cast<std::int64_t>(divide(mode, x, y));
        }
        if (b == -1) { // the quotient of the smallest value overflows
            return mode.op == Op::div ? static_cast<std::int64_t>(0 - x) : 0;
        }
        return divide(mode, a, b);
    }
}

/// Whether the operator takes operands of @p type.
bool takes(Op op, ElementType type) noexcept {
    if (is_logical(op)) {
        return type == ElementType::boolean;
    }
    if (is_bitwise(op)) {
        return is_integer(type);
    }
    if (op == Op::equal && (type == ElementType::boolean || type == ElementType::string)) {
        return true;
    }
    return is_float(type) || is_integer(type);
}

template <typename T, typename Visit>
void visit_pairs(const OpCall& call, std::span<const std::int64_t> dims, Visit visit) noexcept {
    const Reading<T> a{call.in(0)};
    const Reading<T> b{call.in(1)};
    const std::size_t count = volume(dims);
    if (call.in(0).count() == count && call.in(1).count() == count) {
        for (std::size_t i = 0; i < count; ++i) {
            visit(i, a[i], b[i]);
        }
        return;
    }
    Walk<2> walk{dims,
                 {broadcast_strides(call.dims(0), dims.size()),
                  broadcast_strides(call.dims(1), dims.size())}};
    for (std::size_t i = 0; i < count; ++i, walk.next()) {
        visit(i, a.data()[walk.offset(0)], b.data()[walk.offset(1)]);
    }
}

void compare_all(const OpCall& call, const TensorRef& y) noexcept {
    const Op op = call.op();
    const ElementType type = call.in(0).type;
    const auto put = [&y](std::size_t i, bool value) noexcept { y.data[i] = value ? 1 : 0; };
    if (type == ElementType::string) {
        Walk<2> walk{y.dims,
                     {broadcast_strides(call.dims(0), y.dims.size()),
                      broadcast_strides(call.dims(1), y.dims.size())}};
        for (std::size_t i = 0; i < y.count(); ++i, walk.next()) {
            put(i, onnx::StringPool::text(call.in(0).as<std::uint64_t>()[walk.offset(0)]) ==
                       onnx::StringPool::text(call.in(1).as<std::uint64_t>()[walk.offset(1)]));
        }
    } else if (is_float(type)) {
        visit_pairs<double>(call, y.dims, [&](std::size_t i, double a, double b) noexcept {
            put(i, compare(op, a, b));
        });
    } else if (type == ElementType::uint64) {
        visit_pairs<std::int64_t>(
            call, y.dims, [&](std::size_t i, std::int64_t a, std::int64_t b) noexcept {
                put(i, compare(op, static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b)));
            });
    } else {
        visit_pairs<std::int64_t>(call, y.dims,
                                  [&](std::size_t i, std::int64_t a, std::int64_t b) noexcept {
                                      put(i, compare(op, a, b));
                                  });
    }
}

/// Whether a tensor of integers has an element 0, which no integer is divided by.
bool has_zero(const TensorRef& x) noexcept {
    const std::size_t size = onnx::element_size(x.type);
    for (std::size_t i = 0; i < x.count(); ++i) {
        const std::uint8_t* element = x.data + i * size;
        if (std::all_of(element, element + size, [](std::uint8_t byte) { return byte == 0; })) {
            return true;
        }
    }
    return false;
}

template <typename T>
void compute_floats(const OpCall& call, const Mode& mode, const TensorRef& y) noexcept {
    Writing<T> to{y};
    visit_pairs<T>(call, y.dims,
                   [&](std::size_t i, T a, T b) noexcept { to[i] = apply_float(mode, a, b); });
}

void logical(const OpCall& call, const TensorRef& y) noexcept {
    const Op op = call.op();
    visit_pairs<std::int64_t>(call, y.dims,
                              [&](std::size_t i, std::int64_t a, std::int64_t b) noexcept {
                                  const bool value = op == Op::logical_and  ? a != 0 && b != 0
                                                     : op == Op::logical_or ? a != 0 || b != 0
                                                                            : (a != 0) != (b != 0);
                                  y.data[i] = value ? 1 : 0;
                              });
}

/// Whether these are the dimensions, as far as they are known.
bool are_of(std::span<const std::int64_t> known, const onnx::Dims& dims) noexcept {
    return std::equal(known.begin(), known.end(), dims.begin(), dims.end(),
                      [](std::int64_t a, std::int64_t b) {
                          return a == b || a == onnx::UNKNOWN || b == onnx::UNKNOWN;
                      });
}

} // namespace

void op_binary(OpCall& call) noexcept {
    const Op op = call.op();
    const ElementType type = call.in(0).type;
    const ElementType other = call.in(1).type;
    if (!takes(op, type) || (op != Op::pow && other != type) || !takes(op, other)) {
        return call.fail_type(takes(op, type) ? other : type);
    }
    const std::optional<onnx::Dims> dims = onnx::broadcast(call.dims(0), call.dims(1));
    if (!dims || (op == Op::prelu && !are_of(call.dims(0), *dims))) {
        return call.fail_shape();
    }
    if (op == Op::bit_shift && call.attributes().find("direction") == nullptr) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "direction");
    }
    const bool to_bool = is_comparison(op) || is_logical(op);
    const TensorRef y = call.out(0, to_bool ? ElementType::boolean : type, *dims);
    if (y.data == nullptr) {
        return;
    }
    if (is_comparison(op)) {
        return compare_all(call, y);
    }
    if (is_logical(op)) {
        return logical(call, y);
    }
    const Mode mode{op, type == ElementType::uint64, call.integer("fmod", 0) != 0,
                    call.string("direction", "") == "LEFT"};
    if (is_integer(type) && is_integer(other)) {
        if ((op == Op::div || op == Op::mod) && y.count() != 0 && has_zero(call.in(1))) {
            return call.fail_value("division by 0");
        }
        Writing<std::int64_t> to{y};
        visit_pairs<std::int64_t>(call, y.dims,
                                  [&](std::size_t i, std::int64_t a, std::int64_t b) noexcept {
                                      to[i] = apply_integer(mode, a, b);
                                  });
    } else if (type == ElementType::float32 && other == type) {
        compute_floats<float>(call, mode, y);
    } else {
        compute_floats<double>(call, mode, y);
    }
}

void op_variadic(OpCall& call) noexcept {
    const Op op = call.op();
    const ElementType type = call.in(0).type;
    onnx::Dims dims(call.dims(0).begin(), call.dims(0).end());
    for (std::size_t i = 0; i < call.input_count(); ++i) {
        const std::optional<onnx::Dims> wider =
            call.has(i) ? onnx::broadcast(dims, call.dims(i)) : std::nullopt;
        if (!wider) {
            return call.fail_shape();
        }
        dims = *wider;
        if (call.in(i).type != type || !(is_float(type) || is_integer(type))) {
            return call.fail_type(call.in(i).type);
        }
    }
    const TensorRef y = call.out(0, type, dims);
    if (y.data == nullptr) {
        return;
    }
    const auto compute = [&](auto working) noexcept {
        using T = decltype(working);
        Writing<T> to{y};
        for (std::size_t k = 0; k < call.input_count(); ++k) {
            const Reading<T> from{call.in(k)};
            Walk<1> walk{y.dims, {broadcast_strides(call.dims(k), y.dims.size())}};
            for (std::size_t i = 0; i < y.count(); ++i, walk.next()) {
                const T x = from.data()[walk.offset(0)];
                bool takes_x = k == 0;
                if (op == Op::max || op == Op::min) {
                    if constexpr (std::is_floating_point_v<T>) {
                        takes_x =
                            takes_x || std::isnan(x) || (op == Op::max ? x > to[i] : x < to[i]);
                    } else if (type == ElementType::uint64) {
                        const auto a = static_cast<std::uint64_t>(x);
                        const auto b = static_cast<std::uint64_t>(to[i]);
                        takes_x = takes_x || (op == Op::max ? a > b : a < b);
                    } else {
                        takes_x = takes_x || (op == Op::max ? x > to[i] : x < to[i]);
                    }
                    if (takes_x) {
                        to[i] = x;
                    }
                } else {
                    to[i] = takes_x ? x : to[i] + x;
                }
            }
        }
        for (std::size_t i = 0; op == Op::mean && i < y.count(); ++i) {
            to[i] = to[i] / static_cast<T>(call.input_count());
        }
    };
    (void) with_working_type(type, compute);
}

} // namespace assay::runtime
