// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// ai.onnx.ml without the trees and the support vectors (those: op_trees.cpp, op_svm.cpp).
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

bool is_number(ElementType type) noexcept {
    return is_float(type) || is_integer(type);
}

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
    if (call.failed() || call.inferring()) {
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

void op_scaler(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const auto offsets = call.attributes().reals("offset");
    const auto scales = call.attributes().reals("scale");
    if (!is_number(x.type)) {
        return call.fail_type(x.type);
    }
    const std::size_t columns = x.dims.empty() ? 1 : static_cast<std::size_t>(x.dims.back());
    if ((offsets.size() != 1 && offsets.size() != columns) ||
        (scales.size() != 1 && scales.size() != columns)) {
        return call.fail_shape("offset or scale");
    }
    const TensorRef y = call.out(0, ElementType::float32, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const Reading<float> from{x};
    for (std::size_t i = 0; i < y.count(); ++i) {
        const std::size_t c = i % columns;
        y.as<float>()[i] =
            (from[i] - offsets[offsets.size() == 1 ? 0 : c]) * scales[scales.size() == 1 ? 0 : c];
    }
}

void op_normalizer(OpCall& call) noexcept {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    if (!rows_and_columns(call, rows, columns)) {
        return;
    }
    const std::string_view norm = call.string("norm", "MAX");
    if (norm != "MAX" && norm != "L1" && norm != "L2") {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "norm");
    }
    const TensorRef y = call.out(0, ElementType::float32, call.dims(0));
    if (y.data == nullptr) {
        return;
    }
    const Reading<double> x{call.in(0)};
    for (std::int64_t r = 0; r < rows; ++r) {
        const double* row = x.data() + r * columns;
        double size = norm == "MAX" && columns > 0 ? row[0] : 0;
        for (std::int64_t c = 0; c < columns; ++c) {
            size = norm == "MAX"  ? std::max(size, row[c])
                   : norm == "L1" ? size + std::abs(row[c])
                                  : size + row[c] * row[c];
        }
        size = norm == "L2" ? std::sqrt(size) : size;
        for (std::int64_t c = 0; c < columns; ++c) {
            y.as<float>()[r * columns + c] = static_cast<float>(size == 0 ? row[c] : row[c] / size);
        }
    }
}

void op_binarizer(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_number(x.type)) {
        return call.fail_type(x.type);
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const auto threshold = static_cast<double>(call.real("threshold", 0));
    const Reading<double> from{x};
    Writing<double> to{y};
    for (std::size_t i = 0; i < y.count(); ++i) {
        to[i] = from[i] > threshold ? 1 : 0;
    }
}

void op_imputer(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const bool real = is_float(x.type);
    const auto floats = call.attributes().reals("imputed_value_floats");
    const auto integers = call.attributes().integers("imputed_value_int64s");
    const std::size_t count = real ? floats.size() : integers.size();
    if (!real && x.type != ElementType::int64) {
        return call.fail_type(x.type);
    }
    const std::size_t columns = x.dims.empty() ? 1 : static_cast<std::size_t>(x.dims.back());
    if (count != 1 && count != columns) {
        return call.fail_shape("imputed values");
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const auto replaced = static_cast<double>(call.real("replaced_value_float", 0));
    const std::int64_t replaced_integer = call.integer("replaced_value_int64", 0);
    if (real) {
        const Reading<double> from{x};
        Writing<double> to{y};
        for (std::size_t i = 0; i < y.count(); ++i) {
            const bool hit = std::isnan(replaced) ? std::isnan(from[i]) : from[i] == replaced;
            to[i] = hit ? static_cast<double>(floats[count == 1 ? 0 : i % columns]) : from[i];
        }
        return;
    }
    for (std::size_t i = 0; i < y.count(); ++i) {
        const std::int64_t value = x.as<std::int64_t>()[i];
        y.as<std::int64_t>()[i] =
            value == replaced_integer ? integers[count == 1 ? 0 : i % columns] : value;
    }
}

void op_array_feature_extractor(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const TensorRef& indices = call.in(1);
    if (indices.type != ElementType::int64) {
        return call.fail_type(indices.type);
    }
    if (x.dims.empty()) {
        return call.fail_shape();
    }
    const auto count = static_cast<std::int64_t>(indices.count());
    Dims dims(x.dims.begin(), x.dims.end());
    dims.back() = count;
    if (dims.size() == 1) {
        dims.insert(dims.begin(), 1);
    }
    const TensorRef y = call.out(0, x.type, dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t size = onnx::element_size(x.type);
    const std::int64_t columns = x.dims.back();
    for (std::size_t i = 0; i < y.count(); ++i) {
        const std::int64_t at = indices.as<std::int64_t>()[i % static_cast<std::size_t>(count)];
        if (at < 0 || at >= columns) {
            return call.fail(ErrorCode::ONNX_INDEX, std::to_string(at));
        }
        const std::size_t row = i / static_cast<std::size_t>(count);
        std::memcpy(y.data + i * size,
                    x.data +
                        (row * static_cast<std::size_t>(columns) + static_cast<std::size_t>(at)) *
                            size,
                    size);
    }
}

void op_feature_vectorizer(OpCall& call) noexcept {
    const auto widths = call.attributes().integers("inputdimensions");
    std::int64_t total = 0;
    const std::int64_t rows = call.rank(0) == 2 ? call.dims(0)[0] : 1;
    if (widths.size() != call.input_count()) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "inputdimensions");
    }
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (widths[i] < 0 || !call.has(i) ||
            static_cast<std::int64_t>(call.in(i).count()) != rows * widths[i]) {
            return call.fail_shape();
        }
        if (!is_number(call.in(i).type)) {
            return call.fail_type(call.in(i).type);
        }
        total += widths[i];
    }
    const TensorRef y = call.out(0, ElementType::float32, {rows, total});
    if (y.data == nullptr) {
        return;
    }
    std::int64_t before = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const Reading<float> from{call.in(i)};
        for (std::int64_t r = 0; r < rows; ++r) {
            std::copy_n(from.data() + r * widths[i], widths[i], y.as<float>() + r * total + before);
        }
        before += widths[i];
    }
}

void op_one_hot_encoder(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const auto numbers = call.attributes().integers("cats_int64s");
    const auto texts = call.attributes().strings("cats_strings");
    const bool of_texts = x.type == ElementType::string;
    if (!of_texts && !is_number(x.type)) {
        return call.fail_type(x.type);
    }
    const std::size_t count = of_texts ? texts.size() : numbers.size();
    Dims dims(x.dims.begin(), x.dims.end());
    dims.push_back(static_cast<std::int64_t>(count));
    const TensorRef y = call.out(0, ElementType::float32, dims);
    if (y.data == nullptr) {
        return;
    }
    const bool zeros = call.integer("zeros", 1) != 0;
    const Reading<double> from{of_texts ? TensorRef{} : x};
    for (std::size_t i = 0; i < x.count(); ++i) {
        bool hit = false;
        for (std::size_t k = 0; k < count; ++k) {
            const bool same = of_texts
                                  ? onnx::StringPool::text(x.as<std::uint64_t>()[i]) == texts[k]
                                  : from[i] == static_cast<double>(numbers[k]);
            y.as<float>()[i * count + k] = same ? 1.0F : 0.0F;
            hit = hit || same;
        }
        if (!hit && !zeros) {
            return call.fail(ErrorCode::ONNX_INDEX, "unknown category");
        }
    }
}

namespace {

/// Keys or values of LabelEncoder, from whichever attribute holds them.
struct Labels {
    ElementType type = ElementType::undefined;
    std::vector<std::uint64_t> texts;
    std::vector<double> reals;
    std::vector<std::int64_t> integers;

    [[nodiscard]] std::size_t size() const noexcept {
        return std::max({texts.size(), reals.size(), integers.size()});
    }
};

Labels read_tensor(const onnx::Tensor& tensor) {
    Labels labels;
    labels.type = tensor.type;
    const auto count = static_cast<std::size_t>(tensor.count());
    if (tensor.type == ElementType::string) {
        labels.texts.assign(tensor.as<std::uint64_t>().begin(), tensor.as<std::uint64_t>().end());
    } else if (is_float(tensor.type)) {
        labels.reals.resize(count);
        read_elements(tensor.type, tensor.elements.data(), count, labels.reals.data());
    } else {
        labels.integers.resize(count);
        read_elements(tensor.type, tensor.elements.data(), count, labels.integers.data());
    }
    return labels;
}

Labels labels_of(OpCall& call, const std::string& prefix) {
    if (const onnx::Tensor* tensor = call.attributes().tensor(prefix + "tensor");
        tensor != nullptr) {
        return read_tensor(*tensor);
    }
    Labels labels;
    if (call.attributes().find(prefix + "strings") != nullptr) {
        labels.type = ElementType::string;
        for (const std::string& text : call.attributes().strings(prefix + "strings")) {
            labels.texts.push_back(call.strings().intern(text));
        }
    } else if (call.attributes().find(prefix + "floats") != nullptr) {
        labels.type = ElementType::float32;
        const auto values = call.attributes().reals(prefix + "floats");
        labels.reals.assign(values.begin(), values.end());
    } else if (call.attributes().find(prefix + "int64s") != nullptr) {
        labels.type = ElementType::int64;
        const auto values = call.attributes().integers(prefix + "int64s");
        labels.integers.assign(values.begin(), values.end());
    }
    return labels;
}

/// The default that a key without a value gets.
Labels default_label(OpCall& call, ElementType type) {
    if (const onnx::Tensor* tensor = call.attributes().tensor("default_tensor");
        tensor != nullptr) {
        return read_tensor(*tensor);
    }
    Labels label;
    label.type = type;
    label.texts = {call.strings().intern(call.string("default_string", "_Unused"))};
    label.reals = {static_cast<double>(call.real("default_float", -0.0F))};
    label.integers = {call.integer("default_int64", -1)};
    return label;
}

void put_label(const TensorRef& y, std::size_t at, const Labels& labels,
               std::size_t index) noexcept {
    std::uint8_t* to = y.data + at * onnx::element_size(y.type);
    if (y.type == ElementType::string) {
        std::memcpy(to, &labels.texts[index], sizeof labels.texts[index]);
    } else if (is_float(y.type)) {
        write_elements(y.type, &labels.reals[index], 1, to);
    } else {
        write_elements(y.type, &labels.integers[index], 1, to);
    }
}

} // namespace

void op_label_encoder(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    Labels keys;
    Labels values;
    if (call.attributes().find("classes_strings") != nullptr) { // version 1: text ↔ position
        Labels texts;
        texts.type = ElementType::string;
        Labels numbers;
        numbers.type = ElementType::int64;
        for (const std::string& text : call.attributes().strings("classes_strings")) {
            numbers.integers.push_back(static_cast<std::int64_t>(texts.texts.size()));
            texts.texts.push_back(call.strings().intern(text));
        }
        keys = x.type == ElementType::string ? texts : numbers;
        values = x.type == ElementType::string ? numbers : texts;
    } else {
        keys = labels_of(call, "keys_");
        values = labels_of(call, "values_");
    }
    if (keys.type != x.type || values.type == ElementType::undefined) {
        return call.fail_type(x.type);
    }
    if (keys.size() != values.size()) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "keys and values");
    }
    const TensorRef y = call.out(0, values.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const Labels otherwise = default_label(call, values.type);
    std::map<std::string_view, std::size_t> by_text;
    std::map<std::int64_t, std::size_t> by_integer;
    std::map<double, std::size_t> by_real;
    std::optional<std::size_t> of_nan;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys.type == ElementType::string) {
            by_text.try_emplace(onnx::StringPool::text(keys.texts[i]), i);
        } else if (!is_float(keys.type)) {
            by_integer.try_emplace(keys.integers[i], i);
        } else if (std::isnan(keys.reals[i])) {
            of_nan = of_nan.value_or(i);
        } else {
            by_real.try_emplace(keys.reals[i], i);
        }
    }
    const auto look_up = [](const auto& map, const auto& key) -> std::optional<std::size_t> {
        const auto found = map.find(key);
        return found == map.end() ? std::nullopt : std::optional{found->second};
    };
    for (std::size_t i = 0; i < x.count(); ++i) {
        std::optional<std::size_t> found;
        if (x.type == ElementType::string) {
            found = look_up(by_text, onnx::StringPool::text(x.as<std::uint64_t>()[i]));
        } else {
            std::uint8_t* const at = x.data + i * onnx::element_size(x.type);
            if (is_float(x.type)) {
                double key = 0;
                read_elements(x.type, at, 1, &key);
                found = std::isnan(key) ? of_nan : look_up(by_real, key);
            } else {
                std::int64_t key = 0;
                read_elements(x.type, at, 1, &key);
                found = look_up(by_integer, key);
            }
        }
        put_label(y, i, found ? values : otherwise, found.value_or(0));
    }
}

} // namespace assay::runtime
