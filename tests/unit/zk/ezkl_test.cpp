// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/constraint_system.hpp"
#include "core/zk/ezkl/descriptor.hpp"
#include "core/zk/ezkl/numbers.hpp"
#include "core/zk/ezkl/proof.hpp"
#include "core/zk/ezkl/shplonk.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace ezkl = assay::zk::ezkl;
namespace zk = assay::zk;
using assay::ErrorCode;
using zk::Number;

namespace {

Number minus(std::uint64_t value) {
    Number out = zk::FrPrime::WORDS;
    assay::math::subtract_from(out, Number{value});
    return out;
}

std::string settings(const std::string& version, const std::string& more = "") {
    return R"({"run_args":{"logrows":6,"num_inner_cols":2,"lookup_range":[-128,127],)"
           R"("input_visibility":"Private","output_visibility":"Public","param_visibility":"Private"},)"
           R"("total_assignments":40,"total_const_size":8,"module_sizes":{"poseidon":[0,[0]]},)"
           R"("required_lookups":["ReLU"],"model_instance_shapes":[[1,4]],)"
           R"("model_input_scales":[],"model_output_scales":[7],)" +
           more + R"("version":")" + version + "\"}";
}

ErrorCode flags_code(const std::string& version) {
    const auto parsed = ezkl::Settings::parse(settings(version));
    REQUIRE(parsed);
    const auto flags = parsed->flags();
    return flags ? ErrorCode{} : flags.error().code;
}

} // namespace

TEST_CASE("Field elements become the numbers that they stand for") {
    REQUIRE(ezkl::integer_text(Number{5}) == "5");
    REQUIRE(ezkl::integer_text(minus(5)) == "-5");
    REQUIRE(ezkl::integer_text(Number{0, std::uint64_t{1} << 63}) == std::nullopt); // 2^127
    REQUIRE(ezkl::integer_text(Number{~std::uint64_t{0}, ~std::uint64_t{0} >> 1}) ==
            "170141183460469231731687303715884105727");
    REQUIRE(ezkl::scaled_text("5", 0) == "5");
    REQUIRE(ezkl::scaled_text("0", 7) == "0");
    REQUIRE(ezkl::scaled_text("-5", 1) == "-2.5");
    REQUIRE(ezkl::scaled_text("1", 7) == "0.0078125");
    REQUIRE(ezkl::scaled_text("1280", 7) == "10");
    REQUIRE(ezkl::scaled_text("-3", -2) == "-12");
    REQUIRE(ezkl::scaled_text("75", -1) == "150");
    REQUIRE(ezkl::scaled_text("1", 129) == std::nullopt);
}

TEST_CASE("Parameters are the nearest floats, as the C library reads them") {
    const auto same = [](const std::string& text) {
        INFO(text);
        const float expected = std::strtof(text.c_str(), nullptr);
        const float got = ezkl::nearest_float(text);
        CHECK(got == expected);
        CHECK(std::signbit(got) == std::signbit(expected));
    };
    for (const char* text : {"0",
                             "-0",
                             "0.0",
                             "1",
                             "-2.5",
                             "128.0",
                             "0.1",
                             "1e0",
                             "1E+2",
                             "12e-1",
                             "3.4028235e38",
                             "3.4028235677973366e38",
                             "3.4028235677973365e38",
                             "1e39",
                             "-1e400",
                             "1e-400",
                             "1e-45",
                             "7.006492321624085e-46",
                             "7.0064923216240854e-46",
                             "1.1754943508222875e-38",
                             "16777217",
                             "16777219",
                             "16777217.0000000000000000000000000000000000000000001",
                             "0.000000000000000000000000000000000000000000000000000001",
                             "1e99999999999999999999",
                             "0e99999999999999999999",
                             "100000000000000000000000000000000000000000e-41"})
        same(text);
    // A tie whose last digit is beyond every digit that counts.
    same("16777217." + std::string(400, '0') + "1");
    same("16777217." + std::string(400, '0'));
    std::uint64_t state = 1;
    for (int i = 0; i < 2000; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        const float value = std::bit_cast<float>(static_cast<std::uint32_t>(state >> 32));
        if (!std::isfinite(value))
            continue;
        std::array<char, 64> text{};
        std::snprintf(text.data(), text.size(), "%.*e", i % 12, static_cast<double>(value));
        same(text.data());
    }
}

TEST_CASE("A version chooses its flags, and only versions in range have any") {
    for (const char* good : {"10.1.0", "v22.2.9", "18.1.9-alpha", "0.0.0", "15.0.0"})
        REQUIRE(flags_code(good) == ErrorCode{});
    for (const char* bad : {"10.0.9", "22.3.0", "23.0.0", "", "v", "1.2", "18.1.9-", "18.1.9x",
                            "18.1.-9", "99999999999999999999.0.0"})
        REQUIRE(flags_code(bad) == ErrorCode::EZKL_VERSION_UNSUPPORTED);
}

TEST_CASE("Settings beyond the limits are refused before anything is built") {
    const auto limit = [](const std::string& from, const std::string& to) {
        std::string text = settings("21.0.0");
        text.replace(text.find(from), from.size(), to);
        const auto parsed = ezkl::Settings::parse(text);
        REQUIRE(parsed);
        const auto checked = parsed->check_limits();
        return checked ? ErrorCode{} : checked.error().code;
    };
    REQUIRE(limit("\"logrows\":6", "\"logrows\":6") == ErrorCode{});
    REQUIRE(limit("\"logrows\":6", "\"logrows\":3") == ErrorCode::ZK_LIMIT);
    REQUIRE(limit("\"logrows\":6", "\"logrows\":27") == ErrorCode::ZK_LIMIT);
    REQUIRE(limit("\"num_inner_cols\":2", "\"num_inner_cols\":0") == ErrorCode::ZK_LIMIT);
    REQUIRE(limit("40", "99999999999999999999") == ErrorCode::ZK_LIMIT);
    REQUIRE(limit("[[1,4]]", "[[65537]]") == ErrorCode::ZK_LIMIT);
    REQUIRE(limit("[[1,4]]", "[[4294967296,4294967296,4294967296]]") == ErrorCode::ZK_LIMIT);
    REQUIRE(limit("[-128,127]", "[-170141183460469231731687303715884105728,"
                                "170141183460469231731687303715884105727]") == ErrorCode::ZK_LIMIT);
}

TEST_CASE("Table functions round and saturate as the prover's do") {
    const auto at = [](const ezkl::LookupOp& op, std::int64_t v) {
        return static_cast<std::int64_t>(ezkl::table_value(op, v).value());
    };
    REQUIRE(at({"ReLU", {}}, -3) == 0);
    REQUIRE(at({"Div", {{"denom", 2.0}}}, 5) == 3); // halves away from zero
    REQUIRE(at({"Div", {{"denom", 2.0}}}, -5) == -3);
    REQUIRE(at({"RoundHalfToEven", {{"scale", 2.0}}}, 5) == 4);
    REQUIRE(at({"Sigmoid", {{"scale", 16.0}}}, 0) == 8);
    const auto highest = ezkl::table_value({"Exp", {{"scale", 1.0}}}, 1000);
    REQUIRE(highest);
    REQUIRE(static_cast<std::uint64_t>(*highest >> 64) == ~std::uint64_t{0} >> 1);
    REQUIRE(static_cast<std::uint64_t>(*highest) == ~std::uint64_t{0});
    REQUIRE(at({"Ln", {{"scale", 1.0}}}, -1) == 0); // NaN
    REQUIRE_FALSE(ezkl::table_value({"Sigmoid", {}}, 0));
    REQUIRE_FALSE(ezkl::table_value({"Unknown", {{"scale", 1.0}}}, 0));
}

TEST_CASE("A proof file's faults have their codes") {
    const auto code = [](const std::string& text) {
        const auto proof = ezkl::Proof::parse(text);
        return proof ? ErrorCode{} : proof.error().code;
    };
    const std::string zero(64, '0');
    const auto file = [&](const std::string& members, const std::string& element) {
        return "{" + members + ",\"instances\":[[\"" + element + "\"]]}";
    };
    const std::string evm = R"("transcript_type":"EVM")";
    REQUIRE(code(file(R"("proof":[1,255],)" + evm, zero)) == ErrorCode{});
    REQUIRE(code(file(R"("proof":"0x01ff","hex_proof":"01ff",)" + evm, zero)) == ErrorCode{});
    REQUIRE(code(file(R"("proof":[1],"hex_proof":"02",)" + evm, zero)) ==
            ErrorCode::EZKL_MALFORMED);
    REQUIRE(code(file(R"("proof":[256],)" + evm, zero)) == ErrorCode::EZKL_MALFORMED);
    REQUIRE(code(file(R"("proof":[1],"transcript_type":"Poseidon")", zero)) ==
            ErrorCode::EZKL_VERSION_UNSUPPORTED);
    REQUIRE(code(file(R"("proof":[1],"commitment":"IPA",)" + evm, zero)) ==
            ErrorCode::EZKL_VERSION_UNSUPPORTED);
    REQUIRE(code(file(R"("proof":[1],)" + evm, zero + "0")) == ErrorCode::EZKL_MALFORMED);
    REQUIRE(code(file(R"("proof":[1],)" + evm, std::string(64, 'f'))) ==
            ErrorCode::ZK_SCALAR_OUT_OF_RANGE);
}

TEST_CASE("Every cut and every changed byte of a descriptor is read without harm") {
    auto parsed = ezkl::Settings::parse(settings("21.0.0"));
    REQUIRE(parsed);
    const auto flags = parsed->flags();
    REQUIRE(flags);
    auto system = ezkl::build(*parsed, flags->front(), 4);
    REQUIRE(system);
    ezkl::Circuit circuit;
    circuit.k = parsed->k;
    circuit.degree = system->degree();
    circuit.columns = system->columns;
    circuit.queries = system->queries;
    circuit.permutation = system->permutation;
    circuit.instances = 4;
    circuit.version = "21.0.0";
    circuit.digests = {zk::fr_from(7)};
    circuit.fixed.assign(circuit.columns[1], zk::g1_generator());
    circuit.sigma.assign(circuit.permutation.size(), zk::G1{});
    auto& e = circuit.expressions;
    const auto leaf = e.leaf(ezkl::NodeKind::advice, 0);
    circuit.gates = {e.product(e.scaled(leaf, Number{9}), e.difference(leaf, e.constant(3)))};
    circuit.arguments = {{{leaf}, {{leaf}, {leaf}}}};
    const assay::Bytes bytes = ezkl::write_descriptor({{}, {}, circuit});
    const auto again = ezkl::read_descriptor(bytes);
    REQUIRE(again);
    REQUIRE(ezkl::write_descriptor(*again) == bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        REQUIRE_FALSE(ezkl::read_descriptor(assay::BytesView{bytes}.first(size)));
    assay::Bytes longer = bytes;
    longer.push_back(0);
    REQUIRE(ezkl::read_descriptor(longer).error().code == ErrorCode::ZK_TRAILING_BYTES);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        assay::Bytes changed = bytes;
        changed[i] ^= 0x81;
        const auto read = ezkl::read_descriptor(changed);
        if (!read)
            continue;
        // Another circuit or other claims, which no pin fits: whatever was read has one form.
        const assay::Bytes written = ezkl::write_descriptor(*read);
        const auto reread = ezkl::read_descriptor(written);
        REQUIRE(reread);
        REQUIRE(ezkl::write_descriptor(*reread) == written);
    }
}
