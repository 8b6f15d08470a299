// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/constraint_system.hpp"
#include "core/zk/ezkl/descriptor.hpp"
#include "core/zk/ezkl/key.hpp"
#include "core/zk/ezkl/numbers.hpp"
#include "core/zk/ezkl/proof.hpp"
#include "core/zk/ezkl/shplonk.hpp"
#include "core/zk/ezkl/verifier.hpp"

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

/// The path of settings whose version is refused; "" for good ones.
std::string refused_at(const std::string& version, const std::string& more = "") {
    const auto parsed = ezkl::Settings::parse(settings(version, more));
    REQUIRE(parsed);
    const auto flags = parsed->flags();
    if (flags)
        return {};
    REQUIRE(flags.error().code == ErrorCode::EZKL_VERSION_UNSUPPORTED);
    return std::string{flags.error().path.view()};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return text;
}

ezkl::Settings parsed(const std::string& text) {
    auto out = ezkl::Settings::parse(text);
    REQUIRE(out);
    return *std::move(out);
}

ezkl::ConstraintSystem built(const ezkl::Settings& settings) {
    auto system = ezkl::build(settings, settings.flags()->front(), 4);
    REQUIRE(system);
    return *std::move(system);
}

/// Of points at infinity. @param maps bytes of the bit maps; none: every selector has its column
assay::Bytes key_of(const ezkl::Settings& settings, std::size_t maps = 0) {
    const auto system = built(settings);
    const std::size_t fixed = system.columns[1] + (maps == 0 ? system.selectors : 0);
    assay::Bytes out = {3,
                        static_cast<std::uint8_t>(settings.k),
                        static_cast<std::uint8_t>(maps > 0),
                        static_cast<std::uint8_t>(fixed),
                        static_cast<std::uint8_t>(fixed >> 8),
                        0,
                        0};
    out.resize(out.size() + 64 * (fixed + system.permutation.size()) + maps);
    return out;
}

ErrorCode compile_code(const assay::Bytes& key, const ezkl::Settings& settings) {
    const auto circuits = ezkl::compile(key, settings);
    return circuits ? ErrorCode{} : circuits.error().code;
}

ezkl::Circuit small_circuit() {
    const auto given = parsed(settings("21.0.0"));
    const auto system = built(given);
    ezkl::Circuit circuit;
    circuit.k = given.k;
    circuit.degree = system.degree();
    circuit.columns = system.columns;
    circuit.queries = system.queries;
    circuit.permutation = system.permutation;
    circuit.instances = 4;
    circuit.version = "21.0.0";
    circuit.digests = {zk::fr_from(7)};
    circuit.fixed.assign(circuit.columns[1], zk::g1_generator());
    circuit.sigma.assign(circuit.permutation.size(), zk::G1{});
    auto& e = circuit.expressions;
    const auto leaf = e.leaf(ezkl::NodeKind::advice, 0);
    circuit.gates = {e.product(e.scaled(leaf, Number{9}), e.difference(leaf, e.constant(3)))};
    circuit.arguments = {{{leaf}, {{leaf}, {leaf}}}};
    return circuit;
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
        REQUIRE(refused_at(good).empty());
    for (const char* bad : {"10.0.9", "9.6.1", "22.3.0", "23.0.0", "latest", "", "v", "1.2",
                            "18.1.9-", "18.1.9x", "18.1.-9", "99999999999999999999.0.0"})
        REQUIRE(refused_at(bad) == "settings.version");
}

TEST_CASE("Freivalds layouts are refused by name, whatever the version says") {
    const auto with = [](const std::string& equations) {
        return R"("einsum_params":{"equations":)" + equations + R"(,"total_einsum_col_size":0},)";
    };
    for (const char* version : {"22.3.0", "22.2.1", "0.0.0"}) {
        REQUIRE(refused_at(version, with(R"([["ij,jk->ik",{"i":1}]])")) ==
                "settings.einsum_params");
        REQUIRE(refused_at(version, with(R"({"ij,jk->ik":1})")) == "settings.einsum_params");
    }
    for (const char* none : {"[]", "{}", "null"})
        REQUIRE(refused_at("22.2.1", with(none)).empty());
    REQUIRE(refused_at("22.2.1", R"("einsum_params":{},)").empty());
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
    for (const char* range :
         {"[127,-128]",
          "[85070591730234615865843651857942052864,85070591730234615865843651857942052865]",
          "[-85070591730234615865843651857942052865,-85070591730234615865843651857942052864]"}) {
        REQUIRE(limit("[-128,127]", range) == ErrorCode::ZK_LIMIT);
        REQUIRE(limit("\"version\"", std::string{"\"required_range_checks\":["} + range +
                                         "],\"version\"") == ErrorCode::ZK_LIMIT);
    }
    const auto lookup = [&](const std::string& parameters) {
        return limit("\"ReLU\"", "{\"Sigmoid\":{\"scale\":1.0" + parameters + "}}");
    };
    REQUIRE(lookup(",\"a\":1,\"b\":2,\"c\":3") == ErrorCode{});
    REQUIRE(lookup(",\"a\":1,\"b\":2,\"c\":3,\"d\":4") == ErrorCode::ZK_LIMIT);
    std::string shapes = "[[0]";
    for (std::size_t i = 1; i < ezkl::MAX_INSTANCES; ++i)
        shapes += ",[0]";
    REQUIRE(limit("[[1,4]]", shapes + "]") == ErrorCode{});
    REQUIRE(limit("[[1,4]]", shapes + ",[0]]") == ErrorCode::ZK_LIMIT);
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
    REQUIRE_FALSE(ezkl::table_value({"Sigmoid", {{"scale", 1.0}, {"unknown", 1.0}}}, 0));
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
    const assay::Bytes bytes = ezkl::write_descriptor({{}, {}, small_circuit()});
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

TEST_CASE("Only who vouches for a proof has the releases of a source build tried") {
    const std::string proof = R"({"proof":"","transcript_type":"EVM","instances":[[")" +
                              std::string(64, '0') + R"(",")" + std::string(64, '0') + R"(",")" +
                              std::string(64, '0') + R"(",")" + std::string(64, '0') + R"("]]})";
    const auto code = [&](const std::string& version, ezkl::SourceBuild source) {
        const std::string text = settings(version);
        const auto verified = ezkl::verify_files(key_of(parsed(text)), text, proof, {}, source);
        return verified ? ErrorCode{} : verified.error().code;
    };
    REQUIRE(code("0.0.0", ezkl::SourceBuild::tried) == ErrorCode::EZKL_PROOF_INVALID);
    REQUIRE(code("0.0.0", ezkl::SourceBuild::refused) == ErrorCode::EZKL_VERSION_UNSUPPORTED);
    REQUIRE(code("v0.0.0-x", ezkl::SourceBuild::refused) == ErrorCode::EZKL_VERSION_UNSUPPORTED);
    REQUIRE(code("21.0.0", ezkl::SourceBuild::refused) == ErrorCode::EZKL_PROOF_INVALID);
}

TEST_CASE("Public values are labelled where the settings say their order") {
    const auto compiled = [](const std::string& input, const std::string& output,
                             const std::string& shapes) {
        std::string text = replaced(settings("21.0.0"), R"("input_visibility":"Private")",
                                    R"("input_visibility":)" + input);
        text =
            replaced(text, R"("output_visibility":"Public")", R"("output_visibility":)" + output);
        text = replaced(text, R"("poseidon":[0,[0]])", R"("poseidon":[64,[1]])");
        text = replaced(text, R"("model_input_scales":[])", R"("model_input_scales":[7])");
        const auto given = parsed(replaced(text, "[[1,4]]", shapes));
        auto circuits = ezkl::compile(key_of(given), given);
        REQUIRE(circuits);
        return circuits->front();
    };
    const std::string hashed = R"({"Hashed":{"hash_is_public":true,"outlets":[]}})";
    const auto input = compiled(hashed, "\"Public\"", "[[1,4]]");
    REQUIRE(input.hashes == 1);
    REQUIRE(input.tensors.size() == 1);
    // EZKL: the inputs, then the hash.
    const auto output = compiled("\"Public\"", hashed, "[[1,4]]");
    REQUIRE(output.instances == 5);
    REQUIRE(output.hashes == 0);
    REQUIRE(output.tensors.empty());
    const auto alone = compiled("\"Private\"", hashed, "[]");
    REQUIRE(alone.hashes == 1);
    REQUIRE(alone.tensors.empty());
}

TEST_CASE("The text that is hashed is measured before and has one budget") {
    auto system = built(parsed(settings("21.0.0")));
    const ezkl::Key key{};
    std::uint64_t budget = ezkl::DIGEST_TEXT_BYTES;
    const auto digest = ezkl::key_digest(system, key, budget);
    REQUIRE(digest);
    const std::uint64_t length = ezkl::DIGEST_TEXT_BYTES - budget;
    budget = length;
    const auto again = ezkl::key_digest(system, key, budget);
    REQUIRE(again);
    REQUIRE(zk::equal(*again, *digest));
    REQUIRE(budget == 0);
    budget = length - 1;
    REQUIRE(ezkl::key_digest(system, key, budget).error().code == ErrorCode::ZK_LIMIT);
    // 2^200 leaves in 200 nodes.
    auto& e = system.expressions;
    system.gates.push_back(e.constant(1));
    for (int i = 0; i < 200; ++i)
        system.gates.back() = e.sum(system.gates.back(), system.gates.back());
    budget = ezkl::DIGEST_TEXT_BYTES;
    REQUIRE(ezkl::key_digest(system, key, budget).error().code == ErrorCode::ZK_LIMIT);
}

TEST_CASE("Bit maps that take too long to compare are refused") {
    // Maps of 1 kB, 12 for each block of columns.
    const auto code = [](std::uint64_t assignments) {
        std::string text = replaced(settings("21.0.0"), "\"logrows\":6", "\"logrows\":13");
        text = replaced(text, "\"total_assignments\":40",
                        "\"total_assignments\":" + std::to_string(assignments));
        const auto given = parsed(replaced(text, "[\"ReLU\"]", "[]"));
        return compile_code(key_of(given, built(given).selectors * (std::size_t{1} << 10)), given);
    };
    REQUIRE(code(40) == ErrorCode::EZKL_VK_MISMATCH); // compared: the number of columns is wrong
    REQUIRE(code(std::uint64_t{2} * 8186 * 150) == ErrorCode::ZK_LIMIT);
}

TEST_CASE("A descriptor is as small as what compiles") {
    const auto code = [](const auto& change) {
        ezkl::Circuit circuit = small_circuit();
        change(circuit);
        const auto read = ezkl::read_descriptor(ezkl::write_descriptor({{}, {}, circuit}));
        return read ? ErrorCode{} : read.error().code;
    };
    const auto digests = [&](std::size_t size) {
        return code([&](ezkl::Circuit& c) { c.digests.assign(size, zk::fr_from(7)); });
    };
    REQUIRE(digests(6) == ErrorCode{});
    REQUIRE(digests(7) == ErrorCode::ZK_LIMIT);
    const auto gates = [&](std::size_t size) {
        return code([&](ezkl::Circuit& c) { c.gates.assign(size, c.gates[0]); });
    };
    REQUIRE(gates(8192) == ErrorCode{});
    REQUIRE(gates(8193) == ErrorCode::ZK_LIMIT);
    const auto table = [&](std::size_t width) {
        return code([&](ezkl::Circuit& c) { c.arguments[0].table.assign(width, c.gates[0]); });
    };
    REQUIRE(table(8) == ErrorCode{});
    REQUIRE(table(9) == ErrorCode::ZK_LIMIT);
    REQUIRE(table(0) == ErrorCode::EZKL_MALFORMED);
    const auto input = [&](std::size_t width) {
        return code([&](ezkl::Circuit& c) { c.arguments[0].inputs[1].assign(width, c.gates[0]); });
    };
    REQUIRE(input(9) == ErrorCode::ZK_LIMIT);
    REQUIRE(input(0) == ErrorCode::EZKL_MALFORMED);
    const auto inputs = [&](std::size_t first, std::size_t second) {
        return code([&](ezkl::Circuit& c) {
            c.arguments.push_back(c.arguments[0]);
            c.arguments[0].inputs.resize(first, {c.gates[0]});
            c.arguments[1].inputs.resize(second, {c.gates[0]});
        });
    };
    REQUIRE(inputs(4096, 4096) == ErrorCode{});
    REQUIRE(inputs(4096, 4097) == ErrorCode::ZK_LIMIT);
    REQUIRE(code([](ezkl::Circuit& c) { c.version.assign(65, 'x'); }) == ErrorCode::ZK_LIMIT);
    const assay::Bytes large((std::size_t{4} << 20) + 1);
    REQUIRE(ezkl::read_descriptor(large).error().code == ErrorCode::ZK_LIMIT);
    REQUIRE(ezkl::read_descriptor(assay::BytesView{large}.first(large.size() - 1)).error().code ==
            ErrorCode::EZKL_MALFORMED);
}
