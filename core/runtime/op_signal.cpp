// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Windows, Fourier transforms and the mel filter bank.
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::runtime {
namespace {

/// Of an element and a frequency.
constexpr double STEPS_PER_PAIR = 4;

using onnx::Dims;
using onnx::ElementType;

ElementType output_type(const OpCall& call) noexcept {
    return static_cast<ElementType>(
        call.integer("output_datatype", static_cast<std::int64_t>(ElementType::float32)));
}

struct Complex {
    double re = 0;
    double im = 0;
};

/// A discrete Fourier transform by its definition: lengths are short, and the result is the same
/// for every length.
void transform(const std::vector<Complex>& in, std::vector<Complex>& out, bool inverse) {
    const std::size_t n = in.size();
    std::vector<Complex> turns(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double angle =
            (inverse ? 2 : -2) * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
        turns[i] = {std::cos(angle), std::sin(angle)};
    }
    for (std::size_t k = 0; k < out.size(); ++k) {
        Complex sum;
        for (std::size_t t = 0, at = 0; t < n; ++t, at = (at + k) % n) {
            sum.re += in[t].re * turns[at].re - in[t].im * turns[at].im;
            sum.im += in[t].re * turns[at].im + in[t].im * turns[at].re;
        }
        const double scale = inverse ? 1 / static_cast<double>(n) : 1;
        out[k] = {sum.re * scale, sum.im * scale};
    }
}

} // namespace

void op_signal_window(OpCall& call) noexcept {
    if (!call.known_integer(0)) {
        return;
    }
    const ElementType type = output_type(call);
    if (!is_float(type) && !is_integer(type)) {
        return call.fail_type(type);
    }
    const std::int64_t size = call.integer_at(0);
    if (size < 0) {
        return call.fail_shape("size");
    }
    const TensorRef y = call.out(0, type, {size});
    if (y.data == nullptr) {
        return;
    }
    const bool periodic = call.integer("periodic", 1) != 0;
    const double length = static_cast<double>(periodic ? size : size - 1);
    Writing<double> to{y};
    for (std::size_t i = 0; i < y.count(); ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / length;
        switch (call.op()) {
        case onnx::Op::hann_window:
            to[i] = 0.5 - 0.5 * std::cos(angle);
            break;
        case onnx::Op::hamming_window:
            to[i] = 25.0 / 46 - 21.0 / 46 * std::cos(angle);
            break;
        default:
            to[i] = 0.42 - 0.5 * std::cos(angle) + 0.08 * std::cos(2 * angle);
        }
    }
}

void op_dft(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const std::size_t rank = x.dims.size();
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    std::int64_t wanted_axis = call.integer("axis", call.version() < 20 ? 1 : -2);
    if (call.has(2)) {
        if (!call.known_integer(2)) {
            return;
        }
        wanted_axis = call.integer_at(2);
    }
    if (rank < 2 || (x.dims[rank - 1] != 1 && x.dims[rank - 1] != 2)) {
        return call.fail_shape();
    }
    const std::size_t axis = axis_of(call, wanted_axis, rank);
    if (call.failed() || axis == rank - 1) {
        return call.fail_shape("axis");
    }
    std::int64_t length = x.dims[axis];
    if (call.has(1)) {
        if (!call.known_integer(1)) {
            return;
        }
        length = call.integer_at(1);
    }
    const bool inverse = call.integer("inverse", 0) != 0;
    const bool onesided = call.integer("onesided", 0) != 0;
    if (length < 1 || (inverse && onesided)) {
        return length < 1 ? call.fail_shape("dft_length")
                          : call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "onesided inverse");
    }
    Dims dims(x.dims.begin(), x.dims.end());
    dims[axis] = onesided ? length / 2 + 1 : length;
    dims[rank - 1] = 2;
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr || y.count() == 0) {
        return;
    }
    const auto parts = static_cast<std::size_t>(x.dims[rank - 1]);
    const auto size = static_cast<std::size_t>(x.dims[axis]);
    const std::size_t inner = volume(x.dims.subspan(axis + 1)) / parts;
    if (!call.spend(STEPS_PER_PAIR * static_cast<double>(y.count() / 2) *
                    static_cast<double>(length))) {
        return;
    }
    const Reading<double> from{x};
    Writing<double> to{y};
    std::vector<Complex> in(static_cast<std::size_t>(length));
    std::vector<Complex> out(static_cast<std::size_t>(dims[axis]));
    for (std::size_t row = 0; row < volume(x.dims.first(axis)) * inner; ++row) {
        const std::size_t o = row / inner;
        const std::size_t i = row % inner;
        std::fill(in.begin(), in.end(), Complex{});
        for (std::size_t t = 0; t < std::min(size, in.size()); ++t) {
            const std::size_t at = ((o * size + t) * inner + i) * parts;
            in[t] = {from[at], parts == 2 ? from[at + 1] : 0};
        }
        transform(in, out, inverse);
        for (std::size_t k = 0; k < out.size(); ++k) {
            const std::size_t at = ((o * out.size() + k) * inner + i) * 2;
            to[at] = out[k].re;
            to[at + 1] = out[k].im;
        }
    }
}

void op_stft(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (!call.known_integer(1) || (call.has(3) && !call.known_integer(3))) {
        return;
    }
    const std::size_t rank = x.dims.size();
    const std::int64_t parts = rank == 3 ? x.dims[2] : 1;
    const std::int64_t step = call.integer_at(1);
    std::int64_t length = call.has(2) ? static_cast<std::int64_t>(call.in(2).count()) : 0;
    length = call.has(3) ? call.integer_at(3) : length;
    if (rank < 2 || rank > 3 || parts < 1 || parts > 2 || step < 1 || length < 1 ||
        length > x.dims[1] ||
        (call.has(2) && call.in(2).count() != static_cast<std::size_t>(length))) {
        return call.fail_shape();
    }
    const bool onesided = call.integer("onesided", 1) != 0 && parts == 1;
    const std::int64_t frames = (x.dims[1] - length) / step + 1;
    const std::int64_t bins = onesided ? length / 2 + 1 : length;
    const TensorRef y = call.out(0, x.type, {x.dims[0], frames, bins, 2});
    if (y.data == nullptr || y.count() == 0 ||
        !call.spend(STEPS_PER_PAIR * static_cast<double>(y.count() / 2) *
                    static_cast<double>(length))) {
        return;
    }
    const Reading<double> from{x};
    const Reading<double> window{call.has(2) ? call.in(2) : TensorRef{}};
    Writing<double> to{y};
    std::vector<Complex> in(static_cast<std::size_t>(length));
    std::vector<Complex> out(static_cast<std::size_t>(bins));
    std::size_t at = 0;
    for (std::int64_t n = 0; n < x.dims[0]; ++n) {
        for (std::int64_t f = 0; f < frames; ++f) {
            for (std::size_t t = 0; t < in.size(); ++t) {
                const auto place = static_cast<std::size_t>(
                    (n * x.dims[1] + f * step + static_cast<std::int64_t>(t)) * parts);
                const double weight = window.data() == nullptr ? 1 : window[t];
                in[t] = {from[place] * weight, parts == 2 ? from[place + 1] * weight : 0};
            }
            transform(in, out, false);
            for (const Complex& bin : out) {
                to[at++] = bin.re;
                to[at++] = bin.im;
            }
        }
    }
}

void op_mel_weight_matrix(OpCall& call) noexcept {
    std::array<double, 5> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!is_float(call.in(i).type) && !is_integer(call.in(i).type)) {
            return call.fail_type(call.in(i).type);
        }
        if (call.in(i).count() != 1) {
            return call.fail_shape();
        }
        if (!call.known(i)) {
            return;
        }
        numbers[i] = Reading<double>{call.in(i)}[0];
    }
    constexpr double MOST = 0x4000'0000;
    if (!(numbers[0] >= 1 && numbers[0] <= 0x10'0000 && numbers[1] >= 0 && numbers[1] <= MOST)) {
        return call.fail_shape("bins");
    }
    const auto bins = static_cast<std::int64_t>(numbers[0]);
    const auto spectrogram = static_cast<std::int64_t>(numbers[1]) / 2 + 1;
    const ElementType type = output_type(call);
    if (!is_float(type) && !is_integer(type)) {
        return call.fail_type(type);
    }
    if (!(numbers[2] > 0 && numbers[3] >= 0 && numbers[4] >= numbers[3] && numbers[4] < MOST)) {
        return call.fail_value("sample rate or frequencies");
    }
    const TensorRef y = call.out(0, type, {spectrogram, bins});
    if (y.data == nullptr) {
        return;
    }
    const auto to_mel = [](double hertz) noexcept { return 2595 * std::log10(1 + hertz / 700); };
    const double low = to_mel(numbers[3]);
    const double mel_step = (to_mel(numbers[4]) - low) / static_cast<double>(bins + 2);
    std::vector<std::int64_t> edges(static_cast<std::size_t>(bins + 2));
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const double mel = static_cast<double>(i) * mel_step + low;
        const double hertz = 700 * (std::pow(10.0, mel / 2595) - 1);
        const double edge = std::floor((numbers[1] + 1) * hertz / numbers[2]);
        edges[i] = static_cast<std::int64_t>(std::min(edge, 1e15)); // a rate far below the bins
    }
    Writing<double> to{y};
    std::fill_n(to.data(), y.count(), 0.0);
    for (std::int64_t i = 0; i < bins; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const std::int64_t left = edges[at];
        const std::int64_t centre = edges[at + 1];
        const std::int64_t right = edges[at + 2];
        const auto put = [&](std::int64_t row, double value) noexcept {
            if (row >= 0 && row < spectrogram) {
                to[static_cast<std::size_t>(row * bins + i)] = value;
            }
        };
        if (centre == left) {
            put(centre, 1);
        }
        // Only rows of the matrix: a low sample rate puts the edges far outside of it.
        const std::int64_t first = std::max<std::int64_t>(left, 0);
        for (std::int64_t j = first; j <= std::min(centre, spectrogram - 1) && centre != left;
             ++j) {
            put(j, static_cast<double>(j - left) / static_cast<double>(centre - left));
        }
        for (std::int64_t j = centre; j < std::min(right, spectrogram); ++j) {
            put(j, static_cast<double>(right - j) / static_cast<double>(right - centre));
        }
    }
}

} // namespace assay::runtime
