// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/abi_writer.hpp"

#include "core/bytes/abi.hpp"
#include "core/bytes/word.hpp"

#include <variant>

namespace assay::test {
namespace {

using bytes::ABI_WORD;

void append(Bytes& out, BytesView bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void append(Bytes& out, std::uint64_t value) {
    append(out, bytes::word_from_u64(value));
}

AbiPart text(std::string_view value) {
    return abi_bytes(as_bytes(value));
}

template <typename T, typename Encode>
AbiPart list(const std::vector<T>& values, Encode encode) {
    std::vector<AbiPart> elements;
    for (const T& value : values)
        elements.push_back(encode(value));
    return abi_array(elements);
}

AbiPart number(const settlement::Number& value) {
    Bytes words;
    append(words, value.value);
    append(words, value.decimals);
    return {words, false};
}

AbiPart number_tensors(const std::vector<settlement::NumberTensor>& tensors) {
    return list(tensors, [](const settlement::NumberTensor& tensor) {
        return abi_tuple({text(tensor.name), list(tensor.values, number),
                          list(tensor.shape, [](std::uint32_t n) { return abi_integer(n); })});
    });
}

AbiPart string_tensors(const std::vector<settlement::StringTensor>& tensors) {
    return list(tensors, [](const settlement::StringTensor& tensor) {
        return abi_tuple({text(tensor.name), list(tensor.values, text)});
    });
}

} // namespace

AbiPart abi_word(const Hash32& word) {
    return {{word.begin(), word.end()}, false};
}

AbiPart abi_integer(std::uint64_t value) {
    return abi_word(bytes::word_from_u64(value));
}

AbiPart abi_bytes(BytesView content) {
    Bytes out;
    append(out, content.size());
    append(out, content);
    out.resize((out.size() + ABI_WORD - 1) / ABI_WORD * ABI_WORD);
    return {out, true};
}

AbiPart abi_tuple(const std::vector<AbiPart>& members) {
    return {abi_encode(members), true};
}

AbiPart abi_array(const std::vector<AbiPart>& elements) {
    Bytes out;
    append(out, elements.size());
    append(out, abi_encode(elements));
    return {out, true};
}

Bytes abi_encode(const std::vector<AbiPart>& members) {
    std::size_t offset = 0;
    for (const AbiPart& member : members)
        offset += member.dynamic ? ABI_WORD : member.bytes.size();
    Bytes head;
    Bytes tail;
    for (const AbiPart& member : members) {
        if (member.dynamic) {
            append(head, offset + tail.size());
            append(tail, member.bytes);
        } else {
            append(head, member.bytes);
        }
    }
    append(head, tail);
    return head;
}

Bytes encode_event(const settlement::SettlementEvent& event) {
    if (const auto* batch = std::get_if<settlement::BatchSettlement>(&event))
        return abi_encode({abi_word(batch->size), abi_bytes(batch->blob_id)});
    const auto& one = std::get<settlement::IndividualSettlement>(event);
    return abi_encode({abi_word(one.leaf.input_hash), abi_word(one.leaf.output_hash),
                       abi_word(one.leaf.timestamp), abi_bytes(one.blob_id),
                       abi_bytes(one.leaf.signature)});
}

Bytes encode_event(const settlement::InferenceEvent& event) {
    std::vector<AbiPart> members;
    if (const auto& inference = event.inference) {
        members.push_back(text(inference->id));
        members.push_back(abi_tuple({abi_integer(inference->mode), text(inference->model_cid),
                                     abi_tuple({number_tensors(inference->input.numbers),
                                                string_tensors(inference->input.strings)})}));
    }
    const auto json = [](const settlement::JsonScalar& scalar) {
        return abi_tuple({text(scalar.name), text(scalar.value)});
    };
    members.push_back(abi_tuple(
        {number_tensors(event.output.numbers), string_tensors(event.output.strings),
         list(event.output.jsons, json), abi_integer(event.output.is_simulation_result ? 1 : 0)}));
    return abi_encode(members);
}

} // namespace assay::test
