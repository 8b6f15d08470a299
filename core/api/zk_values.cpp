// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/zk_values.hpp"

#include "core/bytes/json_writer.hpp"
#include "core/bytes/word.hpp"
#include "core/zk/ezkl/numbers.hpp"

namespace assay::api {
namespace {

Hash32 word_of(const zk::Number& number) noexcept {
    Hash32 word;
    math::write_big_endian(number, word);
    return word;
}

} // namespace

std::string snark_value(std::string_view system, const std::vector<zk::Number>& publics) noexcept {
    bytes::JsonWriter out;
    out.object().key("system").string(system).key("publicSignals").array();
    for (const zk::Number& each : publics)
        out.string(bytes::word_to_decimal(word_of(each)));
    out.end().end();
    return out.take();
}

std::string ezkl_value(const zk::ezkl::Circuit& circuit, const zk::Fr& digest,
                       const zk::ezkl::Proof& proof) noexcept {
    bytes::JsonWriter out;
    out.object().key("system").string("ezkl").key("version").string(circuit.version);
    out.key("keyDigest").hex("0x", word_of(zk::number_of(digest)));
    out.key("hashes").unsigned_number(circuit.hashes);
    out.key("tensors").array();
    for (const zk::ezkl::PublicTensor& tensor : circuit.tensors) {
        out.object().key("size").unsigned_number(tensor.size);
        out.key("scale").number(tensor.scale).end();
    }
    out.end().key("instances").array();
    std::uint64_t left = circuit.hashes; // values before the next tensor
    std::size_t next = 0;
    for (const zk::Number& instance : proof.instances) {
        while (left == 0 && next < circuit.tensors.size())
            left = circuit.tensors[next++].size;
        out.object().key("felt").hex("0x", word_of(instance));
        if (const auto integer = zk::ezkl::integer_text(instance)) {
            out.key("integer").string(*integer);
            const auto value =
                next == 0 ? std::nullopt
                          : zk::ezkl::scaled_text(*integer, circuit.tensors[next - 1].scale);
            if (value)
                out.key("value").raw(*value);
        }
        out.end();
        left -= left > 0 ? 1 : 0;
    }
    out.end().end();
    return out.take();
}

} // namespace assay::api
