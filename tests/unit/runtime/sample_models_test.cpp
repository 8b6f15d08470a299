// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
// The sample models of the demos against the references that their generator computed.
#include "core/bytes/json.hpp"

#include "tests/unit/runtime/run_model.hpp"

#include <charconv>
#include <fstream>
#include <iterator>

namespace assay::runtime {
namespace {

using bytes::JsonValue;

std::string read(const std::string& name) {
    std::ifstream file{std::string{ASSAY_SAMPLES} + "/" + name, std::ios::binary};
    REQUIRE(file.is_open());
    return {std::istreambuf_iterator<char>{file}, {}};
}

template <typename T>
std::vector<T> numbers(const JsonValue& list) {
    std::vector<T> out;
    for (const JsonValue& item : list.items()) {
        out.emplace_back();
        std::from_chars(item.raw().data(), item.raw().data() + item.raw().size(), out.back());
    }
    return out;
}

void check_sample(const std::string& name) {
    const std::string model = read(name + ".onnx");
    const std::string text = read(name + ".ref.json");
    const auto reference = bytes::parse_json(text, ErrorCode::ARGUMENT_INVALID);
    REQUIRE(reference);
    const auto dims = numbers<std::int64_t>(*reference->find("input")->find("dims"));
    Result<std::unique_ptr<Session>> session = Session::load(as_bytes(model), {});
    REQUIRE(test::outcome(session) == "OK");
    CHECK((*session)->inputs()[0].name == reference->find("input")->find("name")->string());
    CHECK((*session)->outputs()[0].name == reference->find("output")->find("name")->string());
    REQUIRE(reference->find("cases")->items().size() == 4);
    for (const JsonValue& row : reference->find("cases")->items()) {
        feed(**session, 0, dims, numbers<float>(*row.find("input")));
        REQUIRE(test::outcome((*session)->run()) == "OK");
        CHECK((*session)->plan()->kernel_steps() == 0);
        const auto want = numbers<double>(*row.find("output"));
        const auto got = output(**session);
        REQUIRE(got.size() == want.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
            CHECK(std::abs(static_cast<double>(got[i]) - want[i]) <= 1e-5 + 1e-4 * want[i]);
        }
    }
}

TEST_CASE("the price-move scorer computes its reference", "[runtime][samples]") {
    check_sample("price_move");
}

TEST_CASE("the chart-pattern net computes its reference", "[runtime][samples]") {
    check_sample("chart_pattern");
}

} // namespace
} // namespace assay::runtime
