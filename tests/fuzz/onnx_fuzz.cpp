// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a model: loading must end in a session or a code. A session is run with dimensions
// of 1 on both backends. Crashes and sanitizer reports are the findings.
#include "core/runtime/session.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace {

using assay::runtime::Backend;
using assay::runtime::Session;
using assay::runtime::SessionOptions;

/// @return whether the model could be loaded and run.
bool runs(assay::BytesView model, Backend backend) {
    SessionOptions options;
    options.backend = backend;
    options.limits.nodes = 200;
    options.limits.memory_bytes = std::uint64_t{1} << 20; // also bounds the time of a run
    assay::Result<std::unique_ptr<Session>> session = Session::load(model, options);
    if (!session) {
        return false;
    }
    for (std::size_t i = 0; i < (*session)->inputs().size(); ++i) {
        const auto& port = (*session)->inputs()[i];
        std::vector<std::int64_t> dims;
        for (const auto& dim : port.dims.value_or(std::vector<assay::onnx::Dim>{})) {
            dims.push_back(dim.value == assay::onnx::UNKNOWN ? 1 : dim.value);
        }
        if (!port.optional && !(*session)->set_input(i, dims)) {
            return false;
        }
    }
    return (*session)->run().has_value();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::BytesView model{data, size};
    if (runs(model, Backend::reference)) {
        (void) runs(model, Backend::xnnpack);
    }
    return 0;
}
