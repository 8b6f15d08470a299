// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/word.hpp"
#include "core/settlement/inference_event.hpp"

#include "tests/unit/settlement/sample.hpp"
#include "tests/unit/support/abi_writer.hpp"
#include "tests/unit/support/codes.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::settlement {
namespace {

using test::outcome;

void check_output(const ModelOutput& output) {
    REQUIRE(output.numbers.size() == 2);
    const NumberTensor& y = output.numbers[0];
    CHECK(y.name == "y");
    CHECK(y.shape == std::vector<std::uint32_t>{2, 2});
    std::string text;
    for (const Number& number : y.values)
        text += bytes::int128_to_decimal(number.value) + "e" +
                bytes::int128_to_decimal(number.decimals) + " ";
    CHECK(text == "15e1 -25e2 3e0 7e-1 ");
    CHECK(output.numbers[1].name == "scalar");
    CHECK(output.numbers[1].shape.empty());
    CHECK(output.numbers[1].values.size() == 1); // the empty product is one
    REQUIRE(output.strings.size() == 1);
    CHECK(output.strings[0].name == "label");
    CHECK(output.strings[0].values == std::vector<std::string_view>{"up", "down"});
    REQUIRE(output.jsons.size() == 1);
    CHECK(output.jsons[0].name == "meta");
    CHECK(output.jsons[0].value == R"({"a":1})");
    CHECK_FALSE(output.is_simulation_result);
}

TEST_CASE("an inference result is read as ethers writes it", "[inference]") {
    const Log log = test::result_log();
    const auto event = decode_inference_event(log);
    REQUIRE(event.has_value());
    CHECK_FALSE(event->inference.has_value());
    check_output(event->output);
    CHECK(test::encode_event(*event) == log.data);
}

TEST_CASE("a precompile's event has the request as well", "[inference]") {
    const Log log = test::model_log();
    const auto event = decode_inference_event(log);
    REQUIRE(event.has_value());
    REQUIRE(event->inference.has_value());
    CHECK(event->inference->id == "id-7");
    CHECK(event->inference->mode == 2);
    CHECK(event->inference->model_cid == "bafy");
    REQUIRE(event->inference->input.numbers.size() == 1);
    CHECK(event->inference->input.numbers[0].shape == std::vector<std::uint32_t>{1, 2});
    CHECK(event->inference->input.strings[0].values == std::vector<std::string_view>{"q"});
    check_output(event->output);
    CHECK(test::encode_event(*event) == log.data);
}

TEST_CASE("inference events have one encoding", "[inference]") {
    for (const Log& log : {test::result_log(), test::model_log()}) {
        std::size_t accepted = 0;
        for (std::size_t i = 0; i < log.data.size(); ++i) {
            for (const std::uint8_t mask : {std::uint8_t{0x01}, std::uint8_t{0x80}}) {
                Log changed = log;
                changed.data[i] ^= mask;
                const auto event = decode_inference_event(changed);
                accepted += event ? 1 : 0;
                if (event)
                    CHECK(test::encode_event(*event) == changed.data);
                else
                    CHECK(outcome(event) == "ABI_INVALID");
            }
            Log cut = log;
            cut.data.resize(i);
            CHECK(outcome(decode_inference_event(cut)) == "ABI_INVALID");
        }
        // Only numbers, text and the flag can change: under a fifth of the bytes.
        CHECK(accepted > 0);
        CHECK(accepted < log.data.size() / 5);
    }
}

/// The sample with another shape of its first tensor.
Log with_shape(std::vector<std::uint32_t> shape, std::size_t values) {
    Log log = test::result_log();
    const Log sample = test::result_log();
    auto event = decode_inference_event(sample);
    event->output.numbers[0].shape = std::move(shape);
    event->output.numbers[0].values.resize(values);
    log.data = test::encode_event(*event);
    return log;
}

TEST_CASE("a tensor has as many values as its shape says", "[inference]") {
    CHECK(outcome(decode_inference_event(with_shape({4}, 4))) == "OK");
    CHECK(outcome(decode_inference_event(with_shape({1, 4, 1}, 4))) == "OK");
    CHECK(outcome(decode_inference_event(with_shape({0, 7}, 0))) == "OK");
    CHECK(outcome(decode_inference_event(with_shape({7, 0, 1u << 31, 1u << 31, 4}, 0))) == "OK");
    CHECK(outcome(decode_inference_event(with_shape({}, 0))) == "ABI_INVALID");
    CHECK(outcome(decode_inference_event(with_shape({0}, 1))) == "ABI_INVALID");
    CHECK(outcome(decode_inference_event(with_shape({3}, 4))) == "ABI_INVALID");
    // 2^64 + 4 would be 4 in 64 bits.
    CHECK(outcome(decode_inference_event(with_shape({1u << 31, 1u << 31, 4}, 0))) == "ABI_INVALID");
    CHECK(outcome(decode_inference_event(with_shape({641, 6700417, 4294967295u, 1}, 4))) ==
          "ABI_INVALID");
}

TEST_CASE("inference events have one topic of their own", "[inference]") {
    Log log = test::result_log();
    log.topics.push_back({});
    CHECK(outcome(decode_inference_event(log)) == "ABI_INVALID");
    log.topics.clear();
    CHECK(outcome(decode_inference_event(log)) == "ABI_INVALID");
    log.topics = test::model_log().topics;
    CHECK(outcome(decode_inference_event(log)) == "ABI_INVALID");
    log = test::result_log();
    log.data.resize(MAX_LOG_BYTES + 1);
    CHECK(outcome(decode_inference_event(log)) == "INPUT_LIMIT");
}

} // namespace
} // namespace assay::settlement
