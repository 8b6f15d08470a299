// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// TopK, Unique, NonZero.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

/// Rows without elements that Unique takes; those with elements are bounded by the memory.
constexpr std::int64_t MAX_EMPTY_ROWS = std::int64_t{1} << 20;

bool is_orderable(ElementType type) noexcept {
    return is_float(type) || is_integer(type);
}

/// Compares rows of elements of the same type; strings by content.
class RowLess {
public:
    RowLess(const TensorRef& x, std::size_t axis) noexcept
        : type_{x.type}, inner_{volume(x.dims.subspan(axis + 1))},
          outer_{volume(x.dims.first(axis))}, size_{static_cast<std::size_t>(x.dims[axis])} {
        if (type_ == ElementType::string) {
            strings_ = x.as<std::uint64_t>();
        } else if (is_float(type_)) {
            reals_.resize(x.count());
            read_elements(type_, x.data, x.count(), reals_.data());
        } else {
            integers_.resize(x.count());
            read_elements(type_, x.data, x.count(), integers_.data());
        }
    }

    /// @return negative, 0 or positive.
    [[nodiscard]] int compare(std::size_t a, std::size_t b) const noexcept {
        for (std::size_t o = 0; o < outer_; ++o) {
            for (std::size_t i = 0; i < inner_; ++i) {
                const int order =
                    compare_one((o * size_ + a) * inner_ + i, (o * size_ + b) * inner_ + i);
                if (order != 0) {
                    return order;
                }
            }
        }
        return 0;
    }

private:
    template <typename T>
    static int order(const T& a, const T& b) noexcept {
        return a < b ? -1 : (b < a ? 1 : 0);
    }

    int compare_one(std::size_t a, std::size_t b) const noexcept {
        if (strings_ != nullptr) {
            return order(onnx::StringPool::text(strings_[a]), onnx::StringPool::text(strings_[b]));
        }
        if (!reals_.empty()) {
            return order(reals_[a], reals_[b]);
        }
        if (type_ == ElementType::uint64) {
            return order(static_cast<std::uint64_t>(integers_[a]),
                         static_cast<std::uint64_t>(integers_[b]));
        }
        return order(integers_[a], integers_[b]);
    }

    ElementType type_;
    std::size_t inner_;
    std::size_t outer_;
    std::size_t size_;
    const std::uint64_t* strings_ = nullptr;
    std::vector<double> reals_;
    std::vector<std::int64_t> integers_;
};

} // namespace

void op_top_k(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t axis = axis_of(call, call.integer("axis", -1), x.dims.size());
    if (call.failed()) {
        return;
    }
    if (!is_orderable(x.type)) {
        return call.fail_type(x.type);
    }
    std::int64_t k = call.integer("k", -1);
    if (call.has(1)) {
        if (!call.known_integer(1)) {
            return;
        }
        k = call.integer_at(1);
    }
    if (k < 0 || k > x.dims[axis]) {
        return call.fail_shape("k");
    }
    Dims dims(x.dims.begin(), x.dims.end());
    dims[axis] = k;
    const TensorRef y = call.out(0, x.type, dims);
    const TensorRef places = call.out(1, ElementType::int64, dims);
    if (y.data == nullptr && places.data == nullptr) {
        return;
    }
    const bool largest = call.integer("largest", 1) != 0;
    const auto size = static_cast<std::size_t>(x.dims[axis]);
    const std::size_t inner = volume(x.dims.subspan(axis + 1));
    const std::size_t element = onnx::element_size(x.type);
    (void) with_working_type(x.type, [&](auto working) noexcept {
        using T = decltype(working);
        const Reading<T> from{x};
        const bool is_unsigned = x.type == ElementType::uint64;
        std::vector<std::size_t> order(size);
        for (std::size_t row = 0; row < volume(x.dims.first(axis)) * inner; ++row) {
            const std::size_t base = row / inner * inner * size + row % inner;
            std::iota(order.begin(), order.end(), std::size_t{0});
            const auto before = [&](std::size_t a, std::size_t b) noexcept {
                const T u = from[base + a * inner];
                const T v = from[base + b * inner];
                bool less = u < v;
                bool more = v < u;
                if constexpr (std::is_integral_v<T>) {
                    if (is_unsigned) {
                        less = static_cast<std::uint64_t>(u) < static_cast<std::uint64_t>(v);
                        more = static_cast<std::uint64_t>(v) < static_cast<std::uint64_t>(u);
                    }
                } else if (std::isnan(u) || std::isnan(v)) { // NaN counts as the largest
                    less = !std::isnan(u);
                    more = !std::isnan(v);
                    if (std::isnan(u) && std::isnan(v)) {
                        less = more = false;
                    }
                }
                return largest ? more || (!less && a < b) : less || (!more && a < b);
            };
            std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k),
                              order.end(), before);
            for (std::size_t i = 0; i < static_cast<std::size_t>(k); ++i) {
                const std::size_t at =
                    (row / inner * static_cast<std::size_t>(k) + i) * inner + row % inner;
                if (y.data != nullptr) {
                    std::memcpy(y.data + at * element, x.data + (base + order[i] * inner) * element,
                                element);
                }
                if (places.data != nullptr) {
                    places.as<std::int64_t>()[at] = static_cast<std::int64_t>(order[i]);
                }
            }
        }
    });
}

void op_unique(OpCall& call) noexcept {
    if (!call.known(0)) {
        return;
    }
    const TensorRef& x = call.in(0);
    const std::int64_t total = static_cast<std::int64_t>(x.count());
    const bool flat = call.attributes().find("axis") == nullptr;
    const std::array<std::int64_t, 1> line = {total};
    const TensorRef rows{x.type, flat ? std::span<const std::int64_t>{line} : x.dims, x.data};
    const std::size_t axis = flat ? 0 : axis_of(call, call.integer("axis", 0), x.dims.size());
    if (call.failed()) {
        return;
    }
    if (!is_orderable(x.type) && x.type != ElementType::string && x.type != ElementType::boolean) {
        return call.fail_type(x.type);
    }
    if (total == 0 && rows.dims[axis] > MAX_EMPTY_ROWS) {
        return call.fail(ErrorCode::ONNX_LIMIT, onnx::text(rows.dims));
    }
    const auto size = static_cast<std::size_t>(rows.dims[axis]);
    const RowLess rule{rows, axis};
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) noexcept {
        const int compared = rule.compare(a, b);
        return compared < 0 || (compared == 0 && a < b);
    });
    struct Group {
        std::size_t first;
        std::int64_t count;
        std::vector<std::size_t> members;
    };
    std::vector<Group> groups;
    for (const std::size_t i : order) {
        if (groups.empty() || rule.compare(groups.back().first, i) != 0) {
            groups.push_back(Group{i, 0, {}});
        }
        ++groups.back().count;
        groups.back().members.push_back(i);
    }
    if (call.integer("sorted", 1) == 0) {
        std::sort(groups.begin(), groups.end(),
                  [](const Group& a, const Group& b) noexcept { return a.first < b.first; });
    }
    const auto found = static_cast<std::int64_t>(groups.size());
    Dims dims(rows.dims.begin(), rows.dims.end());
    dims[axis] = found;
    const TensorRef y = call.out(0, x.type, dims);
    const TensorRef first = call.out(1, ElementType::int64, {found});
    const TensorRef inverse = call.out(2, ElementType::int64, {static_cast<std::int64_t>(size)});
    const TensorRef counts = call.out(3, ElementType::int64, {found});
    if (call.failed() || call.inferring()) {
        return;
    }
    const std::size_t block = volume(rows.dims.subspan(axis + 1)) * onnx::element_size(x.type);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t o = 0; y.data != nullptr && o < volume(rows.dims.first(axis)); ++o) {
            std::memcpy(y.data + (o * groups.size() + g) * block,
                        x.data + (o * size + groups[g].first) * block, block);
        }
        if (first.data != nullptr) {
            first.as<std::int64_t>()[g] = static_cast<std::int64_t>(groups[g].first);
        }
        if (counts.data != nullptr) {
            counts.as<std::int64_t>()[g] = groups[g].count;
        }
        for (const std::size_t i : groups[g].members) {
            if (inverse.data != nullptr) {
                inverse.as<std::int64_t>()[i] = static_cast<std::int64_t>(g);
            }
        }
    }
}

void op_non_zero(OpCall& call) noexcept {
    if (!call.known(0)) {
        return;
    }
    const TensorRef& x = call.in(0);
    std::vector<char> set(x.count());
    if (!with_working_type(x.type, [&](auto working) noexcept {
            const Reading<decltype(working)> from{x};
            for (std::size_t i = 0; i < set.size(); ++i) {
                set[i] = from[i] != 0 ? 1 : 0;
            }
        })) {
        return call.fail_type(x.type);
    }
    const std::int64_t count = std::count(set.begin(), set.end(), 1);
    const std::size_t rank = x.dims.size();
    const TensorRef y = call.out(0, ElementType::int64, {static_cast<std::int64_t>(rank), count});
    if (y.data == nullptr) {
        return;
    }
    Walk<1> walk{x.dims, {Strides{}}};
    std::size_t next = 0;
    for (std::size_t i = 0; i < set.size(); ++i, walk.next()) {
        if (set[i] == 0) {
            continue;
        }
        for (std::size_t axis = 0; axis < rank; ++axis) {
            y.as<std::int64_t>()[axis * static_cast<std::size_t>(count) + next] = walk.index(axis);
        }
        ++next;
    }
}

} // namespace assay::runtime
