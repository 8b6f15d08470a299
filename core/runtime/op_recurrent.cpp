// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// RNN, GRU, LSTM (inference.md §5): one step after the other, gates in double.
#include "core/runtime/elements.hpp"
#include "core/runtime/fast_recurrent.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::Op;

struct Activation {
    std::string name; ///< in lower case
    double alpha = 0;
    double beta = 0;

    [[nodiscard]] double operator()(double x) const noexcept {
        if (name == "sigmoid") {
            return 1 / (1 + std::exp(-x));
        }
        if (name == "tanh") {
            return std::tanh(x);
        }
        if (name == "relu") {
            return std::max(x, 0.0);
        }
        if (name == "affine") {
            return alpha * x + beta;
        }
        if (name == "leakyrelu") {
            return x < 0 ? alpha * x : x;
        }
        if (name == "thresholdedrelu") {
            return x > alpha ? x : 0;
        }
        if (name == "scaledtanh") {
            return alpha * std::tanh(beta * x);
        }
        if (name == "hardsigmoid") {
            return std::clamp(alpha * x + beta, 0.0, 1.0);
        }
        if (name == "elu") {
            return x < 0 ? alpha * std::expm1(x) : x;
        }
        if (name == "softsign") {
            return x / (1 + std::abs(x));
        }
        return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); // softplus
    }
};

/// The activations of one direction; fails the call for an unknown name.
std::vector<Activation> activations(OpCall& call, std::size_t direction, std::size_t count) {
    constexpr std::string_view KNOWN = " sigmoid tanh relu affine leakyrelu thresholdedrelu "
                                       "scaledtanh hardsigmoid elu softsign softplus ";
    std::vector<Activation> out(count);
    const std::span<const std::string> names = call.attributes().strings("activations");
    const std::span<const float> alphas = call.attributes().reals("activation_alpha");
    const std::span<const float> betas = call.attributes().reals("activation_beta");
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = direction * count + i;
        Activation& one = out[i];
        one.name = call.op() == Op::rnn || i > 0 ? "tanh" : "sigmoid";
        if (at < names.size()) {
            one.name = names[at];
            std::transform(one.name.begin(), one.name.end(), one.name.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            });
        }
        if (KNOWN.find(" " + one.name + " ") == KNOWN.npos) {
            call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "activations " + one.name);
        }
        one.alpha = one.name == "leakyrelu" ? 0.01 : (one.name == "hardsigmoid" ? 0.2 : 1);
        one.beta = one.name == "hardsigmoid" ? 0.5 : (one.name == "scaledtanh" ? 1 : 0);
        one.alpha = at < alphas.size() ? static_cast<double>(alphas[at]) : one.alpha;
        one.beta = at < betas.size() ? static_cast<double>(betas[at]) : one.beta;
    }
    return out;
}

TensorRef operand(const OpCall& call, std::size_t index) noexcept {
    return call.has(index) ? call.in(index) : TensorRef{};
}

/// Everything of one direction.
struct Cell {
    const OpCall& call;
    std::size_t input;
    std::size_t hidden;
    std::size_t gates;
    const double* w; ///< [gates · hidden][input]
    const double* r; ///< [gates · hidden][hidden]
    const double* b; ///< 2 · gates · hidden, or null
    const double* p; ///< 3 · hidden, or null
    std::vector<Activation> f;
    double clip; ///< 0: none
    bool linear_before_reset;
    bool couples; ///< LSTM: the forget gate is 1 − the input gate

    [[nodiscard]] double clipped(double x) const noexcept {
        return clip > 0 ? std::clamp(x, -clip, clip) : x;
    }
    [[nodiscard]] double from_input(std::size_t row, const double* x) const noexcept {
        double sum = b == nullptr ? 0 : b[row];
        for (std::size_t k = 0; k < input; ++k) {
            sum += w[row * input + k] * x[k];
        }
        return sum;
    }
    [[nodiscard]] double from_state(std::size_t row, const double* h) const noexcept {
        double sum = b == nullptr ? 0 : b[gates * hidden + row];
        for (std::size_t k = 0; k < hidden; ++k) {
            sum += r[row * hidden + k] * h[k];
        }
        return sum;
    }
    [[nodiscard]] double sum(std::size_t gate, std::size_t j, const double* x,
                             const double* h) const noexcept {
        const std::size_t row = gate * hidden + j;
        return from_input(row, x) + from_state(row, h);
    }

    void step(const double* x, std::vector<double>& h, std::vector<double>& c) const {
        std::vector<double> next(hidden);
        if (call.op() == Op::rnn) {
            for (std::size_t j = 0; j < hidden; ++j) {
                next[j] = f[0](clipped(sum(0, j, x, h.data())));
            }
        } else if (call.op() == Op::gru) {
            gru(x, h, next);
        } else {
            lstm(x, h, c, next);
        }
        h = std::move(next);
    }

    void gru(const double* x, const std::vector<double>& h, std::vector<double>& next) const {
        std::vector<double> reset(hidden);
        std::vector<double> gated(hidden);
        for (std::size_t j = 0; j < hidden; ++j) {
            reset[j] = f[0](clipped(sum(1, j, x, h.data())));
            gated[j] = reset[j] * h[j];
        }
        for (std::size_t j = 0; j < hidden; ++j) {
            const double z = f[0](clipped(sum(0, j, x, h.data())));
            const std::size_t row = 2 * hidden + j;
            const double state = linear_before_reset ? reset[j] * from_state(row, h.data())
                                                     : from_state(row, gated.data());
            const double candidate = f[1](clipped(from_input(row, x) + state));
            next[j] = (1 - z) * candidate + z * h[j];
        }
    }

    void lstm(const double* x, const std::vector<double>& h, std::vector<double>& c,
              std::vector<double>& next) const {
        const auto peep = [this](std::size_t gate, std::size_t j, double cell) noexcept {
            return p == nullptr ? 0.0 : p[gate * hidden + j] * cell;
        };
        for (std::size_t j = 0; j < hidden; ++j) {
            const double i = f[0](clipped(sum(0, j, x, h.data()) + peep(0, j, c[j])));
            const double forget =
                couples ? 1 - i : f[0](clipped(sum(2, j, x, h.data()) + peep(2, j, c[j])));
            c[j] = forget * c[j] + i * f[1](clipped(sum(3, j, x, h.data())));
            const double o = f[0](clipped(sum(1, j, x, h.data()) + peep(1, j, c[j])));
            next[j] = o * f[2](c[j]);
        }
    }
};

} // namespace

void op_recurrent(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const Op op = call.op();
    const bool by_batch = call.integer("layout", 0) != 0;
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    const std::span<const std::int64_t> w = call.dims(1);
    const std::span<const std::int64_t> r = call.dims(2);
    const std::int64_t gates = op == Op::rnn ? 1 : (op == Op::gru ? 3 : 4);
    const std::string_view direction = call.string("direction", "forward");
    const std::int64_t directions = direction == "bidirectional" ? 2 : 1;
    const std::size_t functions = op == Op::rnn ? 1 : (op == Op::gru ? 2 : 3);
    for (std::size_t d = 0; d < static_cast<std::size_t>(directions); ++d) {
        (void) activations(call, d, functions);
    }
    if (call.failed()) {
        return;
    }
    if (x.dims.size() != 3 || w.size() != 3 || r.size() != 3 || w[0] != directions ||
        r[0] != directions || w[2] != x.dims[2] || w[1] % gates != 0 || r[1] != w[1] ||
        r[2] * gates != r[1]) {
        return call.fail_shape();
    }
    const std::int64_t hidden = r[2];
    const std::int64_t steps = x.dims[by_batch ? 1 : 0];
    const std::int64_t batch = x.dims[by_batch ? 0 : 1];
    if (call.has(4) && !call.holds_integers(4)) {
        return;
    }
    const auto fits = [&](std::size_t index, std::int64_t count) noexcept {
        return !call.has(index) || call.in(index).count() == static_cast<std::size_t>(count);
    };
    if (!fits(3, directions * 2 * gates * hidden) || !fits(4, batch) ||
        !fits(5, directions * batch * hidden) || !fits(6, directions * batch * hidden) ||
        !fits(7, directions * 3 * hidden)) {
        return call.fail_shape();
    }
    const Dims state_dims =
        by_batch ? Dims{batch, directions, hidden} : Dims{directions, batch, hidden};
    const TensorRef y = by_batch ? call.out(0, x.type, {batch, steps, directions, hidden})
                                 : call.out(0, x.type, {steps, directions, batch, hidden});
    const TensorRef y_h = call.out(1, x.type, state_dims);
    const TensorRef y_c = op == Op::lstm ? call.out(2, x.type, state_dims) : TensorRef{};
    if (y.data == nullptr && y_h.data == nullptr && y_c.data == nullptr) {
        return;
    }
    const auto size = [](std::int64_t value) noexcept { return static_cast<std::size_t>(value); };
    if (run_fast_recurrent(call, {size(steps), size(batch), size(x.dims[2]), size(hidden),
                                  size(directions), direction == "reverse"})) {
        return;
    }
    const Reading<double> from{x};
    const Reading<double> weights{call.in(1)};
    const Reading<double> recurrence{call.in(2)};
    const Reading<double> bias{operand(call, 3)};
    const Reading<std::int64_t> lengths{operand(call, 4)};
    const Reading<double> first_h{operand(call, 5)};
    const Reading<double> first_c{operand(call, 6)};
    const Reading<double> peepholes{operand(call, 7)};
    const auto h_size = static_cast<std::size_t>(hidden);
    const auto in_size = static_cast<std::size_t>(x.dims[2]);
    const auto gate_count = static_cast<std::size_t>(gates);
    // Nothing bounds the outputs of all steps when they are left out.
    std::vector<double> all(
        y.data == nullptr ? 0 : static_cast<std::size_t>(steps * directions * batch * hidden));
    std::vector<double> last_h(static_cast<std::size_t>(directions * batch * hidden));
    std::vector<double> last_c(last_h.size());
    const auto state_at = [&](std::int64_t d, std::int64_t n) noexcept {
        return static_cast<std::size_t>(by_batch ? n * directions + d : d * batch + n) * h_size;
    };
    for (std::int64_t d = 0; d < directions; ++d) {
        const auto at = static_cast<std::size_t>(d);
        const Cell cell{call,
                        in_size,
                        h_size,
                        gate_count,
                        weights.data() + at * gate_count * h_size * in_size,
                        recurrence.data() + at * gate_count * h_size * h_size,
                        bias.data() == nullptr ? nullptr
                                               : bias.data() + at * 2 * gate_count * h_size,
                        peepholes.data() == nullptr ? nullptr : peepholes.data() + at * 3 * h_size,
                        activations(call, at, functions),
                        static_cast<double>(call.real("clip", 0)),
                        call.integer("linear_before_reset", 0) != 0,
                        call.integer("input_forget", 0) != 0};
        const bool reverse = direction == "reverse" || d == 1;
        for (std::int64_t n = 0; n < batch; ++n) {
            const std::int64_t length =
                lengths.data() == nullptr ? steps : lengths[static_cast<std::size_t>(n)];
            if (length < 0 || length > steps) {
                return call.fail(ErrorCode::ONNX_INDEX, "sequence_lens");
            }
            std::vector<double> h(h_size);
            std::vector<double> c(h_size);
            if (first_h.data() != nullptr) {
                std::copy_n(first_h.data() + state_at(d, n), h_size, h.begin());
            }
            if (first_c.data() != nullptr) {
                std::copy_n(first_c.data() + state_at(d, n), h_size, c.begin());
            }
            for (std::int64_t i = 0; i < length; ++i) {
                const std::int64_t t = reverse ? length - 1 - i : i;
                const auto row = static_cast<std::size_t>(by_batch ? n * steps + t : t * batch + n);
                cell.step(from.data() + row * in_size, h, c);
                const std::int64_t place =
                    by_batch ? (n * steps + t) * directions + d : (t * directions + d) * batch + n;
                if (!all.empty()) {
                    std::copy(h.begin(), h.end(),
                              all.begin() + static_cast<std::ptrdiff_t>(place * hidden));
                }
            }
            std::copy(h.begin(), h.end(),
                      last_h.begin() + static_cast<std::ptrdiff_t>(state_at(d, n)));
            std::copy(c.begin(), c.end(),
                      last_c.begin() + static_cast<std::ptrdiff_t>(state_at(d, n)));
        }
    }
    const auto put = [](const TensorRef& to, const std::vector<double>& values) noexcept {
        if (to.data != nullptr) {
            write_elements(to.type, values.data(), values.size(), to.data);
        }
    };
    put(y, all);
    put(y_h, last_h);
    put(y_c, last_c);
}

} // namespace assay::runtime
