// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/infer_api/infer_api.hpp"

#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/infer_api/ports_json.hpp"
#include "core/infer_api/report.hpp"
#include "core/infer_api/value_codec.hpp"

#include <charconv>
#include <string_view>
#include <utility>

namespace assay::infer_api {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;
using bytes::JsonWriter;

/// Every limit is below 2^53, the integers that JavaScript holds exactly.
constexpr std::uint64_t MAX_INTEGER = (std::uint64_t{1} << 53) - 1;

Error invalid(std::string path) {
    return Error{ErrorCode::ARGUMENT_INVALID, std::move(path)};
}

std::optional<std::uint64_t> positive_integer(const JsonValue& value) noexcept {
    std::uint64_t out = 0;
    const std::string_view raw = value.raw();
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), out);
    if (!value.is(JsonKind::number) || error != std::errc{} || end != raw.data() + raw.size() ||
        out == 0 || out > MAX_INTEGER) {
        return std::nullopt;
    }
    return out;
}

Result<void> read_limits(const JsonValue& value, onnx::Limits& limits) noexcept {
    if (!value.is(JsonKind::object)) {
        return invalid("limits");
    }
    for (const JsonMember& member : value.members()) {
        std::uint64_t* const limit = member.name == "modelBytes"    ? &limits.model_bytes
                                     : member.name == "nodes"       ? &limits.nodes
                                     : member.name == "memoryBytes" ? &limits.memory_bytes
                                     : member.name == "nodeRuns"    ? &limits.node_runs
                                                                    : nullptr;
        const std::optional<std::uint64_t> number = positive_integer(member.value);
        if (limit == nullptr || !number) {
            return invalid("limits." + member.name);
        }
        *limit = *number;
    }
    return Result<void>::ok();
}

void write_error_members(JsonWriter& out, const Error& error) noexcept {
    const CodeInfo& row = info(error.code);
    out.key("code").string(row.name).key("category").string(name(row.category));
    if (!row.message.empty()) {
        out.key("message").string(row.message);
    }
    if (!error.path.empty()) {
        out.key("path").string(error.path.view());
    }
}

std::string failure(const Error& error) noexcept {
    JsonWriter out;
    out.object().key("ok").boolean(false);
    write_error_members(out, error);
    out.key("checks").array().end().end();
    return out.take();
}

} // namespace

Result<runtime::SessionOptions> parse_options(BytesView text, runtime::Clock clock) noexcept {
    runtime::SessionOptions options;
    if (text.empty()) {
        return options;
    }
    const Result<JsonValue> json = bytes::parse_json(as_text(text), ErrorCode::ARGUMENT_INVALID);
    if (!json) {
        return json.error();
    }
    if (!json->is(JsonKind::object)) {
        return invalid("options");
    }
    for (const JsonMember& member : json->members()) {
        if (member.name == "limits") {
            if (const Result<void> read = read_limits(member.value, options.limits); !read) {
                return read.error();
            }
            continue;
        }
        if (member.name == "profile" && member.value.is(JsonKind::boolean)) {
            options.clock = member.value.boolean() ? clock : nullptr;
            continue;
        }
        const std::optional<std::uint64_t> number = positive_integer(member.value);
        if (member.name != "threads" || !number || *number > runtime::MAX_THREADS) {
            return invalid(member.name);
        }
        options.threads = static_cast<std::uint32_t>(*number);
    }
    return options;
}

std::string error_json(const Error& error) noexcept {
    JsonWriter out;
    out.object();
    write_error_members(out, error);
    return out.end().take();
}

std::string Sessions::load(BytesView model, BytesView options_text) noexcept {
    const Result<runtime::SessionOptions> options = parse_options(options_text, clock_);
    if (!options) {
        return failure(options.error());
    }
    return keep(runtime::Session::load(model, *options));
}

std::string Sessions::load(onnx::Buffer model, BytesView options_text) noexcept {
    const Result<runtime::SessionOptions> options = parse_options(options_text, clock_);
    if (!options) {
        return failure(options.error());
    }
    return keep(runtime::Session::load(std::move(model), *options));
}

std::string Sessions::fork(Handle handle) noexcept {
    const auto found = sessions_.find(handle);
    return found == sessions_.end() ? failure(Error{ErrorCode::ONNX_DISPOSED})
                                    : keep(found->second->fork());
}

std::string Sessions::keep(Result<std::unique_ptr<runtime::Session>> loaded) noexcept {
    if (!loaded) {
        return failure(loaded.error());
    }
    const Handle handle = next_++;
    const runtime::Session& session = *sessions_.emplace(handle, *std::move(loaded)).first->second;
    JsonWriter out;
    out.object().key("ok").boolean(true).key("value").object();
    out.key("handle").unsigned_number(handle).key("inputs");
    write_ports(out, session.inputs());
    out.key("outputs");
    write_ports(out, session.outputs());
    out.end().key("checks").array().end().end();
    return out.take();
}

runtime::Session* Sessions::find(Handle handle) noexcept {
    const auto found = sessions_.find(handle);
    if (found == sessions_.end()) {
        last_error_ = Error{ErrorCode::ONNX_DISPOSED};
        return nullptr;
    }
    return found->second.get();
}

std::uint32_t Sessions::set_value(Handle handle, std::size_t index, BytesView bytes) noexcept {
    runtime::Session* const session = find(handle);
    if (session == nullptr) {
        return static_cast<std::uint32_t>(ErrorCode::ONNX_DISPOSED);
    }
    Result<runtime::Value> value =
        decode_value(bytes, session->strings(), session->limits().memory_bytes);
    return record(value ? session->set_value(index, *std::move(value)) : value.error());
}

std::string Sessions::output_value(Handle handle, std::size_t index) noexcept {
    const runtime::Session* const session = find(handle);
    return session == nullptr ? std::string{} : encode_value(session->output_value(index));
}

std::string Sessions::profile(Handle handle) noexcept {
    const runtime::Session* const session = find(handle);
    return session == nullptr || session->profile() == nullptr ? std::string{}
                                                               : trace_json(*session->profile());
}

void Sessions::unload(Handle handle) noexcept {
    sessions_.erase(handle);
}

std::uint32_t Sessions::record(const Result<void>& result) noexcept {
    if (result) {
        return 0;
    }
    last_error_ = result.error();
    return static_cast<std::uint32_t>(result.error().code);
}

std::string Sessions::last_error() const noexcept {
    return last_error_ ? error_json(*last_error_) : "null";
}

} // namespace assay::infer_api
