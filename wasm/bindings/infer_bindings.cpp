// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The exports of infer-*.wasm. Handles and indices are numbers; a call that can fail returns 0 or
// the number of an error code, and lastError() tells more. JavaScript writes the elements of inputs
// at inputData() and copies outputs out at once: an address may move with the next call.
#include "core/infer_api/infer_api.hpp"

#include "wasm/bindings/boundary.hpp"

#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace {

using assay::ErrorCode;
using assay::Result;
using assay::infer_api::Handle;
using assay::runtime::Session;
using assay::runtime::TensorRef;
using assay::wasm::Arena;
using assay::wasm::TextResult;
using assay::wasm::Word;

constexpr Word DISPOSED = static_cast<Word>(ErrorCode::ONNX_DISPOSED);

/// Microseconds of the engine's clock; only a model that is loaded to be profiled asks for it.
double microseconds() noexcept {
    return emscripten_get_now() * 1000;
}

struct Module {
    Arena arena;               ///< options, dimensions, values
    assay::onnx::Buffer model; ///< bytes of the model that is loaded next
    TextResult text;
    assay::infer_api::Sessions sessions{&microseconds};
};

Module& module() noexcept {
    static Module instance;
    return instance;
}

/// @return the address of the arena, 0 when there is no memory for @p size bytes.
Word reserve(Word size) noexcept {
    return module().arena.reserve(size, UINT32_MAX);
}

/// @return where JavaScript writes the @p size bytes of a model, 0 when there is no memory. The
///   next load() takes them over.
Word reserve_model(Word size) noexcept {
    Module& m = module();
    m.model = {};
    Result<assay::onnx::Buffer> bytes = assay::onnx::Buffer::allocate(size);
    m.model = bytes ? *std::move(bytes) : assay::onnx::Buffer{};
    return Arena::address(m.model.data());
}

Word load(Word options, Word options_length) noexcept {
    Module& m = module();
    return m.text.publish(
        m.sessions.load(std::exchange(m.model, {}), m.arena.input(options, options_length)));
}

/// @return the verdict of load(): another session of the model of @p handle.
Word fork(Handle handle) noexcept {
    Module& m = module();
    return m.text.publish(m.sessions.fork(handle));
}

/// @param dims  @p rank 32-bit integers in the arena
Word set_input(Handle handle, Word index, Word dims, Word rank) noexcept {
    Module& m = module();
    Session* session = m.sessions.find(handle);
    if (session == nullptr) {
        return DISPOSED;
    }
    // One more than any tensor has, so that a larger rank is refused and not cut.
    std::array<std::int64_t, assay::onnx::MAX_RANK + 1> wide{};
    const Word count = rank < wide.size() ? rank : static_cast<Word>(wide.size());
    const assay::BytesView raw = m.arena.input(dims, count * 4);
    for (std::size_t i = 0; i < count; ++i) {
        std::int32_t dim = 0;
        __builtin_memcpy(&dim, raw.data() + 4 * i, 4);
        wide[i] = dim;
    }
    return m.sessions.record(session->set_input(index, std::span{wide}.first(count)));
}

Word reset_input(Handle handle, Word index) noexcept {
    Module& m = module();
    Session* session = m.sessions.find(handle);
    return session == nullptr ? DISPOSED : m.sessions.record(session->reset_input(index));
}

/// @return 0 when the input has no shape yet or the model is gone.
Word input_data(Handle handle, Word index) noexcept {
    Session* session = module().sessions.find(handle);
    return session == nullptr ? 0 : Arena::address(session->input_data(index).data());
}

Word run(Handle handle) noexcept {
    Module& m = module();
    Session* session = m.sessions.find(handle);
    return session == nullptr ? DISPOSED : m.sessions.record(session->run());
}

TensorRef output(Handle handle, Word index) noexcept {
    Session* session = module().sessions.find(handle);
    return session == nullptr ? TensorRef{} : session->output(index);
}

Word output_rank(Handle handle, Word index) noexcept {
    return static_cast<Word>(output(handle, index).dims.size());
}

/// @return 2^32 - 1 for a dimension above it, which only a tensor without elements can have.
Word output_dim(Handle handle, Word index, Word axis) noexcept {
    const TensorRef tensor = output(handle, index);
    if (axis >= tensor.dims.size()) {
        return 0;
    }
    return tensor.dims[axis] > UINT32_MAX ? UINT32_MAX : static_cast<Word>(tensor.dims[axis]);
}

/// @return the number of TensorProto.DataType, 0 when there is no output.
Word output_type(Handle handle, Word index) noexcept {
    return static_cast<Word>(output(handle, index).type);
}

Word output_data(Handle handle, Word index) noexcept {
    return Arena::address(output(handle, index).data);
}

/// @param value  bytes of core/infer_api/value_codec.hpp in the arena
Word set_value(Handle handle, Word index, Word value, Word length) noexcept {
    Module& m = module();
    return m.sessions.set_value(handle, index, m.arena.input(value, length));
}

/// @return the record of the same bytes of an output; empty when there is none.
Word output_value(Handle handle, Word index) noexcept {
    Module& m = module();
    return m.text.publish(m.sessions.output_value(handle, index));
}

/// @return the record of the last run's trace; empty when the model is not profiled.
Word profile(Handle handle) noexcept {
    Module& m = module();
    return m.text.publish(m.sessions.profile(handle));
}

Word last_error() noexcept {
    Module& m = module();
    return m.text.publish(m.sessions.last_error());
}

/// Unloading twice is allowed. @return 0: without RTTI the writer of declarations knows no void.
Word unload(Handle handle) noexcept {
    module().sessions.unload(handle);
    return 0;
}

} // namespace

EMSCRIPTEN_BINDINGS(infer) {
    emscripten::function("reserve", &reserve);
    emscripten::function("reserveModel", &reserve_model);
    emscripten::function("load", &load);
    emscripten::function("fork", &fork);
    emscripten::function("setInput", &set_input);
    emscripten::function("resetInput", &reset_input);
    emscripten::function("inputData", &input_data);
    emscripten::function("run", &run);
    emscripten::function("outputRank", &output_rank);
    emscripten::function("outputDim", &output_dim);
    emscripten::function("outputType", &output_type);
    emscripten::function("outputData", &output_data);
    emscripten::function("setValue", &set_value);
    emscripten::function("outputValue", &output_value);
    emscripten::function("profile", &profile);
    emscripten::function("lastError", &last_error);
    emscripten::function("unload", &unload);
}
