// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/window.hpp"

#include "tests/unit/support/codes.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::onnx {
namespace {

/// A window over one spatial dimension.
struct Case {
    std::int64_t in = 0;
    std::int64_t kernel = 1;
    std::int64_t stride = 1;
    std::int64_t dilation = 1;
    std::vector<std::int64_t> pads{};
    std::string auto_pad{};
    std::int64_t ceil_mode = 0;
};

Attribute list(std::string name, std::vector<std::int64_t> values) {
    Attribute out;
    out.name = std::move(name);
    out.kind = AttributeKind::integers;
    out.integers = std::move(values);
    return out;
}

Result<Window> window(const Case& test) {
    Attribute auto_pad;
    auto_pad.name = "auto_pad";
    auto_pad.string = test.auto_pad;
    Attribute ceil_mode;
    ceil_mode.name = "ceil_mode";
    ceil_mode.integer = test.ceil_mode;
    const Attributes attributes{{list("kernel_shape", {test.kernel}),
                                 list("strides", {test.stride}), list("dilations", {test.dilation}),
                                 list("pads", test.pads), auto_pad, ceil_mode}};
    return make_window(attributes, std::vector{test.in}, {});
}

struct Expected {
    std::int64_t out;
    std::int64_t begin;
    std::int64_t end;
    bool operator==(const Expected&) const = default;
};

Expected shape(const Case& test) {
    const Result<Window> result = window(test);
    REQUIRE(result);
    return {result->out[0], result->pad_begin[0], result->pad_end[0]};
}

TEST_CASE("explicit padding", "[onnx][window]") {
    CHECK(shape({.in = 10, .kernel = 3}) == Expected{8, 0, 0});
    CHECK(shape({.in = 10, .kernel = 3, .stride = 2, .pads = {1, 1}}) == Expected{5, 1, 1});
    CHECK(shape({.in = 10, .kernel = 3, .dilation = 4, .pads = {8, 0}}) == Expected{10, 8, 0});
    CHECK(shape({.in = 10, .kernel = 3, .pads = {-2, -1}}) == Expected{5, -2, -1});
    CHECK(shape({.in = 0, .kernel = 1}) == Expected{0, 0, 0});
    CHECK(shape({.in = UNKNOWN, .kernel = 3}) == Expected{UNKNOWN, 0, 0});
}

TEST_CASE("auto_pad splits the padding", "[onnx][window]") {
    CHECK(shape({.in = 10, .kernel = 3, .auto_pad = "VALID"}) == Expected{8, 0, 0});
    CHECK(shape({.in = 10, .kernel = 4, .auto_pad = "SAME_UPPER"}) == Expected{10, 1, 2});
    CHECK(shape({.in = 10, .kernel = 4, .auto_pad = "SAME_LOWER"}) == Expected{10, 2, 1});
    CHECK(shape({.in = 5, .kernel = 1, .stride = 3, .auto_pad = "SAME_UPPER"}) ==
          Expected{2, 0, 0});
}

TEST_CASE("ceil_mode adds a window that starts in the input or before it", "[onnx][window]") {
    CHECK(shape({.in = 6, .kernel = 3, .stride = 2}).out == 2);
    CHECK(shape({.in = 6, .kernel = 3, .stride = 2, .ceil_mode = 1}).out == 3);
    // A second window would start in the padding at the end.
    CHECK(shape({.in = 2, .kernel = 2, .stride = 3, .pads = {0, 2}, .ceil_mode = 1}).out == 1);
}

TEST_CASE("ceil_mode takes a window that is longer than the input", "[onnx][window]") {
    CHECK(shape({.in = 1, .kernel = 2, .stride = 2, .ceil_mode = 1}).out == 1);
    CHECK(shape({.in = 1, .kernel = 3, .stride = 3, .ceil_mode = 1}).out == 1);
    CHECK(shape({.in = 3, .kernel = 3, .stride = 2, .dilation = 2, .pads = {0, 1}, .ceil_mode = 1})
              .out == 1);
    CHECK(shape({.in = 0, .kernel = 2, .stride = 3, .ceil_mode = 1}).out == 0);
    const auto code = [](const Case& test) { return test::outcome(window(test)); };
    CHECK(code({.in = 1, .kernel = 3, .stride = 2, .ceil_mode = 1}) == "ONNX_SHAPE");
    CHECK(code({.in = 1, .kernel = 3, .stride = 1, .ceil_mode = 1}) == "ONNX_SHAPE");
}

TEST_CASE("windows that make no sense are refused", "[onnx][window][negative]") {
    const auto code = [](const Case& test) { return test::outcome(window(test)); };
    CHECK(code({.in = 2, .kernel = 3}) == "ONNX_SHAPE");
    CHECK(code({.in = 5, .kernel = 3, .pads = {-2, -1}}) == "ONNX_SHAPE");
    CHECK(code({.in = 5, .kernel = 0}) == "ONNX_MALFORMED");
    CHECK(code({.in = 5, .kernel = 1, .stride = 0}) == "ONNX_MALFORMED");
    CHECK(code({.in = 5, .kernel = 1, .dilation = -1}) == "ONNX_MALFORMED");
    CHECK(code({.in = 5, .kernel = 1, .pads = {1}}) == "ONNX_MALFORMED");
    CHECK(code({.in = 5, .kernel = std::int64_t{1} << 40}) == "ONNX_MALFORMED");
    CHECK(code({.in = std::int64_t{1} << 62, .kernel = 1}) == "ONNX_LIMIT");
    CHECK(code({.in = 5, .kernel = 1, .auto_pad = "SAME"}) == "ONNX_UNSUPPORTED_ATTRIBUTE");
}

} // namespace
} // namespace assay::onnx
