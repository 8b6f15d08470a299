// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The first byte names the operation, the rest are its fields. A verdict is the same twice; a proof
// by itself and as a batch of one, or of two under a descriptor, has the same code under its key's
// pin; a sum of points does not depend on their order. Readers alone are zk_parse_fuzz.cpp.
#include "core/api/operations.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/reader.hpp"
#include "core/hash/sha2.hpp"
#include "core/zk/bn254/precompiles.hpp"

#include "tests/fuzz/fields.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace assay;

using test::require;
using test::take_fields;

std::string run(const std::string& name, const std::vector<BytesView>& fields) {
    const api::Operation* operation = api::find_zk_operation(name);
    require(operation != nullptr && operation->fields == fields.size());
    return operation->run(fields);
}

std::string code_of(const std::string& verdict) {
    const auto json = bytes::parse_json(verdict, ErrorCode::ARGUMENT_INVALID);
    require(json.has_value());
    const bytes::JsonValue* code = json->find("code");
    return code == nullptr ? "OK" : code->string();
}

void append(Bytes& out, BytesView field) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<std::uint8_t>(field.size() >> shift));
    out.insert(out.end(), field.begin(), field.end());
}

void snark(const std::string& operation, const std::vector<BytesView>& f) {
    const std::string verdict = run(operation + "_unpinned", f);
    require(verdict == run(operation + "_unpinned", f));
    Bytes items;
    append(items, f[1]);
    append(items, f[2]);
    const Hash32 pin = hash::sha256(f[0]);
    const Hash32 entropy{1};
    require(code_of(run(operation + "_batch", {f[0], pin, entropy, items})) == code_of(verdict));
}

void precompiles(BytesView input) {
    constexpr std::size_t POINT = 64;
    const auto sum = zk::ecadd(input);
    if (sum && input.size() >= 2 * POINT) {
        Bytes swapped{input.begin() + POINT, input.begin() + 2 * POINT};
        swapped.insert(swapped.end(), input.begin(), input.begin() + POINT);
        require(zk::ecadd(swapped) == sum);
    }
    if (sum)
        require(zk::ecadd(*sum).has_value());
    static_cast<void>(zk::ecmul(input));
    static_cast<void>(zk::ecpairing(input));
}

void descriptor(const std::vector<BytesView>& f) {
    const std::string verdict = run("verify_ezkl_descriptor_unpinned", f);
    require(verdict == run("verify_ezkl_descriptor_unpinned", f));
    const Hash32 key = hash::sha256(f[0]);
    const Hash32 srs = hash::sha256(f[2]);
    Bytes pins{key.begin(), key.end()};
    if (!f[2].empty())
        pins.insert(pins.end(), srs.begin(), srs.end());
    Bytes items;
    append(items, f[1]);
    append(items, f[1]);
    const Hash32 entropy{1};
    const std::string batch =
        code_of(run("verify_ezkl_descriptor_batch", {f[0], f[2], pins, entropy, items}));
    // Of several faults a batch may name another first.
    require((batch == "OK") == (code_of(verdict) == "OK"));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    bytes::Reader reader{{data, size}};
    const auto choice = reader.u8();
    if (!choice)
        return 0;
    const auto fields = [&](std::size_t count) { return take_fields(reader, count); };
    switch (*choice % 6) {
    case 0:
        snark("verify_groth16", fields(3));
        break;
    case 1:
        snark("verify_plonk", fields(3));
        break;
    case 2:
        snark("verify_fflonk", fields(3));
        break;
    case 3:
        precompiles(*reader.take(reader.remaining()));
        break;
    case 4: {
        const auto f = fields(4); // key, settings, proof, srs
        const std::string verdict = run("verify_ezkl_unpinned", f);
        require(verdict == run("verify_ezkl_unpinned", f));
        static_cast<void>(run("compile_ezkl_key", {f[0], f[1], {}, {}}));
        break;
    }
    default:
        descriptor(fields(3));
        break;
    }
    return 0;
}
