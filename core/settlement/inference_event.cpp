// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/settlement/inference_event.hpp"

#include "core/bytes/abi.hpp"
#include "core/hash/keccak256.hpp"

#include <string>

namespace assay::settlement {
namespace {

using bytes::AbiFrame;

// Canonical signatures; the tuples stand for NumberTensor[], StringTensor[] and JsonScalar[].
constexpr std::string_view RESULT =
    "InferenceResult(((string,(int128,int128)[],uint32[])[],(string,string[])[],"
    "(string,string)[],bool))";
constexpr std::string_view PRECOMPILE =
    "ModelInferenceEvent(string,(uint8,string,((string,(int128,int128)[],uint32[])[],"
    "(string,string[])[])),((string,(int128,int128)[],uint32[])[],(string,string[])[],"
    "(string,string)[],bool))";

Error invalid(std::string_view path) {
    return {ErrorCode::ABI_INVALID, path};
}

bool holds(const std::vector<std::uint32_t>& shape, std::size_t count) {
    std::uint64_t product = 1;
    bool empty = false;
    for (const std::uint32_t dimension : shape) {
        empty = empty || dimension == 0;
        // A product beyond every count stays there: no dimension but zero makes it smaller.
        product = product > count ? product : product * dimension;
    }
    return (empty ? 0 : product) == count;
}

// Each reader takes one member of @p frame and says whether it was of that type.

bool read(AbiFrame& frame, std::string_view& out) {
    const auto text = frame.string();
    out = text.value_or(std::string_view{});
    return text.has_value();
}

bool read(AbiFrame& frame, std::vector<Number>& out) {
    auto array = frame.array(2);
    if (!array)
        return false;
    out.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        const auto value = array->int128();
        const auto decimals = array->int128();
        if (!value || !decimals)
            return false;
        out.push_back({*value, *decimals});
    }
    frame.close(*array);
    return true;
}

bool read(AbiFrame& frame, std::vector<std::uint32_t>& out) {
    auto array = frame.array(1);
    if (!array)
        return false;
    out.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        const auto value = array->unsigned_integer(32);
        if (!value)
            return false;
        out.push_back(static_cast<std::uint32_t>(*value));
    }
    frame.close(*array);
    return true;
}

template <typename T>
bool read(AbiFrame& frame, std::vector<T>& out);

bool read(AbiFrame& frame, NumberTensor& out) {
    auto tuple = frame.tuple(3);
    if (!tuple || !read(*tuple, out.name) || !read(*tuple, out.values) ||
        !read(*tuple, out.shape) || !holds(out.shape, out.values.size()))
        return false;
    frame.close(*tuple);
    return true;
}

bool read(AbiFrame& frame, StringTensor& out) {
    auto tuple = frame.tuple(2);
    if (!tuple || !read(*tuple, out.name) || !read(*tuple, out.values))
        return false;
    frame.close(*tuple);
    return true;
}

bool read(AbiFrame& frame, JsonScalar& out) {
    auto tuple = frame.tuple(2);
    if (!tuple || !read(*tuple, out.name) || !read(*tuple, out.value))
        return false;
    frame.close(*tuple);
    return true;
}

/// An array of dynamic elements.
template <typename T>
bool read(AbiFrame& frame, std::vector<T>& out) {
    auto array = frame.array(1);
    if (!array)
        return false;
    out.reserve(array->size()); // each has a word of its own in the data
    for (std::size_t i = 0; i < array->size(); ++i) {
        if (!read(*array, out.emplace_back()))
            return false;
    }
    frame.close(*array);
    return true;
}

bool read(AbiFrame& frame, ModelInput& out) {
    auto tuple = frame.tuple(2);
    if (!tuple || !read(*tuple, out.numbers) || !read(*tuple, out.strings))
        return false;
    frame.close(*tuple);
    return true;
}

bool read(AbiFrame& frame, ModelOutput& out) {
    auto tuple = frame.tuple(4);
    if (!tuple || !read(*tuple, out.numbers) || !read(*tuple, out.strings) ||
        !read(*tuple, out.jsons))
        return false;
    const auto simulated = tuple->boolean();
    if (!simulated)
        return false;
    out.is_simulation_result = *simulated;
    frame.close(*tuple);
    return true;
}

/// The members mode, modelCID and input of the request.
bool read_request(AbiFrame& frame, ModelInference& out) {
    auto tuple = frame.tuple(3);
    const auto mode = tuple ? tuple->unsigned_integer(8) : std::nullopt;
    if (!mode || !read(*tuple, out.model_cid) || !read(*tuple, out.input))
        return false;
    out.mode = static_cast<std::uint8_t>(*mode);
    frame.close(*tuple);
    return true;
}

} // namespace

Result<InferenceEvent> decode_inference_event(const Log& log) noexcept {
    if (log.data.size() > MAX_LOG_BYTES)
        return Error{ErrorCode::INPUT_LIMIT, "data"};
    const bool from_hub =
        log.topics.size() == 1 && log.topics[0] == hash::keccak256(as_bytes(RESULT));
    const bool from_precompile =
        log.topics.size() == 1 && log.topics[0] == hash::keccak256(as_bytes(PRECOMPILE));
    if (!from_hub && !from_precompile)
        return invalid("topics");

    InferenceEvent event{};
    auto data = AbiFrame::open(log.data, from_hub ? 1 : 3);
    if (!data)
        return invalid("data");
    if (from_precompile) {
        event.inference.emplace();
        if (!read(*data, event.inference->id) || !read_request(*data, *event.inference))
            return invalid("data");
    }
    if (!read(*data, event.output) || !data->at_end())
        return invalid("data");
    return event;
}

} // namespace assay::settlement
