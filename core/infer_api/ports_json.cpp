// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/infer_api/ports_json.hpp"

#include <string_view>

namespace assay::infer_api {
namespace {

using bytes::JsonWriter;

std::string_view type_name(const runtime::PortInfo& port) noexcept {
    switch (port.kind) {
    case onnx::ValueKind::sequence:
        return "sequence";
    case onnx::ValueKind::optional:
        return "optional";
    case onnx::ValueKind::map:
        return "map";
    default:
        return onnx::name(port.type);
    }
}

void write_port(JsonWriter& out, const runtime::PortInfo& port) noexcept {
    out.object().key("name").string(port.name).key("type").string(type_name(port));
    out.key("dims");
    if (!port.dims) {
        out.null();
    } else {
        out.array();
        for (const onnx::Dim& dim : *port.dims) {
            if (dim.value != onnx::UNKNOWN) {
                out.number(dim.value);
            } else if (!dim.symbol.empty()) {
                out.string(dim.symbol);
            } else {
                out.null();
            }
        }
        out.end();
    }
    if (port.optional) {
        out.key("optional").boolean(true);
    }
    out.end();
}

} // namespace

void write_ports(JsonWriter& out, std::span<const runtime::PortInfo> ports) noexcept {
    out.array();
    for (const runtime::PortInfo& port : ports) {
        write_port(out, port);
    }
    out.end();
}

} // namespace assay::infer_api
