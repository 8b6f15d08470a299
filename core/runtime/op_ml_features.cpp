// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// ai.onnx.ml: what prepares features.
#include "core/runtime/elements.hpp"
#include "core/runtime/ml.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

} // namespace

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
        if (widths[i] < 0 || widths[i] > static_cast<std::int64_t>(onnx::MAX_COUNT) ||
            !call.has(i) || static_cast<std::int64_t>(call.in(i).count()) != rows * widths[i]) {
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
                                  : std::trunc(from[i]) == static_cast<double>(numbers[k]);
            y.as<float>()[i * count + k] = same ? 1.0F : 0.0F;
            hit = hit || same;
        }
        if (!hit && !zeros) {
            return call.fail(ErrorCode::ONNX_INDEX, "unknown category");
        }
    }
}

} // namespace assay::runtime
