// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// NegativeLogLikelihoodLoss and SoftmaxCrossEntropyLoss.
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace assay::runtime {

void op_likelihood_loss(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& labels = call.in(1);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    if (!call.holds_integers(1)) {
        return;
    }
    if (x.dims.size() < 2 || labels.dims.size() + 1 != x.dims.size() ||
        labels.count() * static_cast<std::size_t>(x.dims[1]) != x.count() ||
        (call.has(2) && call.in(2).count() != static_cast<std::size_t>(x.dims[1]))) {
        return call.fail_shape();
    }
    const std::string_view reduction = call.string("reduction", "mean");
    const bool keeps = reduction == "none";
    if (!keeps && reduction != "mean" && reduction != "sum") {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "reduction");
    }
    const bool softmaxes = call.op() == onnx::Op::softmax_cross_entropy_loss;
    const TensorRef y = call.out(0, x.type, keeps ? labels.dims : std::span<const std::int64_t>{});
    const TensorRef log_out = call.out(1, x.type, x.dims);
    if (y.data == nullptr && log_out.data == nullptr) {
        return;
    }
    const auto classes = static_cast<std::size_t>(x.dims[1]);
    const std::size_t inner = volume(x.dims.subspan(2));
    const Reading<double> scores{x};
    const Reading<std::int64_t> label{labels};
    const Reading<double> weights{call.has(2) ? call.in(2) : TensorRef{}};
    const bool ignores = call.attributes().find("ignore_index") != nullptr;
    const std::int64_t ignored = call.integer("ignore_index", 0);
    if (!call.reserve(std::uint64_t{x.count()} * sizeof(double))) {
        return;
    }
    std::vector<double> logs(x.count());
    std::optional<Writing<double>> to;
    if (y.data != nullptr) {
        to.emplace(y);
    }
    double total = 0;
    double total_weight = 0;
    for (std::size_t i = 0; i < labels.count(); ++i) {
        const std::size_t base = i / inner * inner * classes + i % inner;
        double largest = -std::numeric_limits<double>::infinity();
        double sum = 0;
        for (std::size_t c = 0; softmaxes && c < classes; ++c) {
            largest = std::max(largest, scores[base + c * inner]);
        }
        for (std::size_t c = 0; softmaxes && c < classes; ++c) {
            sum += std::exp(scores[base + c * inner] - largest);
        }
        for (std::size_t c = 0; c < classes; ++c) {
            logs[base + c * inner] =
                scores[base + c * inner] - (softmaxes ? largest + std::log(sum) : 0);
        }
        double loss = 0;
        if (!ignores || label[i] != ignored) {
            if (label[i] < 0 || label[i] >= x.dims[1]) {
                return call.fail(ErrorCode::ONNX_INDEX, "label " + std::to_string(label[i]));
            }
            const auto c = static_cast<std::size_t>(label[i]);
            const double weight = weights.data() == nullptr ? 1 : weights[c];
            loss = -logs[base + c * inner] * weight;
            total_weight += weight;
        }
        total += loss;
        if (keeps && to) {
            (*to)[i] = loss;
        }
    }
    if (!keeps && to) {
        (*to)[0] = reduction == "mean" ? total / total_weight : total;
    }
    if (log_out.data != nullptr) {
        write_elements(x.type, logs.data(), logs.size(), log_out.data);
    }
}

} // namespace assay::runtime
