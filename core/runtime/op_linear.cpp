// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// MatMul in all its types, Einsum, Det.
#include "core/runtime/elements.hpp"
#include "core/runtime/matmul.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::UNKNOWN;

bool differ(std::int64_t a, std::int64_t b) noexcept {
    return a != b && a != UNKNOWN && b != UNKNOWN;
}

/// One operand of Einsum or its result: a letter for each dimension.
using Letters = std::string;

struct Equation {
    std::vector<Letters> operands;
    Letters result;
};

/// Letters of an ellipsis, the innermost last; not used by any equation.
constexpr std::string_view ELLIPSIS = "\x01\x02\x03\x04\x05\x06\x07\x08";

/// Replaces "..." by the last @p rank letters of ELLIPSIS.
Letters expand(std::string_view term, std::size_t rank) {
    Letters out;
    for (std::size_t i = 0; i < term.size(); ++i) {
        if (term[i] == '.') {
            out += ELLIPSIS.substr(ELLIPSIS.size() - rank);
            i += 2;
        } else if (term[i] != ' ') {
            out += term[i];
        }
    }
    return out;
}

std::size_t letters_in(std::string_view term) noexcept {
    return static_cast<std::size_t>(std::count_if(
        term.begin(), term.end(), [](char c) noexcept { return c != ' ' && c != '.'; }));
}

/// Whether a term is letters, spaces, and at most one ellipsis.
bool is_term(std::string_view term) noexcept {
    const std::size_t ellipsis = term.find("...");
    for (std::size_t i = 0; i < term.size(); ++i) {
        const char c = term[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && c != ' ' && (ellipsis == term.npos || i < ellipsis || i > ellipsis + 2)) {
            return false;
        }
    }
    return true;
}

/// @return nothing when the equation does not fit the ranks.
std::optional<Equation> parse_equation(const OpCall& call) {
    const std::string_view text = call.string("equation", "");
    const std::size_t arrow = text.find("->");
    std::string_view left = text.substr(0, arrow);
    std::vector<std::string_view> terms;
    for (;;) {
        const std::size_t comma = left.find(',');
        terms.push_back(left.substr(0, comma));
        if (comma == left.npos) {
            break;
        }
        left.remove_prefix(comma + 1);
    }
    if (terms.size() != call.input_count() || !std::all_of(terms.begin(), terms.end(), is_term)) {
        return std::nullopt;
    }
    Equation equation;
    std::size_t widest = 0;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const std::size_t named = letters_in(terms[i]);
        const bool open = terms[i].find("...") != terms[i].npos;
        if (named > call.rank(i) || (!open && named != call.rank(i))) {
            return std::nullopt;
        }
        widest = std::max(widest, open ? call.rank(i) - named : 0);
        equation.operands.push_back(expand(terms[i], call.rank(i) - named));
    }
    if (arrow != text.npos) {
        const std::string_view result = text.substr(arrow + 2);
        equation.result = expand(result, widest);
        Letters sorted = equation.result;
        std::sort(sorted.begin(), sorted.end());
        const bool twice = std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
        if (!is_term(result) || twice) {
            return std::nullopt;
        }
        return equation;
    }
    // Without an arrow: the ellipsis, then the letters that occur once, in order.
    std::map<char, int> counts;
    for (const Letters& operand : equation.operands) {
        for (const char letter : operand) {
            ++counts[letter];
        }
    }
    equation.result = ELLIPSIS.substr(ELLIPSIS.size() - widest);
    for (const auto& [letter, count] : counts) {
        if (count == 1 && letter > '\x08') {
            equation.result += letter;
        }
    }
    return equation;
}

} // namespace

std::optional<MatMulShape> matmul_shape(std::span<const std::int64_t> a,
                                        std::span<const std::int64_t> b) noexcept {
    if (a.empty() || b.empty()) {
        return std::nullopt;
    }
    // A vector is a row on the left and a column on the right; the added dimension is dropped.
    const std::size_t a_batch = a.size() < 2 ? 0 : a.size() - 2;
    const std::size_t b_batch = b.size() < 2 ? 0 : b.size() - 2;
    if (differ(a.back(), b[b_batch])) {
        return std::nullopt;
    }
    std::optional<Dims> batch = onnx::broadcast(a.first(a_batch), b.first(b_batch));
    if (!batch) {
        return std::nullopt;
    }
    MatMulShape shape;
    shape.batch = *std::move(batch);
    shape.out = shape.batch;
    shape.depth = static_cast<std::size_t>(a.back());
    if (a.size() > 1) {
        shape.rows = static_cast<std::size_t>(a[a_batch]);
        shape.out.push_back(a[a_batch]);
    }
    if (b.size() > 1) {
        shape.columns = static_cast<std::size_t>(b.back());
        shape.out.push_back(b.back());
    }
    const std::size_t rank = shape.batch.size();
    shape.a_steps = broadcast_strides(a.first(a_batch), rank);
    shape.b_steps = broadcast_strides(b.first(b_batch), rank);
    for (std::size_t i = 0; i < rank; ++i) {
        shape.a_steps[i] *= static_cast<std::int64_t>(shape.rows * shape.depth);
        shape.b_steps[i] *= static_cast<std::int64_t>(shape.depth * shape.columns);
    }
    return shape;
}

void op_matmul(OpCall& call) noexcept {
    const ElementType type = call.in(0).type;
    if (call.in(1).type != type || !(is_float(type) || is_integer(type))) {
        return call.fail_type(call.in(1).type);
    }
    const std::optional<MatMulShape> shape = matmul_shape(call.dims(0), call.dims(1));
    if (!shape) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, type, shape->out);
    if (y.data == nullptr) {
        return;
    }
    const float* const bias = call.has(2) ? call.in(2).as<float>() : nullptr; // of fuse_bias
    (void) with_working_type(type, [&](auto working) noexcept {
        using T = decltype(working);
        using Sum = std::conditional_t<std::is_floating_point_v<T>, double, T>;
        const Reading<T> a{call.in(0)};
        const Reading<T> b{call.in(1)};
        Writing<T> to{y};
        for_each_product(*shape, [&](std::size_t at, std::size_t row, std::size_t column,
                                     std::size_t, std::size_t j) noexcept {
            Sum sum = bias == nullptr ? Sum{0} : static_cast<Sum>(bias[j]);
            for (std::size_t k = 0; k < shape->depth; ++k) {
                sum +=
                    static_cast<Sum>(a[row + k]) * static_cast<Sum>(b[column + k * shape->columns]);
            }
            to[at] = static_cast<T>(sum);
        });
    });
}

/// Its place moves on with every letter.
static constexpr double STEPS_PER_FACTOR = 3;

void op_einsum(OpCall& call) noexcept {
    const ElementType type = call.in(0).type;
    for (const TensorRef& operand : call.inputs()) {
        if (operand.type != type || !(is_float(type) || is_integer(type))) {
            return call.fail_type(operand.type);
        }
    }
    const std::optional<Equation> equation = parse_equation(call);
    if (!equation) {
        return call.fail_shape("equation");
    }
    // Letters of the result first, then those that are summed over.
    Letters letters = equation->result;
    std::map<char, std::int64_t> sizes;
    for (std::size_t i = 0; i < call.input_count(); ++i) {
        for (std::size_t k = 0; k < call.rank(i); ++k) {
            const char letter = equation->operands[i][k];
            const std::int64_t dim = call.dims(i)[k];
            std::int64_t& size = sizes.try_emplace(letter, 1).first->second;
            if (dim != size && dim != 1 && size != 1) {
                return call.fail_shape("equation");
            }
            size = size == 1 ? dim : size;
            if (letters.find(letter) == letters.npos) {
                letters += letter;
            }
        }
    }
    Dims dims;
    for (const char letter : letters) {
        if (!sizes.contains(letter)) {
            return call.fail_shape("equation");
        }
        dims.push_back(sizes[letter]);
    }
    const std::size_t kept = equation->result.size();
    const TensorRef y = call.out(0, type, std::span{dims}.first(kept));
    double steps = STEPS_PER_FACTOR * static_cast<double>(call.input_count());
    for (const std::int64_t dim : dims) {
        steps *= static_cast<double>(dim);
    }
    std::uint64_t copies = 0; // every operand is one
    for (const TensorRef& operand : call.inputs()) {
        copies += std::uint64_t{operand.count()} * sizeof(double);
    }
    if (y.data == nullptr || !call.spend(steps) || !call.reserve(copies)) {
        return;
    }
    // Strides of each operand by letter; a repeated letter walks a diagonal.
    std::vector<std::vector<std::int64_t>> strides(call.input_count());
    for (std::size_t i = 0; i < strides.size(); ++i) {
        strides[i].resize(letters.size());
        std::int64_t step = 1;
        for (std::size_t k = call.rank(i); k-- > 0;) {
            const std::int64_t dim = call.dims(i)[k];
            strides[i][letters.find(equation->operands[i][k])] += dim == 1 ? 0 : step;
            step *= dim;
        }
    }
    (void) with_working_type(type, [&](auto working) noexcept {
        using T = decltype(working);
        using Sum = std::conditional_t<std::is_floating_point_v<T>, double, T>;
        std::vector<std::vector<T>> operands(call.input_count());
        for (std::size_t i = 0; i < operands.size(); ++i) {
            operands[i].resize(call.in(i).count());
            read_elements(call.in(i).type, call.in(i).data, operands[i].size(), operands[i].data());
        }
        Writing<T> to{y};
        std::vector<std::int64_t> index(letters.size());
        std::vector<std::int64_t> at(operands.size());
        // May be more than a size: the operands of an outer sum are smaller than it.
        std::uint64_t each = 1;
        for (const std::int64_t dim : std::span{dims}.subspan(kept)) {
            each *= static_cast<std::uint64_t>(dim);
        }
        for (std::size_t o = 0; o < y.count(); ++o) {
            Sum sum = 0;
            for (std::uint64_t s = 0; s < each; ++s) {
                Sum product = 1;
                for (std::size_t i = 0; i < operands.size(); ++i) {
                    product *= static_cast<Sum>(operands[i][static_cast<std::size_t>(at[i])]);
                }
                sum += product;
                for (std::size_t axis = letters.size(); axis-- > 0;) {
                    const bool wraps = ++index[axis] == dims[axis];
                    for (std::size_t i = 0; i < at.size(); ++i) {
                        at[i] += strides[i][axis] * (wraps ? 1 - dims[axis] : 1);
                    }
                    if (!wraps) {
                        break;
                    }
                    index[axis] = 0;
                }
            }
            to[o] = static_cast<T>(sum);
        }
    });
}

void op_det(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t rank = x.dims.size();
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (rank < 2 || x.dims[rank - 1] != x.dims[rank - 2]) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, x.type, x.dims.first(rank - 2));
    if (y.data == nullptr) {
        return;
    }
    const auto n = static_cast<std::size_t>(x.dims[rank - 1]);
    const Reading<double> from{x};
    Writing<double> to{y};
    for (std::size_t m = 0; m < y.count(); ++m) {
        std::vector<double> a(from.data() + m * n * n, from.data() + (m + 1) * n * n);
        double det = 1;
        for (std::size_t k = 0; k < n; ++k) { // Gauss with row exchange
            std::size_t pivot = k;
            for (std::size_t i = k + 1; i < n; ++i) {
                pivot = std::abs(a[i * n + k]) > std::abs(a[pivot * n + k]) ? i : pivot;
            }
            if (a[pivot * n + k] == 0) {
                det = 0;
                break;
            }
            if (pivot != k) {
                std::swap_ranges(a.begin() + static_cast<std::ptrdiff_t>(k * n),
                                 a.begin() + static_cast<std::ptrdiff_t>((k + 1) * n),
                                 a.begin() + static_cast<std::ptrdiff_t>(pivot * n));
                det = -det;
            }
            det *= a[k * n + k];
            for (std::size_t i = k + 1; i < n; ++i) {
                const double factor = a[i * n + k] / a[k * n + k];
                for (std::size_t j = k; j < n; ++j) {
                    a[i * n + j] -= factor * a[k * n + j];
                }
            }
        }
        to[m] = det;
    }
}

} // namespace assay::runtime
