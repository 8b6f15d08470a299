// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/fast_recurrent.hpp"

#include "core/runtime/simd.hpp"

#include <xnnpack.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <vector>

namespace assay::runtime {
namespace {

using onnx::Op;
using simd::Floats;
using simd::load;
using simd::madd;
using simd::splat;
using simd::store;

struct OperatorDelete {
    void operator()(xnn_operator_t op) const noexcept { xnn_delete_operator(op); }
};
using XnnOperator = std::unique_ptr<xnn_operator, OperatorDelete>;

/// Rows that are computed together: two vectors.
constexpr std::size_t TILE = 8;

/// Gates of all steps that are kept at once, a gigabyte of them.
constexpr std::uint64_t MOST_GATES = std::uint64_t{1} << 28;

/// Weights of one direction. The rows of a gate are filled up with zeros to whole tiles, which
/// leaves the state of the added rows at zero.
struct Direction {
    XnnOperator product;       ///< X · Wᵀ + bias, all gates
    std::vector<float> packed; ///< R: [tile][column][TILE]
    std::vector<float> late;   ///< GRU with linear_before_reset: bias of R · h of the last gate
};

struct Weights final : Prepared {
    bool usable = false;
    std::size_t rows = 0; ///< of one gate, filled up
    std::vector<Direction> directions;
    std::vector<float> gates; ///< [step · batch][gate][rows]
    std::vector<float> sums;  ///< of one step: [gate][rows]
    std::vector<float> gated; ///< reset gate · h
    std::vector<float> h;
    std::vector<float> c;
};

/// sums[row] = start[row] + R[row] · h for rows of whole tiles.
void multiply(const float* packed, std::size_t rows, std::size_t columns, const float* h,
              const float* start, float* sums) noexcept {
    const std::size_t stride = columns * TILE;
    std::size_t row = 0;
    for (; row + 2 * TILE <= rows; row += 2 * TILE) {
        const float* first = packed + row / TILE * stride;
        const float* second = first + stride;
        Floats a[4] = {load(start + row), load(start + row + 4), load(start + row + 8),
                       load(start + row + 12)};
        Floats b[4] = {};
        std::size_t k = 0;
        for (; k + 2 <= columns; k += 2) {
            const Floats x = splat(h[k]);
            const Floats y = splat(h[k + 1]);
            a[0] = madd(load(first + k * TILE), x, a[0]);
            a[1] = madd(load(first + k * TILE + 4), x, a[1]);
            a[2] = madd(load(second + k * TILE), x, a[2]);
            a[3] = madd(load(second + k * TILE + 4), x, a[3]);
            b[0] = madd(load(first + k * TILE + 8), y, b[0]);
            b[1] = madd(load(first + k * TILE + 12), y, b[1]);
            b[2] = madd(load(second + k * TILE + 8), y, b[2]);
            b[3] = madd(load(second + k * TILE + 12), y, b[3]);
        }
        if (k < columns) {
            const Floats x = splat(h[k]);
            a[0] = madd(load(first + k * TILE), x, a[0]);
            a[1] = madd(load(first + k * TILE + 4), x, a[1]);
            a[2] = madd(load(second + k * TILE), x, a[2]);
            a[3] = madd(load(second + k * TILE + 4), x, a[3]);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            store(sums + row + 4 * i, a[i] + b[i]);
        }
    }
    if (row < rows) {
        const float* first = packed + row / TILE * stride;
        Floats a = load(start + row);
        Floats b = load(start + row + 4);
        for (std::size_t k = 0; k < columns; ++k) {
            a = madd(load(first + k * TILE), splat(h[k]), a);
            b = madd(load(first + k * TILE + 4), splat(h[k]), b);
        }
        store(sums + row, a);
        store(sums + row + 4, b);
    }
}

bool is_usual(const OpCall& call) noexcept {
    const onnx::Attributes& attributes = call.attributes();
    for (std::size_t i = 1; i < 4; ++i) {
        if (call.has(i) && !call.is_constant(i)) {
            return false;
        }
    }
    return call.in(0).type == onnx::ElementType::float32 && call.op() != Op::rnn &&
           attributes.find("activations") == nullptr && attributes.find("clip") == nullptr &&
           call.integer("layout", 0) == 0 && call.integer("input_forget", 0) == 0 && !call.has(4) &&
           !call.has(7);
}

/// Packs one direction. @return false when there is no memory for it.
bool pack(const OpCall& call, const RecurrentShape& shape, std::size_t at, std::size_t gate_count,
          Weights& weights) {
    const bool late_bias = call.op() == Op::gru && call.integer("linear_before_reset", 0) != 0;
    const std::size_t hidden = shape.hidden;
    const std::size_t rows = weights.rows;
    const std::size_t all = gate_count * rows;
    const float* w = call.in(1).as<float>() + at * gate_count * hidden * shape.input;
    const float* r = call.in(2).as<float>() + at * gate_count * hidden * hidden;
    const float* b = call.has(3) ? call.in(3).as<float>() + at * 2 * gate_count * hidden : nullptr;
    std::vector<float> filters(all * shape.input);
    std::vector<float> bias(all);
    Direction& out = weights.directions[at];
    out.packed.resize(all * hidden);
    out.late.resize(rows);
    for (std::size_t gate = 0; gate < gate_count; ++gate) {
        for (std::size_t j = 0; j < hidden; ++j) {
            const std::size_t from = gate * hidden + j;
            const std::size_t to = gate * rows + j;
            std::copy_n(w + from * shape.input, shape.input,
                        filters.begin() + static_cast<std::ptrdiff_t>(to * shape.input));
            for (std::size_t k = 0; k < hidden; ++k) {
                out.packed[(to / TILE * hidden + k) * TILE + to % TILE] = r[from * hidden + k];
            }
            if (b != nullptr) {
                const float second = b[gate_count * hidden + from];
                const bool is_late = late_bias && gate == 2;
                bias[to] = is_late ? b[from] : b[from] + second;
                if (is_late) {
                    out.late[j] = second;
                }
            }
        }
    }
    xnn_operator_t op = nullptr;
    constexpr float INFINITE = std::numeric_limits<float>::infinity();
    if (xnn_create_fully_connected_nc_f32(shape.input, all, shape.input, all, filters.data(),
                                          bias.data(), -INFINITE, INFINITE, 0, nullptr, nullptr,
                                          &op) != xnn_status_success) {
        return false;
    }
    out.product.reset(op);
    return xnn_reshape_fully_connected_nc_f32(op, shape.steps * shape.batch, nullptr) ==
           xnn_status_success;
}

std::unique_ptr<Weights> prepare(const OpCall& call, const RecurrentShape& shape) {
    auto weights = std::make_unique<Weights>();
    if (!is_usual(call) || shape.steps * shape.batch * shape.hidden * shape.input == 0) {
        return weights;
    }
    const std::size_t gate_count = call.op() == Op::gru ? 3 : 4;
    weights->rows = (shape.hidden + TILE - 1) / TILE * TILE;
    // Also when the outputs of all steps, which are no larger, are left out.
    const std::uint64_t each = std::uint64_t{gate_count} * weights->rows;
    if (each > MOST_GATES / shape.steps / shape.batch) {
        return weights;
    }
    weights->directions.resize(shape.directions);
    for (std::size_t at = 0; at < shape.directions; ++at) {
        if (!pack(call, shape, at, gate_count, *weights)) {
            return weights;
        }
    }
    const std::size_t all = gate_count * weights->rows;
    weights->gates.resize(shape.steps * shape.batch * all + XNN_EXTRA_BYTES);
    weights->sums.resize(all);
    for (std::vector<float>* state : {&weights->gated, &weights->h, &weights->c}) {
        state->resize(weights->rows);
    }
    weights->usable = true;
    return weights;
}

/// One step: @p gates is X · Wᵀ + bias of it; h and c are replaced.
void lstm_step(Weights& weights, const Direction& direction, std::size_t hidden,
               const float* gates) noexcept {
    const std::size_t rows = weights.rows;
    float* sums = weights.sums.data();
    multiply(direction.packed.data(), 4 * rows, hidden, weights.h.data(), gates, sums);
    for (std::size_t j = 0; j < rows; j += simd::WIDTH) {
        const Floats in = simd::sigmoid(load(sums + j));
        const Floats out = simd::sigmoid(load(sums + rows + j));
        const Floats forget = simd::sigmoid(load(sums + 2 * rows + j));
        const Floats candidate = simd::tanh(load(sums + 3 * rows + j));
        const Floats cell = madd(forget, load(weights.c.data() + j), in * candidate);
        store(weights.c.data() + j, cell);
        store(weights.h.data() + j, out * simd::tanh(cell));
    }
}

void gru_step(Weights& weights, const Direction& direction, std::size_t hidden, const float* gates,
              bool linear_before_reset) noexcept {
    const std::size_t rows = weights.rows;
    float* sums = weights.sums.data();
    float* h = weights.h.data();
    const float* last = direction.packed.data() + 2 * rows * hidden;
    multiply(direction.packed.data(), 2 * rows, hidden, h, gates, sums);
    if (linear_before_reset) {
        multiply(last, rows, hidden, h, direction.late.data(), sums + 2 * rows);
    }
    for (std::size_t j = 0; j < rows; j += simd::WIDTH) {
        const Floats reset = simd::sigmoid(load(sums + rows + j));
        if (linear_before_reset) {
            store(sums + 2 * rows + j,
                  madd(reset, load(sums + 2 * rows + j), load(gates + 2 * rows + j)));
        } else {
            store(weights.gated.data() + j, reset * load(h + j));
        }
    }
    if (!linear_before_reset) {
        multiply(last, rows, hidden, weights.gated.data(), gates + 2 * rows, sums + 2 * rows);
    }
    for (std::size_t j = 0; j < rows; j += simd::WIDTH) {
        const Floats update = simd::sigmoid(load(sums + j));
        const Floats candidate = simd::tanh(load(sums + 2 * rows + j));
        store(h + j, madd(update, load(h + j) - candidate, candidate));
    }
}

void start_state(std::vector<float>& state, const OpCall& call, std::size_t index, std::size_t at,
                 std::size_t hidden) noexcept {
    if (call.has(index)) {
        std::copy_n(call.in(index).as<float>() + at * hidden, hidden, state.begin());
    } else {
        std::fill(state.begin(), state.end(), 0.0F);
    }
}

} // namespace

bool run_fast_recurrent(OpCall& call, const RecurrentShape& shape) noexcept {
    if (!call.may_approximate()) {
        return false;
    }
    Weights& weights = call.prepared<Weights>([&] { return prepare(call, shape); });
    if (!weights.usable) {
        return false;
    }
    const bool is_lstm = call.op() == Op::lstm;
    const bool late = !is_lstm && call.integer("linear_before_reset", 0) != 0;
    const std::size_t hidden = shape.hidden;
    const std::size_t all = (is_lstm ? 4 : 3) * weights.rows;
    const auto put = [&](std::size_t output, std::size_t place, const std::vector<float>& from) {
        if (const TensorRef to = call.place(output); to.data != nullptr) {
            std::copy_n(from.begin(), hidden, to.as<float>() + place * hidden);
        }
    };
    for (std::size_t d = 0; d < shape.directions; ++d) {
        const Direction& direction = weights.directions[d];
        if (xnn_setup_fully_connected_nc_f32(direction.product.get(), call.in(0).as<float>(),
                                             weights.gates.data()) != xnn_status_success ||
            xnn_run_operator(direction.product.get(), nullptr) != xnn_status_success) {
            call.fail(ErrorCode::ONNX_LIMIT);
            return true;
        }
        const bool reverse = shape.first_is_reverse || d == 1;
        for (std::size_t n = 0; n < shape.batch; ++n) {
            const std::size_t state_at = d * shape.batch + n;
            start_state(weights.h, call, 5, state_at, hidden);
            start_state(weights.c, call, 6, state_at, hidden);
            for (std::size_t i = 0; i < shape.steps; ++i) {
                const std::size_t t = reverse ? shape.steps - 1 - i : i;
                const float* gates = weights.gates.data() + (t * shape.batch + n) * all;
                if (is_lstm) {
                    lstm_step(weights, direction, hidden, gates);
                } else {
                    gru_step(weights, direction, hidden, gates, late);
                }
                put(0, (t * shape.directions + d) * shape.batch + n, weights.h);
            }
            put(1, state_at, weights.h);
            put(2, state_at, weights.c);
        }
    }
    return true;
}

} // namespace assay::runtime
