// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Sessions by handle, with JSON for what is not numbers: the one surface that the wasm module and
// the command line share.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/runtime/session.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace assay::infer_api {

using Handle = std::uint32_t;

/// Reads `{"limits"?: {"modelBytes"?, "nodes"?, "memoryBytes"?, "nodeRuns"?}, "threads"?: 1..4,
/// "profile"?: boolean}`; empty text stands for no options.
/// @param clock  of a session that profiles
/// @return ARGUMENT_INVALID with the member as path for anything else.
[[nodiscard]] Result<runtime::SessionOptions> parse_options(BytesView text,
                                                            runtime::Clock clock) noexcept;

/// @return {"code":…,"category":…,"message":…,"path"?:…}.
[[nodiscard]] std::string error_json(const Error& error) noexcept;

/// The loaded models of one module instance.
class Sessions {
public:
    /// @param clock  what models are profiled by that ask for it
    explicit Sessions(runtime::Clock clock) noexcept : clock_{clock} {}

    /// @return the verdict {"ok":true,"value":{"handle":…,"inputs":[…],"outputs":[…]},"checks":[]}
    ///   or {"ok":false,"code":…,"category":…,"message":…,"path"?:…,"checks":[]}. A port is
    ///   {"name":…,"type":…,"dims":[…] or null,"optional"?:true}; a dimension is a number, a
    ///   symbol, or null. Dimensions above 2^53 do not occur: they exceed every limit.
    [[nodiscard]] std::string load(BytesView model, BytesView options) noexcept;
    /// The same of a model whose bytes are handed over and not copied.
    [[nodiscard]] std::string load(onnx::Buffer model, BytesView options) noexcept;

    /// Another session of a loaded model, which shares its weights. @return the verdict of load();
    ///   ONNX_DISPOSED for an unknown handle.
    [[nodiscard]] std::string fork(Handle handle) noexcept;

    /// @return the session, or null, with ONNX_DISPOSED as the last error, when it was unloaded.
    [[nodiscard]] runtime::Session* find(Handle handle) noexcept;

    /// Feeds a value of value_codec.hpp. @return 0, or the number of the code of its failure.
    [[nodiscard]] std::uint32_t set_value(Handle handle, std::size_t index,
                                          BytesView bytes) noexcept;

    /// @return an output in the form of value_codec.hpp; empty when there is none.
    [[nodiscard]] std::string output_value(Handle handle, std::size_t index) noexcept;

    /// @return the last run as trace_json(); empty for a model that was loaded without "profile".
    [[nodiscard]] std::string profile(Handle handle) noexcept;

    /// Unknown handles are ignored.
    void unload(Handle handle) noexcept;

    /// Keeps a failure for last_error(). @return 0 for success, else the number of the code.
    [[nodiscard]] std::uint32_t record(const Result<void>& result) noexcept;

    /// @return the last failure as error_json(); "null" when there was none.
    [[nodiscard]] std::string last_error() const noexcept;

private:
    [[nodiscard]] std::string keep(Result<std::unique_ptr<runtime::Session>> loaded) noexcept;

    runtime::Clock clock_;
    std::map<Handle, std::unique_ptr<runtime::Session>> sessions_;
    Handle next_ = 1;
    std::optional<Error> last_error_;
};

} // namespace assay::infer_api
