// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The events of on-chain inference (receipt.md §13), read from the log of a transaction:
/// InferenceResult of the hub contract and ModelInferenceEvent of the precompile at 0x…F4. No
/// signature is in them: their origin is the block that holds them.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/settlement/event.hpp"
#include "core/settlement/number.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::settlement {

/// The views of these are into the log's data, which must outlive them. Text is UTF-8.
struct NumberTensor {
    std::string_view name;
    std::vector<Number> values; ///< as many as the product of the shape
    std::vector<std::uint32_t> shape;
};

struct StringTensor {
    std::string_view name;
    std::vector<std::string_view> values;
};

struct JsonScalar {
    std::string_view name;
    std::string_view value;
};

struct ModelInput {
    std::vector<NumberTensor> numbers;
    std::vector<StringTensor> strings;
};

struct ModelOutput {
    std::vector<NumberTensor> numbers;
    std::vector<StringTensor> strings;
    std::vector<JsonScalar> jsons;
    bool is_simulation_result;
};

/// What the precompile says beside the output.
struct ModelInference {
    std::string_view id;
    std::uint8_t mode;
    std::string_view model_cid;
    ModelInput input;
};

struct InferenceEvent {
    std::optional<ModelInference> inference; ///< of ModelInferenceEvent only
    ModelOutput output;
};

/// @return ABI_INVALID when the log is neither of the two events in its one strict encoding, or a
/// tensor has not as many values as its shape says; INPUT_LIMIT for more than MAX_LOG_BYTES of
/// data.
[[nodiscard]] Result<InferenceEvent> decode_inference_event(const Log& log) noexcept;

} // namespace assay::settlement
