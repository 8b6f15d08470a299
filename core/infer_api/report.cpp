// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/infer_api/report.hpp"

#include "core/bytes/json_writer.hpp"
#include "core/infer_api/ports_json.hpp"
#include "core/onnx/opset.hpp"
#include "core/runtime/node_cost.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace assay::infer_api {
namespace {

using bytes::JsonWriter;

/// Microseconds with three decimals.
void write_time(JsonWriter& out, double microseconds) noexcept {
    const auto thousandths = static_cast<std::int64_t>(std::max(microseconds, 0.0) * 1000 + 0.5);
    std::array<char, 24> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), thousandths).ptr;
    std::string digits(text.data(), end);
    digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
    digits.insert(digits.size() - 3, 1, '.');
    out.raw(digits);
}

struct Operator {
    std::uint64_t count = 0;
    std::uint64_t macs = 0;
};

void write_steps(JsonWriter& out, const runtime::Plan& plan) noexcept {
    for (const runtime::Step& step : plan.steps()) {
        out.object();
        if (const auto* kernel = std::get_if<runtime::KernelStep>(&step); kernel != nullptr) {
            out.key("kernel").string("own").key("nodes").array();
            out.string(kernel->node->label).end();
        } else {
            const auto& xnn = std::get<runtime::XnnStep>(step);
            out.key("kernel").string("XNNPACK").key("nodes").array();
            for (const onnx::Node* node : xnn.nodes) {
                out.string(node->label);
            }
            out.end();
            out.key("operators").array();
            for (const runtime::XnnOperator& each : runtime::xnn_operators(xnn.runtime.get())) {
                out.string(each.name);
            }
            out.end();
        }
        out.end();
    }
}

} // namespace

std::string trace_json(const runtime::Profile& profile) noexcept {
    double first = 0;
    for (const runtime::ProfileEvent& event : profile.events()) {
        first = first == 0 ? event.start : std::min(first, event.start);
    }
    JsonWriter out;
    out.object().key("traceEvents").array();
    for (const runtime::ProfileEvent& event : profile.events()) {
        out.object().key("name").string(event.name).key("cat").string(event.kernel);
        out.key("ph").string("X").key("ts");
        write_time(out, event.start - first);
        out.key("dur");
        write_time(out, event.length);
        out.key("pid").number(1).key("tid").number(1).end();
    }
    out.end().key("displayTimeUnit").string("ms");
    if (profile.dropped() != 0) {
        out.key("dropped").unsigned_number(profile.dropped());
    }
    return out.end().take();
}

std::string inspect_json(const runtime::Session& session) noexcept {
    const runtime::Plan* const plan = session.plan();
    std::vector<const onnx::Node*> nodes;
    if (plan != nullptr) {
        nodes = plan->specialization().live;
    } else {
        for (const onnx::Node& node : session.graph().nodes) {
            nodes.push_back(&node);
        }
    }
    std::map<std::string_view, Operator> operators;
    std::uint64_t macs = 0;
    for (const onnx::Node* node : nodes) {
        Operator& row = operators[onnx::schema(node->op).name];
        ++row.count;
        if (plan != nullptr) {
            const std::uint64_t own =
                runtime::multiply_accumulates(*node, plan->specialization().values);
            row.macs += own;
            macs += own;
        }
    }
    JsonWriter out;
    out.object().key("inputs");
    write_ports(out, session.inputs());
    out.key("outputs");
    write_ports(out, session.outputs());
    out.key("nodes").unsigned_number(nodes.size()).key("operators").array();
    for (const auto& [type, row] : operators) {
        out.object().key("type").string(type).key("count").unsigned_number(row.count);
        out.key("macs").unsigned_number(row.macs).end();
    }
    out.end().key("macs");
    if (plan == nullptr) {
        out.null();
    } else {
        out.unsigned_number(macs);
    }
    out.key("memory").object().key("constantBytes").unsigned_number(session.constant_bytes());
    out.key("plannedBytes");
    if (plan == nullptr) {
        out.null();
    } else {
        out.unsigned_number(plan->planned_bytes());
    }
    out.end().key("planned").boolean(plan != nullptr).key("steps").array();
    if (plan != nullptr) {
        write_steps(out, *plan);
    }
    return out.end().end().take();
}

} // namespace assay::infer_api
