// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/graph.hpp"

#include <algorithm>

namespace assay::onnx {

const Attribute* Attributes::find(std::string_view name) const noexcept {
    const auto found = std::find_if(items_.begin(), items_.end(),
                                    [name](const Attribute& item) { return item.name == name; });
    return found == items_.end() ? nullptr : &*found;
}

std::int64_t Attributes::integer(std::string_view name, std::int64_t otherwise) const noexcept {
    const Attribute* item = find(name);
    return item == nullptr ? otherwise : item->integer;
}

float Attributes::real(std::string_view name, float otherwise) const noexcept {
    const Attribute* item = find(name);
    return item == nullptr ? otherwise : item->real;
}

std::string_view Attributes::string(std::string_view name,
                                    std::string_view otherwise) const noexcept {
    const Attribute* item = find(name);
    return item == nullptr ? otherwise : std::string_view{item->string};
}

std::span<const std::int64_t> Attributes::integers(std::string_view name) const noexcept {
    const Attribute* item = find(name);
    return item == nullptr ? std::span<const std::int64_t>{} : item->integers;
}

std::span<const float> Attributes::reals(std::string_view name) const noexcept {
    const Attribute* item = find(name);
    return item == nullptr ? std::span<const float>{} : item->reals;
}

std::span<const std::string> Attributes::strings(std::string_view name) const noexcept {
    const Attribute* item = find(name);
    return item == nullptr ? std::span<const std::string>{} : item->strings;
}

const Tensor* Attributes::tensor(std::string_view name) const noexcept {
    const Attribute* item = find(name);
    return item == nullptr ? nullptr : item->tensor.get();
}

const Graph* Attributes::graph(std::string_view name) const noexcept {
    const Attribute* item = find(name);
    return item == nullptr ? nullptr : item->graph.get();
}

} // namespace assay::onnx
