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

namespace {

/// Scores of one score in a binary machine: that of the first class is its complement.
void finish_one_score(PostTransform transform, double score, std::span<double> scores) noexcept {
    scores[0] = transform == PostTransform::none || transform == PostTransform::logistic
                    ? -score
                    : 1 - score;
    scores[1] = score;
    if (transform == PostTransform::logistic) {
        transform_scores(transform, scores);
    }
}

/// Machines between pairs of classes on support vectors, or one linear function for each class.
struct Classifier {
    ClassLabels labels;
    std::span<const float> vectors;
    std::span<const float> coefficients;
    std::span<const float> rho;
    std::span<const float> prob_a;
    std::span<const float> prob_b;
    std::vector<std::int64_t> first; ///< support vector of each class, and their count
    PostTransform transform = PostTransform::none;

    [[nodiscard]] std::size_t classes() const noexcept { return labels.size(); }
    /// In 64 bits: it is compared with the length of a list before anything is counted by it.
    [[nodiscard]] std::uint64_t pairs() const noexcept {
        return std::uint64_t{classes()} * (classes() - 1) / 2;
    }
    [[nodiscard]] std::int64_t supports() const noexcept { return first.back(); }
    [[nodiscard]] bool is_linear() const noexcept { return supports() == 0; }
    [[nodiscard]] std::size_t score_count() const noexcept {
        return is_linear() || !prob_a.empty() || classes() == 2 ? classes()
                                                                : static_cast<std::size_t>(pairs());
    }

    /// Whether the lists have the lengths that the classes and the features ask for.
    [[nodiscard]] bool fits(std::size_t columns) const noexcept {
        const auto count = static_cast<std::uint64_t>(supports());
        if (prob_a.size() != prob_b.size() || rho.empty()) {
            return false;
        }
        if (is_linear()) {
            return vectors.empty() && coefficients.size() == std::uint64_t{classes()} * columns;
        }
        return first.size() == classes() + 1 && rho.size() == pairs() &&
               vectors.size() == count * columns &&
               coefficients.size() == count * (classes() - 1) &&
               (prob_a.empty() || prob_a.size() == pairs());
    }

    /// The decisions between pairs. @return the class with most votes.
    [[nodiscard]] std::size_t decide(std::span<const double> kernels,
                                     std::span<double> decisions) const {
        std::vector<int> votes(classes());
        const auto sum_of = [&](std::size_t of, std::size_t row) {
            double sum = 0;
            for (auto s = static_cast<std::size_t>(first[of]);
                 s < static_cast<std::size_t>(first[of + 1]); ++s) {
                sum += static_cast<double>(coefficients[row * kernels.size() + s]) * kernels[s];
            }
            return sum;
        };
        std::size_t pair = 0;
        for (std::size_t i = 0; i < classes(); ++i) {
            for (std::size_t j = i + 1; j < classes(); ++j, ++pair) {
                decisions[pair] = static_cast<double>(rho[pair]) + sum_of(i, j - 1) + sum_of(j, i);
                ++votes[decisions[pair] > 0 ? i : j];
            }
        }
        return static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) -
                                        votes.begin());
    }

    /// Probabilities of the classes: Platt's of each pair, coupled by the second method of Wu, Lin
    /// and Weng, "Probability estimates for multi-class classification by pairwise coupling", with
    /// the bound of rounds and the tolerance of onnxruntime.
    [[nodiscard]] std::vector<double> probabilities(std::span<const double> decisions) const {
        const std::size_t k = classes();
        std::vector<double> r(k * k);
        std::size_t pair = 0;
        for (std::size_t i = 0; i < k; ++i) {
            for (std::size_t j = i + 1; j < k; ++j, ++pair) {
                const double z = decisions[pair] * static_cast<double>(prob_a[pair]) +
                                 static_cast<double>(prob_b[pair]);
                r[i * k + j] = std::clamp(1 / (1 + std::exp(z)), 1e-7, 1 - 1e-7);
                r[j * k + i] = 1 - r[i * k + j];
            }
        }
        std::vector<double> q(k * k);
        for (std::size_t i = 0; i < k; ++i) {
            for (std::size_t j = 0; j < k; ++j) {
                q[i * k + i] += i == j ? 0 : r[j * k + i] * r[j * k + i];
                q[i * k + j] = i == j ? q[i * k + i] : -r[j * k + i] * r[i * k + j];
            }
        }
        std::vector<double> p(k, 1 / static_cast<double>(k));
        std::vector<double> qp(k);
        for (int round = 0; round < 100; ++round) {
            double total = 0;
            for (std::size_t i = 0; i < k; ++i) {
                qp[i] = 0;
                for (std::size_t j = 0; j < k; ++j) {
                    qp[i] += q[i * k + j] * p[j];
                }
                total += p[i] * qp[i];
            }
            const bool is_done = std::all_of(qp.begin(), qp.end(), [&](double one) {
                return std::abs(one - total) < 0.005 / static_cast<double>(k);
            });
            for (std::size_t i = 0; i < k && !is_done; ++i) {
                const double step = (total - qp[i]) / q[i * k + i];
                const double scale = 1 + step;
                p[i] += step;
                total = (total + step * (step * q[i * k + i] + 2 * qp[i])) / scale / scale;
                for (std::size_t j = 0; j < k; ++j) {
                    qp[j] = (qp[j] + step * q[i * k + j]) / scale;
                    p[j] /= scale;
                }
            }
            if (is_done) {
                break;
            }
        }
        return p;
    }

    /// The class of a linear machine. Of two, any score above 0 chooses the second, or above 0.5
    /// where no weight is negative: so has it the reference of ONNX.
    [[nodiscard]] std::size_t linear_class(std::span<const double> scores) const noexcept {
        const auto best = std::max_element(scores.begin(), scores.end());
        const bool all_positive = std::all_of(coefficients.begin(), coefficients.end(),
                                              [](float weight) { return weight >= 0; });
        if (classes() == 2 && prob_a.empty() && (all_positive ? *best >= 0.5 : *best > 0)) {
            return 1;
        }
        return static_cast<std::size_t>(best - scores.begin());
    }
};

} // namespace

/// Without probabilities the scores are those of the pairs of classes, and votes choose the label.
void op_svm_classifier(OpCall& call) noexcept {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    if (!rows_and_columns(call, rows, columns)) {
        return;
    }
    const onnx::Attributes& attributes = call.attributes();
    Classifier machine{class_labels(call, "classlabels_ints"),
                       attributes.reals("support_vectors"),
                       attributes.reals("coefficients"),
                       attributes.reals("rho"),
                       attributes.reals("prob_a"),
                       attributes.reals("prob_b"),
                       {0},
                       post_transform(call.string("post_transform", "NONE"))};
    if (machine.classes() < 2) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "classlabels");
    }
    for (const std::int64_t count : attributes.integers("vectors_per_class")) {
        if (count < 0 || count > static_cast<std::int64_t>(machine.vectors.size())) {
            return call.fail(ErrorCode::ONNX_MALFORMED, "vectors_per_class");
        }
        machine.first.push_back(machine.first.back() + count);
    }
    if (!machine.fits(static_cast<std::size_t>(columns))) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "coefficients");
    }
    const bool has_one_score =
        !machine.is_linear() && machine.prob_a.empty() && machine.classes() == 2;
    if (has_one_score && machine.transform == PostTransform::probit) {
        // onnxruntime leaves the second of its two scores unwritten.
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "post_transform of one score");
    }
    const std::size_t count = machine.score_count();
    const TensorRef y =
        call.out(0, machine.labels.are_texts() ? ElementType::string : ElementType::int64, {rows});
    const TensorRef z = call.out(1, ElementType::float32, {rows, static_cast<std::int64_t>(count)});
    if (y.data == nullptr && z.data == nullptr) {
        return;
    }
    const Similarity kernel = machine.is_linear() ? Similarity{"LINEAR"} : kernel_of(call);
    const Reading<double> x{call.in(0)};
    std::vector<double> kernels(static_cast<std::size_t>(machine.supports()));
    std::vector<double> decisions(machine.is_linear() ? 0
                                                      : static_cast<std::size_t>(machine.pairs()));
    std::vector<double> scores(count);
    for (std::int64_t r = 0; r < rows; ++r) {
        const double* row = x.data() + r * columns;
        std::size_t chosen = 0;
        if (machine.is_linear()) {
            for (std::size_t c = 0; c < count; ++c) {
                scores[c] =
                    static_cast<double>(machine.rho[0]) +
                    kernel(row,
                           machine.coefficients.data() + static_cast<std::int64_t>(c) * columns,
                           columns);
            }
            chosen = machine.linear_class(scores);
            transform_scores(machine.transform, scores);
        } else {
            for (std::size_t s = 0; s < kernels.size(); ++s) {
                kernels[s] = kernel(
                    row, machine.vectors.data() + static_cast<std::int64_t>(s) * columns, columns);
            }
            chosen = machine.decide(kernels, decisions);
            if (has_one_score) {
                finish_one_score(machine.transform, decisions[0], scores);
            } else {
                scores = machine.prob_a.empty() ? decisions : machine.probabilities(decisions);
                transform_scores(machine.transform, scores);
            }
        }
        if (y.data != nullptr) {
            put_label(machine.labels, y, static_cast<std::size_t>(r), chosen);
        }
        if (z.data != nullptr) {
            std::copy(scores.begin(), scores.end(),
                      z.as<float>() + static_cast<std::size_t>(r) * count);
        }
    }
}

} // namespace assay::runtime
