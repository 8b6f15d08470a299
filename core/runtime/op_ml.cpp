// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// ai.onnx.ml: linear models, and what all models share (ml.hpp). Trees, support vectors, features
// and labels have files of their own.
#include "core/runtime/elements.hpp"
#include "core/runtime/ml.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <numbers>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

/// The inverse of the error function, as ONNX defines it (Winitzki's approximation).
double inverse_erf(double x) noexcept {
    const double log = std::log((1 - x) * (1 + x));
    const double v = 2 / (std::numbers::pi * 0.147) + 0.5 * log;
    return std::copysign(std::sqrt(-v + std::sqrt(v * v - log / 0.147)), x);
}

} // namespace

bool rows_and_columns(OpCall& call, std::int64_t& rows, std::int64_t& columns) noexcept {
    const std::span<const std::int64_t> dims = call.dims(0);
    if (!is_number(call.in(0).type)) {
        call.fail_type(call.in(0).type);
        return false;
    }
    if (dims.empty() || dims.size() > 2) {
        call.fail_shape();
        return false;
    }
    rows = dims.size() == 2 ? dims[0] : 1;
    columns = dims.back();
    return true;
}

PostTransform post_transform(std::string_view name) noexcept {
    return name == "LOGISTIC"       ? PostTransform::logistic
           : name == "SOFTMAX"      ? PostTransform::softmax
           : name == "SOFTMAX_ZERO" ? PostTransform::softmax_zero
           : name == "PROBIT"       ? PostTransform::probit
                                    : PostTransform::none;
}

void transform_scores(PostTransform transform, std::span<double> scores) noexcept {
    switch (transform) {
    case PostTransform::none:
        return;
    case PostTransform::logistic:
        for (double& score : scores) {
            const double e = std::exp(-std::abs(score));
            score = score < 0 ? e / (1 + e) : 1 / (1 + e);
        }
        return;
    case PostTransform::probit:
        for (double& score : scores) {
            score = std::numbers::sqrt2 * inverse_erf(2 * score - 1);
        }
        return;
    default: {
        const double largest = *std::max_element(scores.begin(), scores.end());
        double sum = 0;
        for (double& score : scores) {
            const bool skips = transform == PostTransform::softmax_zero && std::abs(score) <= 1e-7;
            score = skips ? 0 : std::exp(score - largest);
            sum += score;
        }
        for (double& score : scores) {
            score = sum == 0 ? score : score / sum;
        }
    }
    }
}

ClassLabels class_labels(OpCall& call, std::string_view integers) noexcept {
    ClassLabels labels;
    const auto numbers = call.attributes().integers(integers);
    labels.numbers.assign(numbers.begin(), numbers.end());
    for (const std::string& text : call.attributes().strings("classlabels_strings")) {
        labels.texts.push_back(call.strings().intern(text));
    }
    return labels;
}

void put_label(const ClassLabels& labels, const TensorRef& y, std::size_t row,
               std::size_t index) noexcept {
    if (labels.are_texts()) {
        y.as<std::uint64_t>()[row] = labels.texts[index];
    } else {
        y.as<std::int64_t>()[row] = index < labels.numbers.size()
                                        ? labels.numbers[index]
                                        : static_cast<std::int64_t>(index);
    }
}

void op_linear_regressor(OpCall& call) noexcept {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    if (!rows_and_columns(call, rows, columns)) {
        return;
    }
    const std::int64_t targets = call.integer("targets", 1);
    const auto weights = call.attributes().reals("coefficients");
    const auto biases = call.attributes().reals("intercepts");
    if (targets < 1 || static_cast<std::int64_t>(weights.size()) != targets * columns ||
        (!biases.empty() && static_cast<std::int64_t>(biases.size()) != targets)) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "coefficients");
    }
    const TensorRef y = call.out(0, ElementType::float32, {rows, targets});
    if (y.data == nullptr) {
        return;
    }
    const PostTransform transform = post_transform(call.string("post_transform", "NONE"));
    const Reading<double> x{call.in(0)};
    std::vector<double> scores(static_cast<std::size_t>(targets));
    for (std::int64_t r = 0; r < rows; ++r) {
        for (std::int64_t t = 0; t < targets; ++t) {
            double sum =
                biases.empty() ? 0 : static_cast<double>(biases[static_cast<std::size_t>(t)]);
            for (std::int64_t c = 0; c < columns; ++c) {
                sum += x[static_cast<std::size_t>(r * columns + c)] *
                       static_cast<double>(weights[static_cast<std::size_t>(t * columns + c)]);
            }
            scores[static_cast<std::size_t>(t)] = sum;
        }
        transform_scores(transform, scores);
        std::copy(scores.begin(), scores.end(), y.as<float>() + r * targets);
    }
}

void op_linear_classifier(OpCall& call) noexcept {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    if (!rows_and_columns(call, rows, columns)) {
        return;
    }
    const ClassLabels labels = class_labels(call, "classlabels_ints");
    const auto weights = call.attributes().reals("coefficients");
    const auto biases = call.attributes().reals("intercepts");
    const std::size_t classes = labels.size();
    const std::size_t scored =
        columns == 0 ? 0 : weights.size() / static_cast<std::size_t>(columns);
    if (scored == 0 || weights.size() != scored * static_cast<std::size_t>(columns) ||
        (!biases.empty() && biases.size() != scored) ||
        (scored != classes && !(scored == 1 && classes == 2))) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "coefficients");
    }
    const TensorRef y =
        call.out(0, labels.are_texts() ? ElementType::string : ElementType::int64, {rows});
    const TensorRef z =
        call.out(1, ElementType::float32, {rows, static_cast<std::int64_t>(classes)});
    if (y.data == nullptr && z.data == nullptr) {
        return;
    }
    const PostTransform transform = post_transform(call.string("post_transform", "NONE"));
    const Reading<double> x{call.in(0)};
    std::vector<double> scores(classes);
    for (std::int64_t r = 0; r < rows; ++r) {
        for (std::size_t s = 0; s < scored; ++s) {
            double sum = biases.empty() ? 0 : static_cast<double>(biases[s]);
            for (std::int64_t c = 0; c < columns; ++c) {
                sum += x[static_cast<std::size_t>(r * columns + c)] *
                       static_cast<double>(weights[s * static_cast<std::size_t>(columns) +
                                                   static_cast<std::size_t>(c)]);
            }
            scores[s] = sum;
        }
        std::size_t best = 0;
        if (scored == 1 && classes == 2) { // one column of weights: of the second class
            best = scores[0] > 0 ? 1 : 0;
            const double score = scores[0];
            scores[1] = score;
            scores[0] = -score;
            if (transform == PostTransform::logistic) {
                transform_scores(transform, scores);
            } else if (transform != PostTransform::none) {
                return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE,
                                 "post_transform of one score");
            }
        } else {
            best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) -
                                            scores.begin());
            transform_scores(transform, scores);
        }
        if (y.data != nullptr) {
            put_label(labels, y, static_cast<std::size_t>(r), best);
        }
        if (z.data != nullptr) {
            std::copy(scores.begin(), scores.end(),
                      z.as<float>() + r * static_cast<std::int64_t>(classes));
        }
    }
}

} // namespace assay::runtime
