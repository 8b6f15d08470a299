// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/fast_attention.hpp"

#include "core/onnx/buffer.hpp"
#include "core/runtime/op_call.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/parallel.hpp"
#include "core/runtime/simd.hpp"
#include "core/runtime/tile_product.hpp"

#include <pthreadpool.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

namespace assay::runtime {
namespace {

using simd::Floats;
using simd::Ints;
using simd::TILE;

constexpr std::size_t AT_ONCE = simd::TILE_ROWS;
constexpr float NEVER = -std::numeric_limits<float>::infinity();

template <typename Count>
constexpr Count whole_tiles(Count columns) noexcept {
    return (columns + TILE - 1) / TILE * TILE;
}

/// A matrix whose columns are read a tile at a time.
struct Columns {
    const float* data;
    std::size_t row_step;  ///< elements from one row to the next
    std::size_t tile_step; ///< elements from one column to the next, at whole tiles

    [[nodiscard]] const float* tile(std::size_t column) const noexcept {
        return data + column * tile_step;
    }
};

template <std::size_t ROWS>
void multiply(const float* a, std::size_t a_step, const Columns& b, std::size_t depth, float* y,
              std::size_t columns) noexcept {
    for (std::size_t column = 0; column < columns; column += TILE) {
        simd::multiply_tile<ROWS>(a, a_step, b.tile(column), b.row_step, depth, y + column,
                                  columns);
    }
}

/// What masks hold for one row of scores.
struct RowMask {
    const float* added = nullptr;
    std::size_t added_step = 0; ///< 0 or 1
    const std::uint8_t* chosen = nullptr;
    std::size_t chosen_step = 0;
};

/// Four elements, or as many as are there.
Floats load_some(const float* from, std::size_t count) noexcept {
    if (count >= simd::WIDTH) {
        return simd::load(from);
    }
    float some[simd::WIDTH] = {};
    std::memcpy(some, from, count * sizeof(float));
    return simd::load(some);
}

Floats masked(const AttentionShape& shape, const RowMask& mask, Floats x,
              std::size_t key) noexcept {
    const std::size_t left = shape.keys - key;
    if (mask.chosen != nullptr) {
        Ints keeps{};
        for (std::size_t i = 0; i < std::min(left, simd::WIDTH); ++i) {
            const bool is_true = mask.chosen[(key + i) * mask.chosen_step] != 0;
            keeps[i] = is_true == shape.keeps_true ? -1 : 0;
        }
        x = simd::select(keeps, x, simd::splat(shape.fill));
    }
    if (mask.added != nullptr) {
        x += mask.added_step == 0 ? simd::splat(*mask.added) : load_some(mask.added + key, left);
    }
    return x;
}

/// Scales and masks a row of scores and makes it sum up to 1. As in Softmax, a row that has NaN,
/// +∞ or nothing but −∞ becomes NaN.
void soften(const AttentionShape& shape, const RowMask& mask, float* row) noexcept {
    Floats largest = simd::splat(NEVER);
    Ints is_nan{};
    for (std::size_t key = 0; key < shape.keys; key += simd::WIDTH) {
        Floats x = masked(shape, mask, simd::load(row + key) * simd::splat(shape.scale), key);
        for (std::size_t i = shape.keys - key; i < simd::WIDTH; ++i) {
            x[i] = NEVER;
        }
        is_nan |= x != x;
        largest = simd::maximum(x, largest);
        simd::store(row + key, x);
    }
    const float most = std::max(std::max(largest[0], largest[1]), std::max(largest[2], largest[3]));
    if (!std::isfinite(most) || (is_nan[0] | is_nan[1] | is_nan[2] | is_nan[3]) != 0) {
        std::fill_n(row, shape.keys, std::numeric_limits<float>::quiet_NaN());
        return;
    }
    Floats total{};
    for (std::size_t key = 0; key < shape.keys; key += simd::WIDTH) {
        const Floats x = simd::load(row + key) - simd::splat(most);
        const Floats power =
            simd::select(x < simd::splat(-simd::EXP_RANGE), Floats{}, simd::exp(x));
        total += power;
        simd::store(row + key, power);
    }
    const Floats factor = simd::splat(1 / simd::sum(total));
    for (std::size_t key = 0; key < shape.keys; key += simd::WIDTH) {
        simd::store(row + key, simd::load(row + key) * factor);
    }
}

struct Attention final : Prepared {
    AttentionShape shape{};
    onnx::Buffer scratch;
    pthreadpool_t pool = nullptr;
    const float* q = nullptr;
    const float* k = nullptr;
    const float* v = nullptr;
    const float* added = nullptr;
    const std::uint8_t* chosen = nullptr;
    float* y = nullptr;
};

/// One head.
class Head {
public:
    Head(const Attention& attention, std::size_t index, float* scratch) noexcept
        : shape_{attention.shape}, all_{attention}, batch_{index / shape_.heads},
          head_{index % shape_.heads}, scratch_{scratch}, keys_{keys()}, values_{values()} {}

    void run() noexcept {
        std::size_t row = 0;
        for (; row + AT_ONCE <= shape_.rows; row += AT_ONCE) {
            run_rows<AT_ONCE>(row);
        }
        for (; row + 2 <= shape_.rows; row += 2) {
            run_rows<2>(row);
        }
        for (; row < shape_.rows; ++row) {
            run_rows<1>(row);
        }
    }

private:
    [[nodiscard]] std::ptrdiff_t at(const AttentionShape::Steps& steps,
                                    std::size_t row = 0) const noexcept {
        return static_cast<std::ptrdiff_t>(static_cast<std::int64_t>(batch_) * steps[0] +
                                           static_cast<std::int64_t>(head_) * steps[1] +
                                           static_cast<std::int64_t>(row) * steps[2]);
    }
    [[nodiscard]] float* take(std::size_t floats) noexcept {
        float* taken = scratch_;
        scratch_ += floats;
        return taken;
    }

    /// The keys as columns, in tiles of their own unless they lie that way.
    [[nodiscard]] Columns keys() noexcept {
        const float* from = all_.k + at(shape_.k);
        const auto key_step = static_cast<std::size_t>(shape_.k[2]);
        const auto feature_step = static_cast<std::size_t>(shape_.k[3]);
        if (key_step == 1 && shape_.keys % TILE == 0) {
            return {from, feature_step, 1};
        }
        float* to = take(whole_tiles(shape_.keys) * shape_.size);
        const Columns packed{to, TILE, shape_.size};
        for (std::size_t key = 0; key < shape_.keys; key += TILE) {
            const std::size_t count = std::min(TILE, shape_.keys - key);
            for (std::size_t f = 0; f < shape_.size; ++f, to += TILE) {
                for (std::size_t i = 0; i < TILE; ++i) {
                    to[i] = i < count ? from[(key + i) * key_step + f * feature_step] : 0;
                }
            }
        }
        return packed;
    }

    /// The values, with rows of whole tiles.
    [[nodiscard]] Columns values() noexcept {
        const float* from = all_.v + at(shape_.v);
        const auto step = static_cast<std::size_t>(shape_.v[2]);
        if (shape_.width % TILE == 0) {
            return {from, step, 1};
        }
        const std::size_t wide = whole_tiles(shape_.width);
        float* to = take(shape_.keys * wide);
        for (std::size_t key = 0; key < shape_.keys; ++key) {
            std::memcpy(to + key * wide, from + key * step, shape_.width * sizeof(float));
            std::fill_n(to + key * wide + shape_.width, wide - shape_.width, 0.0F);
        }
        return {to, wide, 1};
    }

    template <std::size_t ROWS>
    void run_rows(std::size_t row) noexcept {
        const std::size_t keys = whole_tiles(shape_.keys);
        const std::size_t width = whole_tiles(shape_.width);
        float* scores = scratch_;
        float* out = scratch_ + AT_ONCE * keys;
        multiply<ROWS>(all_.q + at(shape_.q, row), static_cast<std::size_t>(shape_.q[2]), keys_,
                       shape_.size, scores, keys);
        for (std::size_t r = 0; r < ROWS; ++r) {
            RowMask mask;
            if (all_.added != nullptr) {
                mask.added = all_.added + at(shape_.mask, row + r);
                mask.added_step = static_cast<std::size_t>(shape_.mask[3]);
            }
            if (all_.chosen != nullptr) {
                mask.chosen = all_.chosen + at(shape_.chosen, row + r);
                mask.chosen_step = static_cast<std::size_t>(shape_.chosen[3]);
            }
            soften(shape_, mask, scores + r * keys);
        }
        multiply<ROWS>(scores, keys, values_, shape_.keys, out, width);
        for (std::size_t r = 0; r < ROWS; ++r) {
            std::memcpy(all_.y + at(shape_.y, row + r), out + r * width,
                        shape_.width * sizeof(float));
        }
    }

    const AttentionShape& shape_;
    const Attention& all_;
    std::size_t batch_;
    std::size_t head_;
    float* scratch_;
    Columns keys_;
    Columns values_;
};

AttentionShape shape_of(const OpCall& call) noexcept {
    const auto sizes = call.attributes().integers("shape");
    const auto size = [&sizes](std::size_t index) {
        return static_cast<std::size_t>(sizes[index]);
    };
    AttentionShape shape{};
    shape.batch = size(0);
    shape.heads = size(1);
    shape.rows = size(2);
    shape.keys = size(3);
    shape.size = size(4);
    shape.width = size(5);
    const auto steps = [&call](std::string_view name, AttentionShape::Steps& to) {
        const auto from = call.attributes().integers(name);
        std::copy_n(from.begin(), to.size(), to.begin());
    };
    steps("q", shape.q);
    steps("k", shape.k);
    steps("v", shape.v);
    steps("y", shape.y);
    steps("mask", shape.mask);
    steps("chosen", shape.chosen);
    shape.keeps_true = call.integer("keeps_true", 0) != 0;
    shape.fill = call.real("fill", 0);
    shape.scale = call.real("scale", 1);
    return shape;
}

std::size_t scratch_of(const AttentionShape& shape) noexcept {
    return static_cast<std::size_t>(attention_scratch(shape.keys, shape.size, shape.width));
}

std::unique_ptr<Attention> prepare(const OpCall& call) {
    auto made = std::make_unique<Attention>();
    const AttentionShape& shape = made->shape = shape_of(call);
    const std::size_t heads = shape.batch * shape.heads;
    const std::uint64_t scores = std::uint64_t{heads} * shape.rows * shape.keys;
    if (heads > 1 && scores * (shape.size + shape.width) >= WORTH_A_THREAD) {
        made->pool = call.pool();
    }
    const std::size_t threads =
        made->pool == nullptr ? 1 : pthreadpool_get_threads_count(made->pool);
    Result<onnx::Buffer> scratch =
        onnx::Buffer::allocate(std::uint64_t{threads} * scratch_of(shape) * sizeof(float));
    if (scratch) {
        made->scratch = *std::move(scratch);
    }
    return made;
}

void run_head(void* context, std::size_t thread, std::size_t index) noexcept {
    auto& attention = *static_cast<Attention*>(context);
    float* scratch = reinterpret_cast<float*>(attention.scratch.data());
    Head{attention, index, scratch + thread * scratch_of(attention.shape)}.run();
}

} // namespace

std::uint64_t attention_scratch(std::uint64_t keys, std::uint64_t size,
                                std::uint64_t width) noexcept {
    return whole_tiles(keys) * size + keys * whole_tiles(width) +
           AT_ONCE * (whole_tiles(keys) + whole_tiles(width));
}

std::uint64_t attention_bytes(const onnx::Node& node, pthreadpool_t pool) noexcept {
    const auto sizes = node.attributes.integers("shape");
    const auto size = [&sizes](std::size_t index) {
        return static_cast<std::uint64_t>(sizes[index]);
    };
    return std::uint64_t{pthreadpool_get_threads_count(pool)} *
           attention_scratch(size(3), size(4), size(5)) * sizeof(float);
}

/// Operands and attributes as fuse_attention writes them; only in plans.
void op_fused_attention(OpCall& call) noexcept {
    Attention& attention = call.prepared<Attention>([&call] { return prepare(call); });
    if (attention.scratch.data() == nullptr) {
        return call.fail(ErrorCode::ONNX_LIMIT);
    }
    attention.q = call.in(0).as<float>();
    attention.k = call.in(1).as<float>();
    attention.v = call.in(2).as<float>();
    attention.added = call.in(3).as<float>();
    attention.chosen = call.in(4).data;
    attention.y = call.place(0).as<float>();
    const std::size_t heads = attention.shape.batch * attention.shape.heads;
    pthreadpool_parallelize_1d_with_thread(attention.pool, run_head, &attention, heads, 0);
}

} // namespace assay::runtime
