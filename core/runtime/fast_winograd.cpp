// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/fast_winograd.hpp"

#include "core/onnx/buffer.hpp"
#include "core/runtime/op_call.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/parallel.hpp"
#include "core/runtime/tile_product.hpp"

#include <algorithm>
#include <limits>
#include <memory>

namespace assay::runtime {
namespace {

using simd::Floats;

constexpr std::size_t SIDE = 4; ///< of a tile of inputs
constexpr std::size_t STEP = 2; ///< outputs of a tile in a row
constexpr std::size_t PRODUCTS = WINOGRAD_PRODUCTS;
static_assert(PRODUCTS == SIDE * SIDE && WINOGRAD_FILTERS == simd::TILE &&
              WINOGRAD_CHANNELS == simd::WIDTH);

/// What a block of tiles is worked out in stays in a second-level cache.
constexpr std::size_t BLOCK_BYTES = std::size_t{1} << 18;
constexpr std::size_t MOST_TILES = 128;

constexpr float INFINITE = std::numeric_limits<float>::infinity();

/// A tensor of floats as images of pixels.
struct Images {
    std::size_t height = 0;
    std::size_t width = 0;
    std::size_t channels = 0;
    bool is_channels_last = false;

    [[nodiscard]] std::size_t size() const noexcept { return height * width * channels; }
    /// @return index of the first channel of a pixel.
    [[nodiscard]] std::size_t at(std::size_t image, std::size_t row,
                                 std::size_t column) const noexcept {
        const std::size_t pixel = row * width + column;
        return image * size() + (is_channels_last ? pixel * channels : pixel);
    }
    /// Elements from one channel of a pixel to the next.
    [[nodiscard]] std::size_t step() const noexcept {
        return is_channels_last ? 1 : height * width;
    }
};

struct Shape {
    std::size_t batch = 0;
    Images in;
    Images out;
    std::int64_t top = 0;
    std::int64_t left = 0;
    float low = -INFINITE;
    float high = INFINITE;

    [[nodiscard]] std::size_t across() const noexcept { return (out.width + STEP - 1) / STEP; }
    [[nodiscard]] std::size_t down() const noexcept { return (out.height + STEP - 1) / STEP; }
    [[nodiscard]] std::size_t tiles() const noexcept { return batch * down() * across(); }
    /// Tiles that are worked out together: whole rows of products.
    [[nodiscard]] std::size_t together() const noexcept {
        const std::size_t each = PRODUCTS * (in.channels + out.channels) * sizeof(float);
        const std::size_t fit = BLOCK_BYTES / each / simd::TILE_ROWS * simd::TILE_ROWS;
        return std::clamp(fit, simd::TILE_ROWS, MOST_TILES / simd::TILE_ROWS * simd::TILE_ROWS);
    }
    [[nodiscard]] std::size_t blocks() const noexcept {
        return (tiles() + together() - 1) / together();
    }
    /// Floats that the work on one block takes: tiles before and behind the products, and a pixel
    /// of the padding.
    [[nodiscard]] std::size_t scratch() const noexcept {
        return PRODUCTS * together() * (in.channels + out.channels) + in.channels;
    }
};

struct Winograd final : Prepared {
    Shape shape;
    onnx::Buffer scratch;
    pthreadpool_t pool = nullptr;
    const float* x = nullptr;
    const float* weights = nullptr;
    const float* bias = nullptr; ///< null: none
    float* y = nullptr;
};

/// Four inputs of a row or column, which are @p step apart.
void transform_in(const Floats* from, Floats* to, std::size_t step) noexcept {
    to[0] = from[0] - from[2 * step];
    to[step] = from[step] + from[2 * step];
    to[2 * step] = from[2 * step] - from[step];
    to[3 * step] = from[step] - from[3 * step];
}

/// Three weights of a row or column.
void transform_weights(const Floats* from, std::size_t from_step, Floats* to,
                       std::size_t to_step) noexcept {
    const Floats half = simd::splat(0.5F);
    const Floats ends = from[0] + from[2 * from_step];
    to[0] = from[0];
    to[to_step] = (ends + from[from_step]) * half;
    to[2 * to_step] = (ends - from[from_step]) * half;
    to[3 * to_step] = from[2 * from_step];
}

/// The two outputs of four products.
void transform_out(const Floats* from, std::size_t from_step, Floats* to,
                   std::size_t to_step) noexcept {
    to[0] = from[0] + from[from_step] + from[2 * from_step];
    to[to_step] = from[from_step] - from[2 * from_step] - from[3 * from_step];
}

Floats gather(const float* from, std::size_t step) noexcept {
    return step == 1 ? simd::load(from)
                     : Floats{from[0], from[step], from[2 * step], from[3 * step]};
}

void scatter(float* to, std::size_t step, Floats value) noexcept {
    if (step == 1) {
        simd::store(to, value);
        return;
    }
    for (std::size_t i = 0; i < simd::WIDTH; ++i) {
        to[i * step] = value[i];
    }
}

/// One block of tiles.
class Block {
public:
    Block(const Winograd& all, std::size_t index, float* scratch) noexcept
        : all_{all}, shape_{all.shape}, together_{shape_.together()}, first_{index * together_},
          count_{std::min(together_, shape_.tiles() - first_)}, before_{scratch},
          behind_{before_ + PRODUCTS * together_ * shape_.in.channels},
          zeros_{behind_ + PRODUCTS * together_ * shape_.out.channels} {}

    void run() noexcept {
        std::fill_n(zeros_, shape_.in.channels, 0.0F);
        for (std::size_t tile = 0; tile < count_; ++tile) {
            read(tile);
        }
        for (std::size_t product = 0; product < PRODUCTS; ++product) {
            multiply(product);
        }
        for (std::size_t tile = 0; tile < count_; ++tile) {
            write(tile);
        }
    }

private:
    struct Place {
        std::size_t image;
        std::size_t row; ///< of the first output
        std::size_t column;
    };

    [[nodiscard]] Place place(std::size_t tile) const noexcept {
        const std::size_t index = first_ + tile;
        const std::size_t each = shape_.down() * shape_.across();
        return {index / each, index % each / shape_.across() * STEP,
                index % shape_.across() * STEP};
    }

    void read(std::size_t tile) noexcept {
        const Images& in = shape_.in;
        const Place at = place(tile);
        const float* pixels[PRODUCTS];
        bool is_inside[PRODUCTS];
        for (std::size_t i = 0; i < PRODUCTS; ++i) {
            const std::int64_t row = static_cast<std::int64_t>(at.row + i / SIDE) - shape_.top;
            const std::int64_t column =
                static_cast<std::int64_t>(at.column + i % SIDE) - shape_.left;
            is_inside[i] = row >= 0 && row < static_cast<std::int64_t>(in.height) && column >= 0 &&
                           column < static_cast<std::int64_t>(in.width);
            pixels[i] = is_inside[i] ? all_.x + in.at(at.image, static_cast<std::size_t>(row),
                                                      static_cast<std::size_t>(column))
                                     : zeros_;
        }
        const std::size_t step = in.step();
        float* to = before_ + tile * in.channels;
        for (std::size_t channel = 0; channel < in.channels; channel += simd::WIDTH) {
            Floats values[PRODUCTS];
            Floats columns[PRODUCTS];
            for (std::size_t i = 0; i < PRODUCTS; ++i) {
                values[i] = step == 1 || !is_inside[i] ? simd::load(pixels[i] + channel)
                                                       : gather(pixels[i] + channel * step, step);
            }
            for (std::size_t i = 0; i < SIDE; ++i) {
                transform_in(values + i, columns + i, SIDE);
            }
            for (std::size_t i = 0; i < SIDE; ++i) {
                transform_in(columns + i * SIDE, values + i * SIDE, 1);
            }
            for (std::size_t i = 0; i < PRODUCTS; ++i) {
                simd::store(to + i * together_ * in.channels + channel, values[i]);
            }
        }
    }

    void multiply(std::size_t product) noexcept {
        const std::size_t channels = shape_.in.channels;
        const std::size_t filters = shape_.out.channels;
        const float* tiles = before_ + product * together_ * channels;
        float* sums = behind_ + product * together_ * filters;
        for (std::size_t filter = 0; filter < filters; filter += simd::TILE) {
            const float* weights = all_.weights + (product * filters + filter) * channels;
            std::size_t tile = 0;
            for (; tile + simd::TILE_ROWS <= count_; tile += simd::TILE_ROWS) {
                simd::multiply_tile<simd::TILE_ROWS>(tiles + tile * channels, channels, weights,
                                                     simd::TILE, channels,
                                                     sums + tile * filters + filter, filters);
            }
            for (; tile + 2 <= count_; tile += 2) {
                simd::multiply_tile<2>(tiles + tile * channels, channels, weights, simd::TILE,
                                       channels, sums + tile * filters + filter, filters);
            }
            for (; tile < count_; ++tile) {
                simd::multiply_tile<1>(tiles + tile * channels, channels, weights, simd::TILE,
                                       channels, sums + tile * filters + filter, filters);
            }
        }
    }

    void write(std::size_t tile) noexcept {
        const Images& out = shape_.out;
        const Place at = place(tile);
        const std::size_t rows = std::min(STEP, out.height - at.row);
        const std::size_t columns = std::min(STEP, out.width - at.column);
        const float* from = behind_ + tile * out.channels;
        for (std::size_t filter = 0; filter < out.channels; filter += simd::WIDTH) {
            Floats sums[PRODUCTS];
            Floats halves[STEP * SIDE];
            Floats results[STEP * STEP];
            for (std::size_t i = 0; i < PRODUCTS; ++i) {
                sums[i] = simd::load(from + i * together_ * out.channels + filter);
            }
            for (std::size_t i = 0; i < SIDE; ++i) {
                transform_out(sums + i, SIDE, halves + i, SIDE);
            }
            for (std::size_t i = 0; i < STEP; ++i) {
                transform_out(halves + i * SIDE, 1, results + i * STEP, 1);
            }
            const Floats bias = all_.bias == nullptr ? Floats{} : simd::load(all_.bias + filter);
            for (std::size_t row = 0; row < rows; ++row) {
                for (std::size_t column = 0; column < columns; ++column) {
                    float* to = all_.y + out.at(at.image, at.row + row, at.column + column);
                    const Floats sum = results[row * STEP + column] + bias;
                    // NaN of infinity: bounds would hide that a term has overflowed.
                    scatter(to + filter * out.step(), out.step(),
                            simd::clamp(sum - (sum - sum), shape_.low, shape_.high));
                }
            }
        }
    }

    const Winograd& all_;
    const Shape& shape_;
    std::size_t together_;
    std::size_t first_;
    std::size_t count_;
    float* before_; ///< [product][tile][channel]
    float* behind_; ///< [product][tile][filter]
    float* zeros_;
};

Images images(std::span<const std::int64_t> dims) noexcept {
    const auto size = [&dims](std::size_t axis) { return static_cast<std::size_t>(dims[axis]); };
    return {size(2), size(3), size(1), false};
}

Shape shape_of(const onnx::Node& node, std::span<const std::int64_t> x,
               std::span<const std::int64_t> y) noexcept {
    const auto pads = node.attributes.integers("pads");
    Shape shape;
    shape.batch = static_cast<std::size_t>(x[0]);
    shape.in = images(x);
    shape.out = images(y);
    shape.top = pads[0];
    shape.left = pads[1];
    shape.low = node.attributes.real("low", -INFINITE);
    shape.high = node.attributes.real("high", INFINITE);
    return shape;
}

std::unique_ptr<Winograd> prepare(const OpCall& call) {
    auto made = std::make_unique<Winograd>();
    Shape& shape = made->shape = shape_of(call.node(), call.dims(0), call.place(0).dims);
    shape.in.is_channels_last = call.reads_channels_last();
    shape.out.is_channels_last = call.writes_channels_last();
    const std::uint64_t products =
        std::uint64_t{shape.tiles()} * PRODUCTS * shape.in.channels * shape.out.channels;
    if (shape.blocks() > 1 && products >= WORTH_A_THREAD) {
        made->pool = call.pool();
    }
    const std::size_t threads =
        made->pool == nullptr ? 1 : pthreadpool_get_threads_count(made->pool);
    Result<onnx::Buffer> scratch =
        onnx::Buffer::allocate(std::uint64_t{threads} * shape.scratch() * sizeof(float));
    if (scratch) {
        made->scratch = *std::move(scratch);
    }
    return made;
}

void run_block(void* context, std::size_t thread, std::size_t index) noexcept {
    auto& all = *static_cast<Winograd*>(context);
    float* scratch = reinterpret_cast<float*>(all.scratch.data());
    Block{all, index, scratch + thread * all.shape.scratch()}.run();
}

} // namespace

void transform_filters(const float* weights, std::size_t filters, std::size_t channels,
                       float* to) noexcept {
    constexpr std::size_t KERNEL = 3;
    constexpr std::size_t TAPS = KERNEL * KERNEL;
    for (std::size_t filter = 0; filter < filters; filter += simd::WIDTH) {
        float* row = to + filter / simd::TILE * channels * simd::TILE + filter % simd::TILE;
        for (std::size_t channel = 0; channel < channels; ++channel) {
            const float* from = weights + (filter * channels + channel) * TAPS;
            Floats taps[TAPS];
            Floats columns[SIDE * KERNEL];
            Floats made[PRODUCTS];
            for (std::size_t tap = 0; tap < TAPS; ++tap) {
                taps[tap] = gather(from + tap, channels * TAPS);
            }
            for (std::size_t i = 0; i < KERNEL; ++i) {
                transform_weights(taps + i, KERNEL, columns + i, KERNEL);
            }
            for (std::size_t i = 0; i < SIDE; ++i) {
                transform_weights(columns + i * KERNEL, 1, made + i * SIDE, 1);
            }
            for (std::size_t i = 0; i < PRODUCTS; ++i) {
                simd::store(row + i * filters * channels + channel * simd::TILE, made[i]);
            }
        }
    }
}

std::uint64_t winograd_bytes(const onnx::Node& node, std::span<const onnx::ValueShape> values,
                             pthreadpool_t pool) noexcept {
    const Shape shape = shape_of(node, values[node.inputs[0]].dims, values[node.outputs[0]].dims);
    return std::uint64_t{pthreadpool_get_threads_count(pool)} * shape.scratch() * sizeof(float);
}

/// Operands and attributes as fuse_winograd writes them; only in plans.
void op_winograd_conv(OpCall& call) noexcept {
    Winograd& all = call.prepared<Winograd>([&call] { return prepare(call); });
    if (all.scratch.data() == nullptr) {
        return call.fail(ErrorCode::ONNX_LIMIT);
    }
    all.x = call.in(0).as<float>();
    all.weights = call.in(1).as<float>();
    all.bias = call.in(2).as<float>();
    all.y = call.place(0).as<float>();
    pthreadpool_parallelize_1d_with_thread(all.pool, run_block, &all, all.shape.blocks(), 0);
}

} // namespace assay::runtime
