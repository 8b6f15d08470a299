// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// AffineGrid, GridSample, RoiAlign, NonMaxSuppression.
#include "core/runtime/elements.hpp"
#include "core/runtime/interpolate.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::runtime {
namespace {

constexpr double STEPS_PER_SAMPLE = 12;
constexpr double STEPS_PER_OVERLAP = 12;

using onnx::Dims;
using onnx::ElementType;

enum class Border : std::uint8_t { zeros, edge, reflection };

/// Folds a coordinate back into [low, high].
double reflect(double x, double low, double high) noexcept {
    const double range = high - low;
    if (range <= 0) {
        return low;
    }
    double rest = std::fmod(std::abs(x - low), 2 * range);
    rest = rest > range ? 2 * range - rest : rest;
    return low + rest;
}

struct Sampler {
    Border border = Border::zeros;
    bool align = false;
    std::string_view mode;

    /// From [−1, 1] to elements of a dimension.
    [[nodiscard]] double place(double x, std::int64_t size) const noexcept {
        const auto n = static_cast<double>(size);
        return align ? (x + 1) / 2 * (n - 1) : ((x + 1) * n - 1) / 2;
    }
    [[nodiscard]] double fold(double x, std::int64_t size) const noexcept {
        const auto n = static_cast<double>(size);
        if (border == Border::edge) {
            return std::clamp(x, 0.0, n - 1);
        }
        return border == Border::zeros ? x
               : align                 ? reflect(x, 0, n - 1)
                                       : reflect(x, -0.5, n - 0.5);
    }
    /// @return the element that a whole position means; −1: 0.
    [[nodiscard]] std::int64_t element(double x, std::int64_t size) const noexcept {
        const double at = fold(x, size);
        const auto whole = static_cast<std::int64_t>(std::nearbyint(at));
        if (border == Border::zeros) {
            return whole < 0 || whole >= size ? -1 : whole;
        }
        return std::clamp<std::int64_t>(whole, 0, size - 1);
    }
};

/// One dimension's share: elements and their weights.
struct Taps {
    std::array<std::int64_t, 4> at{};
    std::array<double, 4> weight{};
    std::size_t count = 0;
};

Taps taps_of(const Sampler& sampler, double coordinate, std::int64_t size) noexcept {
    Taps taps;
    double x = sampler.place(coordinate, size);
    if (!(std::abs(x) < 1e15)) { // NaN and infinity: outside
        taps.count = 1;
        taps.at[0] = sampler.border == Border::zeros ? -1 : 0;
        taps.weight[0] = 1;
        return taps;
    }
    if (sampler.mode == "nearest") {
        taps.count = 1;
        taps.at[0] = sampler.element(std::nearbyint(sampler.fold(x, size)), size);
        taps.weight[0] = 1;
        return taps;
    }
    const bool cubic = sampler.mode == "cubic" || sampler.mode == "bicubic";
    if (!cubic) {
        x = sampler.fold(x, size);
    }
    const double base = std::floor(x);
    const double fraction = x - base;
    taps.count = cubic ? 4 : 2;
    const std::array<double, 4> weights = cubic
                                              ? cubic_weights(fraction, -0.75)
                                              : std::array<double, 4>{1 - fraction, fraction, 0, 0};
    for (std::size_t i = 0; i < taps.count; ++i) {
        taps.weight[i] = weights[i];
        taps.at[i] = sampler.element(base + static_cast<double>(i) - (cubic ? 1 : 0), size);
    }
    return taps;
}

} // namespace

void op_affine_grid(OpCall& call) noexcept {
    const TensorRef& theta = call.in(0);
    if (!is_float(theta.type)) {
        return call.fail_type(theta.type);
    }
    if (!call.known_integers(1)) {
        return;
    }
    const Dims size = call.integers(1);
    const std::size_t rank = size.size() < 2 ? 0 : size.size() - 2;
    if ((rank != 2 && rank != 3) || theta.dims.size() != 3 || theta.dims[0] != size[0] ||
        theta.dims[1] != static_cast<std::int64_t>(rank) ||
        theta.dims[2] != static_cast<std::int64_t>(rank) + 1 || !onnx::is_known(size)) {
        return call.fail_shape();
    }
    Dims dims = {size[0]};
    dims.insert(dims.end(), size.begin() + 2, size.end());
    dims.push_back(static_cast<std::int64_t>(rank));
    const TensorRef y = call.out(0, theta.type, dims);
    if (y.data == nullptr) {
        return;
    }
    const bool align = call.integer("align_corners", 0) != 0;
    const Reading<double> from{theta};
    Writing<double> to{y};
    const std::size_t area = volume(std::span{size}.subspan(2));
    for (std::size_t i = 0; i < y.count() / rank; ++i) {
        std::array<double, 4> point{}; // x first, then 1
        point[rank] = 1;
        std::size_t rest = i % area;
        for (std::size_t axis = rank; axis-- > 0;) {
            const auto n = static_cast<std::size_t>(size[axis + 2]);
            const auto at = static_cast<double>(rest % n);
            const auto length = static_cast<double>(n);
            rest /= n;
            point[rank - 1 - axis] =
                align ? (n == 1 ? -1.0 : 2 * at / (length - 1) - 1) : (2 * at + 1) / length - 1;
        }
        for (std::size_t row = 0; row < rank; ++row) {
            double sum = 0;
            for (std::size_t k = 0; k <= rank; ++k) {
                sum += from[(i / area * rank + row) * (rank + 1) + k] * point[k];
            }
            to[i * rank + row] = sum;
        }
    }
}

void op_grid_sample(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::span<const std::int64_t> grid = call.dims(1);
    const std::size_t rank = x.dims.size() < 3 ? 0 : x.dims.size() - 2;
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (rank < 1 || rank > 3 || grid.size() != x.dims.size() || grid[0] != x.dims[0] ||
        grid.back() != static_cast<std::int64_t>(rank)) {
        return call.fail_shape();
    }
    Dims dims = {x.dims[0], x.dims[1]};
    dims.insert(dims.end(), grid.begin() + 1, grid.end() - 1);
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const std::string_view padding = call.string("padding_mode", "zeros");
    const Sampler sampler{padding == "border"       ? Border::edge
                          : padding == "reflection" ? Border::reflection
                                                    : Border::zeros,
                          call.integer("align_corners", 0) != 0, call.string("mode", "bilinear")};
    const Reading<double> from{x};
    const Reading<double> points{call.in(1)};
    Writing<double> to{y};
    const std::size_t places = volume(std::span{dims}.subspan(2));
    const std::size_t area = volume(x.dims.subspan(2));
    if (area == 0) { // nothing to sample, not even a border
        std::fill_n(y.data, y.count() * onnx::element_size(y.type), std::uint8_t{0});
        return;
    }
    const auto channels = static_cast<std::size_t>(x.dims[1]);
    for (std::size_t i = 0; i < static_cast<std::size_t>(x.dims[0]) * places; ++i) {
        std::array<Taps, 3> taps;
        std::size_t combinations = 1;
        for (std::size_t axis = 0; axis < rank; ++axis) {
            taps[axis] = taps_of(sampler, points[i * rank + rank - 1 - axis], x.dims[axis + 2]);
            combinations *= taps[axis].count;
        }
        for (std::size_t c = 0; c < channels; ++c) {
            const std::size_t plane = i / places * channels + c;
            double sum = 0;
            for (std::size_t k = 0; k < combinations; ++k) {
                std::int64_t at = 0;
                double weight = 1;
                std::size_t rest = k;
                for (std::size_t axis = 0; axis < rank; ++axis) {
                    const std::size_t tap = rest % taps[axis].count;
                    rest /= taps[axis].count;
                    weight *= taps[axis].weight[tap];
                    at = at < 0 || taps[axis].at[tap] < 0
                             ? -1
                             : at * x.dims[axis + 2] + taps[axis].at[tap];
                }
                sum += at < 0 ? 0 : weight * from[plane * area + static_cast<std::size_t>(at)];
            }
            to[plane * places + i % places] = sum;
        }
    }
}

void op_roi_align(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& rois = call.in(1);
    if (!is_float(x.type) || rois.type != x.type || call.in(2).type != ElementType::int64) {
        return call.fail_type(x.type);
    }
    const std::int64_t height = call.integer("output_height", 1);
    const std::int64_t width = call.integer("output_width", 1);
    if (x.dims.size() != 4 || rois.dims.size() != 2 || rois.dims[1] != 4 || height < 1 ||
        width < 1 || call.in(2).count() != static_cast<std::size_t>(rois.dims[0])) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, x.type, {rois.dims[0], x.dims[1], height, width});
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const bool half_pixel = call.version() >= 16 && call.string("coordinate_transformation_mode",
                                                                "half_pixel") == "half_pixel";
    const bool is_max = call.string("mode", "avg") == "max";
    const auto scale = static_cast<double>(call.real("spatial_scale", 1));
    const std::int64_t ratio = call.integer("sampling_ratio", 0);
    const Reading<double> from{x};
    const Reading<double> boxes{rois};
    Writing<double> to{y};
    const std::int64_t rows = x.dims[2];
    const std::int64_t columns = x.dims[3];
    std::size_t at = 0;
    for (std::int64_t r = 0; r < rois.dims[0]; ++r) {
        const std::int64_t image = call.in(2).as<std::int64_t>()[r];
        if (image < 0 || image >= x.dims[0]) {
            return call.fail(ErrorCode::ONNX_INDEX, "batch_indices");
        }
        const double* box = boxes.data() + r * 4;
        const double offset = half_pixel ? 0.5 : 0;
        const double left = box[0] * scale - offset;
        const double top = box[1] * scale - offset;
        double box_width = box[2] * scale - offset - left;
        double box_height = box[3] * scale - offset - top;
        if (!half_pixel) {
            box_width = std::max(box_width, 1.0);
            box_height = std::max(box_height, 1.0);
        }
        const double bin_h = box_height / static_cast<double>(height);
        const double bin_w = box_width / static_cast<double>(width);
        const auto samples = [ratio](double bin) noexcept {
            const double adaptive = bin > 0 ? std::ceil(bin) : 0; // none for a box that is NaN
            return ratio > 0 ? static_cast<double>(ratio) : adaptive;
        };
        if (!call.spend(STEPS_PER_SAMPLE * samples(bin_h) * samples(bin_w) *
                        static_cast<double>(x.dims[1] * height * width))) {
            return;
        }
        const auto grid_h = static_cast<std::int64_t>(std::min(samples(bin_h), MAX_STEPS));
        const auto grid_w = static_cast<std::int64_t>(std::min(samples(bin_w), MAX_STEPS));
        for (std::int64_t c = 0; c < x.dims[1]; ++c) {
            const double* plane = from.data() + (image * x.dims[1] + c) * rows * columns;
            for (std::int64_t cell = 0; cell < height * width; ++cell) {
                double sum = 0;
                double largest = 0;
                bool any = false;
                for (std::int64_t s = 0; s < grid_h * grid_w; ++s) {
                    double py = top + static_cast<double>(cell / width) * bin_h +
                                (static_cast<double>(s / grid_w) + 0.5) * bin_h /
                                    static_cast<double>(grid_h);
                    double px = left + static_cast<double>(cell % width) * bin_w +
                                (static_cast<double>(s % grid_w) + 0.5) * bin_w /
                                    static_cast<double>(grid_w);
                    std::array<double, 4> parts{};
                    if (rows * columns != 0 && py >= -1 && py <= static_cast<double>(rows) &&
                        px >= -1 && px <= static_cast<double>(columns)) {
                        py = std::clamp(py, 0.0, static_cast<double>(rows - 1));
                        px = std::clamp(px, 0.0, static_cast<double>(columns - 1));
                        const auto y0 = static_cast<std::int64_t>(py);
                        const auto x0 = static_cast<std::int64_t>(px);
                        const std::int64_t y1 = std::min(y0 + 1, rows - 1);
                        const std::int64_t x1 = std::min(x0 + 1, columns - 1);
                        const double fy = py - static_cast<double>(y0);
                        const double fx = px - static_cast<double>(x0);
                        parts = {plane[y0 * columns + x0] * (1 - fy) * (1 - fx),
                                 plane[y0 * columns + x1] * (1 - fy) * fx,
                                 plane[y1 * columns + x0] * fy * (1 - fx),
                                 plane[y1 * columns + x1] * fy * fx};
                    }
                    sum += parts[0] + parts[1] + parts[2] + parts[3];
                    for (const double part : parts) {
                        largest = any ? std::max(largest, part) : part;
                        any = true;
                    }
                }
                const auto count = static_cast<double>(std::max<std::int64_t>(1, grid_h * grid_w));
                to[at++] = is_max ? largest : sum / count;
            }
        }
    }
}

void op_non_max_suppression(OpCall& call) noexcept {
    const TensorRef& boxes = call.in(0);
    const TensorRef& scores = call.in(1);
    if (boxes.type != ElementType::float32 || scores.type != ElementType::float32) {
        return call.fail_type(boxes.type);
    }
    if (boxes.dims.size() != 3 || boxes.dims[2] != 4 || scores.dims.size() != 3 ||
        scores.dims[0] != boxes.dims[0] || scores.dims[2] != boxes.dims[1]) {
        return call.fail_shape();
    }
    if (call.has(2) && !call.holds_integer(2)) {
        return;
    }
    for (const std::size_t i : {3U, 4U}) {
        if (call.has(i) && call.in(i).type != ElementType::float32) {
            return call.fail_type(call.in(i).type);
        }
        if (call.has(i) && call.in(i).count() != 1) {
            return call.fail_shape("threshold");
        }
    }
    for (std::size_t i = 0; i < 5; ++i) {
        if (call.has(i) && !call.known(i)) {
            return;
        }
    }
    const std::int64_t most = call.has(2) ? call.integer_at(2) : 0;
    const float overlap = call.has(3) ? *call.in(3).as<float>() : 0;
    const float least = call.has(4) ? *call.in(4).as<float>() : 0;
    const bool centred = call.integer("center_point_box", 0) != 0;
    const auto corners = [centred](const float* box) noexcept {
        if (centred) {
            return std::array{box[1] - box[3] / 2, box[0] - box[2] / 2, box[1] + box[3] / 2,
                              box[0] + box[2] / 2};
        }
        return std::array{std::min(box[0], box[2]), std::min(box[1], box[3]),
                          std::max(box[0], box[2]), std::max(box[1], box[3])};
    };
    const auto shared = [](const std::array<float, 4>& a, const std::array<float, 4>& b) noexcept {
        const float h = std::max(0.0F, std::min(a[2], b[2]) - std::max(a[0], b[0]));
        const float w = std::max(0.0F, std::min(a[3], b[3]) - std::max(a[1], b[1]));
        const float both = h * w;
        const float area = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both;
        return area <= 0 ? 0 : both / area;
    };
    const std::int64_t count = boxes.dims[1];
    std::vector<std::int64_t> chosen;
    if (!call.reserve(static_cast<std::uint64_t>(count) * 4 * sizeof(std::int64_t))) {
        return; // the order of the boxes, and what sorting takes
    }
    const std::int64_t rows = count == 0 ? 0 : scores.dims[0] * scores.dims[1];
    for (std::int64_t row = 0; row < rows; ++row) {
        const float* score = scores.as<float>() + row * count;
        const float* all = boxes.as<float>() + row / scores.dims[1] * count * 4;
        std::vector<std::int64_t> order;
        for (std::int64_t i = 0; i < count; ++i) {
            if (!call.has(4) || score[i] > least) {
                order.push_back(i);
            }
        }
        std::stable_sort(
            order.begin(), order.end(),
            [score](std::int64_t a, std::int64_t b) noexcept { return score[a] > score[b]; });
        std::vector<std::array<float, 4>> kept;
        for (const std::int64_t i : order) {
            const std::array<float, 4> box = corners(all + i * 4);
            if (!call.spend(STEPS_PER_OVERLAP * static_cast<double>(kept.size()))) {
                return;
            }
            if (static_cast<std::int64_t>(kept.size()) >= most ||
                std::any_of(kept.begin(), kept.end(),
                            [&](const std::array<float, 4>& other) noexcept {
                                return shared(box, other) > overlap;
                            })) {
                continue;
            }
            // Full lists move to ones of twice their size.
            if ((kept.size() == kept.capacity() &&
                 !call.reserve(std::uint64_t{3} * kept.size() * sizeof box)) ||
                (chosen.size() + 3 > chosen.capacity() &&
                 !call.reserve(std::uint64_t{3} * chosen.size() * sizeof(std::int64_t)))) {
                return;
            }
            kept.push_back(box);
            chosen.insert(chosen.end(), {row / scores.dims[1], row % scores.dims[1], i});
        }
    }
    const TensorRef y =
        call.out(0, ElementType::int64, {static_cast<std::int64_t>(chosen.size() / 3), 3});
    if (y.data != nullptr) {
        std::copy(chosen.begin(), chosen.end(), y.as<std::int64_t>());
    }
}

} // namespace assay::runtime
