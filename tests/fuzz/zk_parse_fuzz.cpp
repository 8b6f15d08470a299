// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The readers of the proof systems, without their pairings: the first byte names one, the rest are
// its files. Settings within the limits can be built; a proof that was read is read again from
// another form; what a key compiles to, and a descriptor, are written and read as the same bytes.
#include "core/bytes/hex.hpp"
#include "core/zk/ezkl/descriptor.hpp"
#include "core/zk/ezkl/key.hpp"
#include "core/zk/ezkl/proof.hpp"
#include "core/zk/ezkl/srs.hpp"
#include "core/zk/snarkjs/files.hpp"

#include "tests/fuzz/fields.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace assay;
using test::require;
using test::take_fields;
namespace ezkl = zk::ezkl;

void settings(BytesView text) {
    const auto read = ezkl::Settings::parse(as_text(text));
    const auto flags = read ? read->flags() : ErrorCode::EZKL_MALFORMED;
    if (!flags || !read->check_limits())
        return;
    for (const ezkl::Flags& each : *flags)
        static_cast<void>(ezkl::build(*read, each, 4));
}

void proof(BytesView text) {
    const auto read = ezkl::Proof::parse(as_text(text));
    if (!read || read->columns != 1)
        return;
    std::string again = R"({"transcript_type":"EVM","proof":")" + bytes::to_hex_0x(read->bytes) +
                        R"(","instances":[[)";
    for (const zk::Number& each : read->instances) {
        Hash32 word;
        math::write_big_endian(each, word);
        again += '"' + bytes::to_hex_0x(word) + "\",";
    }
    if (again.back() == ',')
        again.pop_back();
    const auto second = ezkl::Proof::parse(again + "]]}");
    require(second && second->bytes == read->bytes && second->instances == read->instances);
}

void same_again(BytesView descriptor) {
    const auto read = ezkl::read_descriptor(descriptor);
    if (!read)
        return;
    const Bytes written = ezkl::write_descriptor(*read);
    const auto again = ezkl::read_descriptor(written);
    require(again && ezkl::write_descriptor(*again) == written);
}

void key(BytesView file, BytesView text) {
    const auto read = ezkl::Settings::parse(as_text(text));
    if (!read || !read->flags() || !read->check_limits())
        return;
    const auto circuits = ezkl::compile(file, *read);
    if (!circuits)
        return;
    for (const ezkl::Circuit& each : *circuits)
        same_again(ezkl::write_descriptor({{}, {}, each}));
}

void snark(zk::ToEquation system, bytes::Reader& reader) {
    const auto f = take_fields(reader, 3);
    const zk::SnarkFiles files{as_text(f[0]), as_text(f[1]), as_text(f[2])};
    const auto first = system(files);
    const auto second = system(files);
    require(first.has_value() == second.has_value());
    require(first || first.error().code == second.error().code);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    bytes::Reader reader{{data, size}};
    const auto choice = reader.u8();
    if (!choice)
        return 0;
    const auto rest = [&] { return *reader.take(reader.remaining()); };
    switch (*choice % 8) {
    case 0:
        settings(rest());
        break;
    case 1:
        proof(rest());
        break;
    case 2: {
        const auto f = take_fields(reader, 2);
        key(f[0], f[1]);
        break;
    }
    case 3:
        static_cast<void>(ezkl::Srs::read(rest()));
        break;
    case 4:
        same_again(rest());
        break;
    case 5:
        snark(zk::groth16_equation, reader);
        break;
    case 6:
        snark(zk::plonk_equation, reader);
        break;
    default:
        snark(zk::fflonk_equation, reader);
        break;
    }
    return 0;
}
