// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// ai.onnx.ml LabelEncoder.
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

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

bool is_label(ElementType type) noexcept {
    return type == ElementType::string || type == ElementType::boolean || is_float(type) ||
           is_integer(type);
}

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
    if (keys.type != x.type || !is_label(keys.type)) {
        return call.fail_type(x.type);
    }
    if (!is_label(values.type)) {
        return call.fail_type(values.type);
    }
    if (keys.size() != values.size()) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "keys and values");
    }
    const Labels otherwise = default_label(call, values.type);
    if (otherwise.type != values.type || otherwise.size() != 1) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "default_tensor");
    }
    const TensorRef y = call.out(0, values.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
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
