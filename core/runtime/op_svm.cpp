// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// SVMClassifier and SVMRegressor.
#include "core/runtime/elements.hpp"
#include "core/runtime/ml.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>

namespace assay::runtime {
namespace {

using onnx::ElementType;

struct Similarity {
    std::string_view type;
    double gamma = 0;
    double coef0 = 0;
    double degree = 0;

    [[nodiscard]] double operator()(const double* x, const float* v,
                                    std::int64_t size) const noexcept {
        double sum = 0;
        for (std::int64_t i = 0; i < size; ++i) {
            const auto b = static_cast<double>(v[i]);
            sum += type == "RBF" ? (x[i] - b) * (x[i] - b) : x[i] * b;
        }
        if (type == "RBF") {
            return std::exp(-gamma * sum);
        }
        if (type == "POLY") {
            return std::pow(gamma * sum + coef0, degree);
        }
        return type == "SIGMOID" ? std::tanh(gamma * sum + coef0) : sum;
    }
};

Similarity kernel_of(const OpCall& call) noexcept {
    const auto params = call.attributes().reals("kernel_params");
    Similarity kernel{call.string("kernel_type", "LINEAR")};
    if (params.size() == 3) {
        kernel.gamma = static_cast<double>(params[0]);
        kernel.coef0 = static_cast<double>(params[1]);
        kernel.degree = static_cast<double>(params[2]);
    }
    return kernel;
}

} // namespace

void op_svm_regressor(OpCall& call) noexcept {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    if (!rows_and_columns(call, rows, columns)) {
        return;
    }
    const auto vectors = call.attributes().reals("support_vectors");
    const auto coefficients = call.attributes().reals("coefficients");
    const auto rho = call.attributes().reals("rho");
    const std::int64_t supports = call.integer("n_supports", 0);
    if (supports < 0 || rho.size() != 1 ||
        (supports > 0 ? static_cast<std::int64_t>(coefficients.size()) != supports ||
                            static_cast<std::int64_t>(vectors.size()) != supports * columns
                      : static_cast<std::int64_t>(coefficients.size()) != columns)) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "coefficients");
    }
    const TensorRef y = call.out(0, ElementType::float32, {rows, 1});
    if (y.data == nullptr) {
        return;
    }
    const Similarity kernel = kernel_of(call);
    const Reading<double> x{call.in(0)};
    for (std::int64_t r = 0; r < rows; ++r) {
        double sum = static_cast<double>(rho[0]);
        if (supports == 0) {
            sum += kernel(x.data() + r * columns, coefficients.data(), columns);
        }
        for (std::int64_t s = 0; s < supports; ++s) {
            sum += static_cast<double>(coefficients[static_cast<std::size_t>(s)]) *
                   kernel(x.data() + r * columns, vectors.data() + s * columns, columns);
        }
        if (call.integer("one_class", 0) != 0) {
            sum = sum > 0 ? 1 : -1;
        }
        transform_scores(post_transform(call.string("post_transform", "NONE")), std::span{&sum, 1});
        y.as<float>()[r] = static_cast<float>(sum);
    }
}

/// Probabilities (prob_a, prob_b) couple the pairs by an iteration that is not written down in the
/// specification: refused. Scores are of the pairs of classes; votes choose the label.
void op_svm_classifier(OpCall& call) noexcept {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    if (!rows_and_columns(call, rows, columns)) {
        return;
    }
    const ClassLabels labels = class_labels(call, "classlabels_ints");
    const auto vectors = call.attributes().reals("support_vectors");
    const auto coefficients = call.attributes().reals("coefficients");
    const auto rho = call.attributes().reals("rho");
    const auto per_class = call.attributes().integers("vectors_per_class");
    const std::size_t classes = labels.size();
    if (!call.attributes().reals("prob_a").empty() || per_class.empty() || classes < 3) {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE,
                         "prob_a, a linear or a binary machine");
    }
    std::vector<std::int64_t> first = {0};
    for (const std::int64_t count : per_class) {
        // No class has more than there are coefficients, of which each vector has two or more.
        first.push_back(
            first.back() +
            std::clamp<std::int64_t>(count, 0, static_cast<std::int64_t>(coefficients.size()) + 1));
    }
    const std::int64_t supports = first.back();
    const std::uint64_t pairs = std::uint64_t{classes} * (classes - 1) / 2;
    if (per_class.size() != classes || rho.size() != pairs ||
        coefficients.size() != static_cast<std::uint64_t>(supports) * (classes - 1) ||
        static_cast<std::int64_t>(vectors.size()) != supports * columns) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "coefficients");
    }
    if (call.string("post_transform", "NONE") != "NONE") {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "post_transform");
    }
    const TensorRef y =
        call.out(0, labels.are_texts() ? ElementType::string : ElementType::int64, {rows});
    const TensorRef z = call.out(1, ElementType::float32, {rows, static_cast<std::int64_t>(pairs)});
    if (y.data == nullptr && z.data == nullptr) {
        return;
    }
    const Similarity kernel = kernel_of(call);
    const Reading<double> x{call.in(0)};
    std::vector<double> k(static_cast<std::size_t>(supports));
    for (std::int64_t r = 0; r < rows; ++r) {
        for (std::size_t s = 0; s < k.size(); ++s) {
            k[s] = kernel(x.data() + r * columns,
                          vectors.data() + static_cast<std::int64_t>(s) * columns, columns);
        }
        std::vector<int> votes(classes);
        std::size_t pair = 0;
        for (std::size_t i = 0; i < classes; ++i) {
            for (std::size_t j = i + 1; j < classes; ++j, ++pair) {
                double sum = static_cast<double>(rho[pair]);
                for (auto s = first[i]; s < first[i + 1]; ++s) {
                    sum += static_cast<double>(coefficients[static_cast<std::size_t>(
                               (static_cast<std::int64_t>(j) - 1) * supports + s)]) *
                           k[static_cast<std::size_t>(s)];
                }
                for (auto s = first[j]; s < first[j + 1]; ++s) {
                    sum += static_cast<double>(coefficients[static_cast<std::size_t>(
                               static_cast<std::int64_t>(i) * supports + s)]) *
                           k[static_cast<std::size_t>(s)];
                }
                ++votes[sum > 0 ? i : j];
                if (z.data != nullptr) {
                    z.as<float>()[static_cast<std::size_t>(r) * rho.size() + pair] =
                        static_cast<float>(sum);
                }
            }
        }
        if (y.data != nullptr) {
            put_label(labels, y, static_cast<std::size_t>(r),
                      static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) -
                                               votes.begin()));
        }
    }
}

} // namespace assay::runtime
