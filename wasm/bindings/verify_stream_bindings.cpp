// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Receipts of event streams that come in chunks (core/api/receipt_stream.hpp), by handle. A handle
// that is not open is a bug of the JavaScript side and traps.
#include "core/api/receipt_stream.hpp"

#include "wasm/bindings/verify_boundary.hpp"

#include <emscripten/bind.h>

#include <memory>
#include <string>
#include <vector>

namespace assay::wasm {
namespace {

/// Most streams at once; what one holds is bounded by the limits of the core.
constexpr std::size_t MAX_STREAMS = 1024;

std::vector<std::unique_ptr<api::ReceiptStream>> streams;

std::unique_ptr<api::ReceiptStream>& slot(Word handle) noexcept {
    if (handle == 0 || handle > streams.size() || !streams[handle - 1])
        __builtin_trap();
    return streams[handle - 1];
}

/// @return the handle, or 0 when too many streams are open. It is open until finish or close.
Word open_stream(Word request, Word request_length, Word document, Word document_length, Word key,
                 Word key_length, Word options, Word options_length, Word p384, Word p384_length,
                 bool keep_text) noexcept {
    std::size_t at = 0;
    while (at < streams.size() && streams[at])
        ++at;
    if (at == MAX_STREAMS)
        return 0;
    if (at == streams.size())
        streams.emplace_back();
    streams[at] = std::make_unique<api::ReceiptStream>(
        api::ReceiptCall{.request = arena.input(request, request_length),
                         .response = {},
                         .document = arena.input(document, document_length),
                         .key = arena.input(key, key_length),
                         .options = arena.input(options, options_length),
                         .platform = {arena.input(p384, p384_length)}},
        keep_text ? receipt::Keep::text : receipt::Keep::hash);
    return static_cast<Word>(at + 1);
}

/// @return the code of what already stands in the way of a receipt, or 0.
Word stream_fault(Word handle) noexcept {
    const auto& fault = slot(handle)->fault();
    return fault ? static_cast<Word>(fault->code) : 0;
}

void push_stream(Word handle, Word chunk, Word length) noexcept {
    slot(handle)->push(arena.input(chunk, length));
}

void end_stream(Word handle) noexcept {
    slot(handle)->end();
}

/// @return the address of the text record of what the last push, or the end, added.
Word added_text(Word handle) noexcept {
    return verdict.publish(std::string{slot(handle)->added()});
}

/// @return the address of the verdict's text record; the handle is closed.
Word finish_stream(Word handle) noexcept {
    std::string text = slot(handle)->finish();
    slot(handle).reset();
    return verdict.publish(std::move(text));
}

void close_stream(Word handle) noexcept {
    slot(handle).reset();
}

} // namespace

EMSCRIPTEN_BINDINGS(assay_receipt_stream) {
    emscripten::function("receiptStreamOpen", &open_stream);
    emscripten::function("receiptStreamFault", &stream_fault);
    emscripten::function("receiptStreamPush", &push_stream);
    emscripten::function("receiptStreamEnd", &end_stream);
    emscripten::function("receiptStreamAdded", &added_text);
    emscripten::function("receiptStreamFinish", &finish_stream);
    emscripten::function("receiptStreamClose", &close_stream);
}

} // namespace assay::wasm
