// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The first byte names an event, the rest is the data of its log. What is decoded is written again
// and must give the same bytes: every value has one encoding. From 4 on the rest is the JSON text
// of a settlement or a heartbeat, which must end in a verdict, the same one each time.
#include "core/api/operations.hpp"
#include "core/hash/keccak256.hpp"
#include "core/settlement/event.hpp"
#include "core/settlement/inference_event.hpp"

#include "tests/unit/support/abi_writer.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace assay;

constexpr std::array<std::string_view, 4> SIGNATURES = {
    "BatchSettlement(bytes32,uint256,bytes)",
    "IndividualSettlement(bytes32,address,bytes32,bytes32,uint256,bytes,bytes)",
    "InferenceResult(((string,(int128,int128)[],uint32[])[],(string,string[])[],"
    "(string,string)[],bool))",
    "ModelInferenceEvent(string,(uint8,string,((string,(int128,int128)[],uint32[])[],"
    "(string,string[])[])),((string,(int128,int128)[],uint32[])[],(string,string[])[],"
    "(string,string)[],bool))"};
constexpr std::array<std::size_t, 4> TOPICS = {2, 3, 1, 1};

void decode(std::size_t kind, BytesView data) {
    settlement::Log log{};
    log.topics.resize(TOPICS[kind]);
    log.topics[0] = hash::keccak256(as_bytes(SIGNATURES[kind]));
    log.data = {data.begin(), data.end()};
    if (kind < 2) {
        const auto event = settlement::decode_settlement_event(log);
        if (event && test::encode_event(*event) != log.data)
            std::abort();
        return;
    }
    const auto event = settlement::decode_inference_event(log);
    if (!event)
        return;
    if (test::encode_event(*event) != log.data)
        std::abort();
    for (const settlement::NumberTensor& tensor : event->output.numbers)
        for (const settlement::Number& number : tensor.values)
            if (const auto value = settlement::decode_float32(number))
                static_cast<void>(settlement::encode_float32(*value));
}

void judge(std::string_view operation, BytesView text, BytesView options) {
    const api::Operation* found = api::find_operation(operation);
    const BytesView key = as_bytes("no key");
    const std::array<BytesView, 3> fields = {text, key, options};
    if (found == nullptr || found->fields != fields.size())
        std::abort();
    const std::string verdict = found->run(fields);
    if (!verdict.starts_with(R"({"ok":false,)") || found->run(fields) != verdict)
        std::abort(); // no settlement passes with a key that is none
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const BytesView rest{data + 1, size - 1};
    if (data[0] < SIGNATURES.size())
        decode(data[0], rest);
    else if (data[0] % 2 == 0)
        judge("verify_settlement", rest, as_bytes("{}"));
    else
        judge("verify_heartbeat", rest, as_bytes(R"({"now":1784000000})"));
    return 0;
}
