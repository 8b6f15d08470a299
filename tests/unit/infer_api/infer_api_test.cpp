// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/infer_api/infer_api.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/onnx_writer.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::infer_api {
namespace {

using test::ModelSpec;
using test::NodeSpec;

Bytes relu() {
    return test::model(
        {{NodeSpec{"Relu", {"x"}, {"y"}}}, {test::value_info("x", test::FLOAT, {-1, 2})}, {"y"}});
}

TEST_CASE("load tells the ports of a model", "[infer_api]") {
    Sessions sessions{nullptr};
    CHECK(sessions.load(relu(), {}) ==
          R"({"ok":true,"value":{"handle":1,)"
          R"("inputs":[{"name":"x","type":"float32","dims":["N",2]}],)"
          R"("outputs":[{"name":"y","type":"float32","dims":[null,2]}]},"checks":[]})");
    CHECK(sessions.find(1) != nullptr);
    CHECK(sessions.last_error() == "null");
}

TEST_CASE("a refused model is a verdict", "[infer_api][negative]") {
    Sessions sessions{nullptr};
    CHECK(sessions.load(BytesView{}, {}) ==
          R"({"ok":false,"code":"ONNX_MALFORMED","category":"malformed",)"
          R"("message":"the bytes are not a well-formed ONNX model","path":"graph","checks":[]})");
}

TEST_CASE("an unloaded model is disposed", "[infer_api][negative]") {
    Sessions sessions{nullptr};
    (void) sessions.load(relu(), {});
    sessions.unload(1);
    sessions.unload(1);
    CHECK(sessions.find(1) == nullptr);
    CHECK(sessions.last_error() ==
          R"({"code":"ONNX_DISPOSED","category":"usage","message":"the model was disposed"})");
    (void) sessions.load(relu(), {});
    CHECK(sessions.find(1) == nullptr); // a handle is not used twice
    CHECK(sessions.find(2) != nullptr);
}

TEST_CASE("a failure is kept for last_error", "[infer_api]") {
    Sessions sessions{nullptr};
    (void) sessions.load(relu(), {});
    const auto code = static_cast<std::uint32_t>(ErrorCode::ONNX_INPUT_NAME);
    CHECK(sessions.record(sessions.find(1)->run()) == code);
    CHECK(sessions.last_error() ==
          R"({"code":"ONNX_INPUT_NAME","category":"usage",)"
          R"("message":"an input is missing or unknown","path":"input \"x\""})");
    CHECK(sessions.record(Result<void>::ok()) == 0);
}

TEST_CASE("a fork is a session of its own", "[infer_api]") {
    Sessions sessions{nullptr};
    const std::string first = sessions.load(relu(), {});
    std::string second = sessions.fork(1);
    CHECK(second.find("\"handle\":2") != std::string::npos);
    CHECK(second.replace(second.find(":2,"), 3, ":1,") == first);
    sessions.unload(1);
    REQUIRE(sessions.find(2) != nullptr);
    const std::vector<std::int64_t> dims = {3, 2};
    REQUIRE(sessions.find(2)->set_input(0, dims));
    CHECK(sessions.find(2)->run());
    CHECK(sessions.fork(1) == R"({"ok":false,"code":"ONNX_DISPOSED","category":"usage",)"
                              R"("message":"the model was disposed","checks":[]})");
}

TEST_CASE("options are read strictly", "[infer_api]") {
    const auto options = [](std::string_view text) {
        return parse_options(as_bytes(text), nullptr);
    };
    CHECK(options("")->threads == 1);
    const auto all = options(
        R"({"threads":2,"limits":{"modelBytes":10,"nodes":5,"memoryBytes":9007199254740991}})");
    REQUIRE(all);
    CHECK(all->threads == 2);
    CHECK(all->limits.model_bytes == 10);
    CHECK(all->limits.nodes == 5);
    CHECK(all->limits.memory_bytes == 9'007'199'254'740'991);
    CHECK(options(R"({"limits":{"nodeRuns":7}})")->limits.node_runs == 7);
    for (const std::string_view bad :
         {"[]", "{", "{\"threads\":0}", "{\"threads\":5}", "{\"threads\":1.5}",
          "{\"threads\":\"1\"}", "{\"thread\":1}", "{\"limits\":1}", "{\"limits\":{\"nodes\":-1}}",
          "{\"limits\":{\"nodes\":9007199254740992}}", "{\"limits\":{\"bytes\":1}}"}) {
        CAPTURE(bad);
        CHECK(test::outcome(options(bad)) == "ARGUMENT_INVALID");
    }
}

TEST_CASE("a model that asks for it is profiled", "[infer_api]") {
    Sessions sessions{+[]() noexcept { return 1.0; }};
    (void) sessions.load(
        test::model(
            {{NodeSpec{"Erf", {"x"}, {"y"}}}, {test::value_info("x", test::FLOAT, {2})}, {"y"}}),
        as_bytes(R"({"profile":true})"));
    CHECK(sessions.profile(1) == R"({"traceEvents":[],"displayTimeUnit":"ms"})");
    REQUIRE(sessions.find(1)->run());
    CHECK(sessions.profile(1) ==
          R"~({"traceEvents":[{"name":"node #0 (Erf)","cat":"Erf","ph":"X","ts":0.000,)~"
          R"("dur":0.000,"pid":1,"tid":1}],"displayTimeUnit":"ms"})");
    (void) sessions.load(relu(), as_bytes(R"({"profile":false})"));
    CHECK(sessions.profile(2).empty());
    CHECK(sessions.profile(3).empty());
    CHECK(sessions.load(relu(), as_bytes(R"({"profile":1})")).find("ARGUMENT_INVALID") !=
          std::string::npos);
}

} // namespace
} // namespace assay::infer_api
