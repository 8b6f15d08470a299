// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Models and elements that have no result: each is refused with its code, none is answered.
#include "core/runtime/elements.hpp"

#include "tests/unit/runtime/run_model.hpp"

#include <bit>
#include <limits>

namespace assay::runtime {
namespace {

using test::attribute;
using test::attribute_text;
using test::ModelSpec;
using test::NodeSpec;
using test::ProtoWriter;
using Ints = std::vector<std::int64_t>;
using Reals = std::vector<float>;

constexpr int BOOL = 9;
constexpr int INT32 = 6;
constexpr int UINT64 = 13;

Bytes reals_attribute(std::string_view name, const Reals& values) {
    ProtoWriter out;
    out.text(1, name).varint(20, 6);
    for (const float value : values) {
        out.fixed32(7, std::bit_cast<std::uint32_t>(value));
    }
    return out.view();
}

Bytes texts_attribute(std::string_view name, const std::vector<std::string>& values) {
    ProtoWriter out;
    out.text(1, name).varint(20, 8);
    for (const std::string& value : values) {
        out.text(9, value);
    }
    return out.view();
}

/// What the run of a model on zeros fails with.
Error run_error(const ModelSpec& spec) {
    const auto session = load(spec);
    const Result<void> run = session->run();
    REQUIRE_FALSE(run);
    return run.error();
}

TEST_CASE("division of integers by 0 is refused", "[runtime][negative]") {
    for (const char* op : {"Div", "Mod"}) {
        ModelSpec spec;
        spec.nodes = {NodeSpec{op, {"x", "b"}, {"y"}, {}, "share"}};
        spec.inputs = {test::value_info("x", test::INT64, {2}),
                       test::value_info("b", test::INT64, {2})};
        spec.outputs = {"y"};
        const auto session = load(spec);
        feed<std::int64_t>(*session, 0, {2}, {7, 8});
        feed<std::int64_t>(*session, 1, {2}, {2, 0});
        const Result<void> run = session->run();
        CHECK(test::outcome(run) == "ONNX_RUN_SHAPE");
        CHECK(run.error().path == "node \"share\" (" + std::string{op} + ") division by 0");
        feed<std::int64_t>(*session, 1, {2}, {2, 5});
        CHECK(test::outcome(session->run()) == "OK");
        feed<std::int64_t>(*session, 1, {2}, {INT64_MIN, -1});
        CHECK(test::outcome(session->run()) == "OK");
    }
}

ModelSpec branch_on(int type, const Ints& dims) {
    ModelSpec spec;
    const ModelSpec then_branch{{NodeSpec{"Neg", {"x"}, {"n"}}}, {}, {"n"}};
    const ModelSpec else_branch{{NodeSpec{"Abs", {"x"}, {"a"}}}, {}, {"a"}};
    spec.nodes = {NodeSpec{
        "If",
        {"c"},
        {"y"},
        {graph_attribute("then_branch", then_branch), graph_attribute("else_branch", else_branch)},
        "choose"}};
    spec.inputs = {test::value_info("c", type, dims), test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    return spec;
}

TEST_CASE("a condition is one boolean", "[runtime][negative]") {
    const Error two = run_error(branch_on(BOOL, {2}));
    CHECK(info(two.code).name == "ONNX_RUN_SHAPE");
    CHECK(two.path.view().find("node \"choose\" (If)") == 0);
    CHECK(run_error(branch_on(test::INT64, {})).code == ErrorCode::ONNX_UNSUPPORTED_TYPE);
    const auto session = load(branch_on(BOOL, {1}));
    CHECK(test::outcome(session->run()) == "OK");
}

TEST_CASE("a loop goes on by one boolean", "[runtime][negative]") {
    for (const bool inside : {true, false}) {
        ModelSpec body{{NodeSpec{"Neg", {"v"}, {"w"}}},
                       {test::value_info("i", test::INT64, {}), test::value_info("c", BOOL, {}),
                        test::value_info("v", test::FLOAT, {1})},
                       {inside ? "w" : "c", "w"}};
        ModelSpec spec;
        spec.nodes = {NodeSpec{
            "Loop", {"m", inside ? "" : "x", "x"}, {"y"}, {graph_attribute("body", body)}}};
        spec.inputs = {test::value_info("x", test::FLOAT, {1})};
        spec.initializers = {test::tensor("m", {}, Ints{5})};
        spec.outputs = {"y"};
        CHECK(run_error(spec).code == ErrorCode::ONNX_UNSUPPORTED_TYPE);
    }
}

/// Casts one text.
std::string cast_code(const std::string& text, int type, double* value = nullptr) {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"Constant", {}, {"s"}, {attribute_text("value_string", text)}},
                  NodeSpec{"Cast", {"s"}, {"y"}, {attribute("to", type)}, "read"}};
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.outputs = {"y"};
    Result<std::unique_ptr<Session>> session = Session::load(test::model(spec), {});
    if (!session) {
        CHECK(session.error().path.view().find("node \"read\" (Cast)") == 0);
        return test::outcome(session);
    }
    const Result<void> run = (*session)->run();
    if (run && value != nullptr) {
        read_elements((*session)->output(0).type, (*session)->output(0).data, 1, value);
    }
    return test::outcome(run);
}

TEST_CASE("text that is no number is not cast", "[runtime][negative]") {
    for (const char* text : {"abc", "1x", "", " ", "0x10", "nan(1)", "1 2", "+-5", "++5", "e5"}) {
        INFO(text);
        CHECK(cast_code(text, test::FLOAT) == "ONNX_RUN_SHAPE");
        CHECK(cast_code(text, test::INT64) == "ONNX_RUN_SHAPE");
    }
    for (const char* text : {"inf", "nan", "9223372036854775808", "1e19"}) {
        INFO(text);
        CHECK(cast_code(text, test::INT64) == "ONNX_RUN_SHAPE");
    }
}

TEST_CASE("numbers in text are read as numpy reads them", "[runtime]") {
    const auto value = [](const char* text, int type) {
        double out = 0;
        INFO(text);
        CHECK(cast_code(text, type, &out) == "OK");
        return out;
    };
    CHECK(value("+5", test::INT64) == 5);
    CHECK(value(" 7\t", test::INT64) == 7);
    CHECK(value("-12", INT32) == -12);
    CHECK(value("100.5", test::INT64) == 100);
    CHECK(value("300", 3) == 44); // int8 keeps the low bits
    CHECK(value("18446744073709551615", UINT64) == 18446744073709551615.0);
    CHECK(value("+1.5", test::FLOAT) == 1.5);
    CHECK(value(" 1E2 ", test::FLOAT) == 100);
    CHECK(value("-INF", test::FLOAT) == -std::numeric_limits<double>::infinity());
    CHECK(std::isnan(value("NaN", test::FLOAT)));
}

TEST_CASE("an equation that names no result is refused", "[runtime][negative]") {
    const auto code = [](const char* equation) {
        ModelSpec spec;
        spec.nodes = {NodeSpec{"Einsum", {"x"}, {"y"}, {attribute_text("equation", equation)}}};
        spec.inputs = {test::value_info("x", test::FLOAT, {2})};
        spec.outputs = {"y"};
        return load_code(spec);
    };
    for (const char* equation : {"i->ii", "i->i->i", "i.->i", "i->j", "1->1", "......->"}) {
        INFO(equation);
        CHECK(code(equation) == "ONNX_SHAPE");
    }
    CHECK(code("i -> i") == "OK");
    CHECK(code("...->...") == "OK");
}

/// Trees of two nodes whose children are @p children.
ModelSpec trees(const Ints& children, const std::vector<std::string>& modes,
                std::vector<Bytes> more = {}) {
    std::vector<Bytes> attributes = {
        attribute("nodes_treeids", Ints{0, 0}),
        attribute("nodes_nodeids", Ints{0, 1}),
        attribute("nodes_featureids", Ints{0, 0}),
        attribute("nodes_truenodeids", children),
        attribute("nodes_falsenodeids", children),
        attribute("target_treeids", Ints{0}),
        attribute("target_nodeids", Ints{0}),
        attribute("target_ids", Ints{0}),
        attribute("n_targets", 1),
        texts_attribute("nodes_modes", modes),
        reals_attribute("nodes_values", {1, 1}),
        reals_attribute("target_weights", {5}),
    };
    attributes.insert(attributes.end(), more.begin(), more.end());
    ModelSpec spec;
    spec.nodes = {
        NodeSpec{"TreeEnsembleRegressor", {"x"}, {"y"}, attributes, "trees", "ai.onnx.ml"}};
    spec.inputs = {test::value_info("x", test::FLOAT, {1, 2})};
    spec.outputs = {"y"};
    return spec;
}

TEST_CASE("trees without a root are refused", "[runtime][negative]") {
    CHECK(load_code(trees({1, 0}, {"BRANCH_LEQ", "BRANCH_LEQ"})) == "ONNX_MALFORMED");
    CHECK(load_code(trees({0, 0}, {"BRANCH_LEQ", "LEAF"})) == "ONNX_MALFORMED");
    CHECK(load_code(trees({0, 0}, {"LEAF", "LEAF"})) == "OK");
}

TEST_CASE("an attribute's unknown text is refused at load", "[runtime][negative]") {
    const auto path = [](const ModelSpec& spec) {
        const auto session = Session::load(test::model(spec), {});
        CHECK(test::outcome(session) == "ONNX_UNSUPPORTED_ATTRIBUTE");
        return session ? std::string{} : std::string{session.error().path.view()};
    };
    CHECK(path(trees({0, 0}, {"LEAF", "LEAF"}, {attribute_text("post_transform", "FOO")})) ==
          "node \"trees\" (TreeEnsembleRegressor) attribute \"post_transform\"");
    CHECK(path(trees({0, 0}, {"LEAF", "LEAF"}, {attribute_text("aggregate_function", "MEDIAN")})) ==
          "node \"trees\" (TreeEnsembleRegressor) attribute \"aggregate_function\"");
    CHECK(path(trees({0, 0}, {"LEAF", "TWIG"})) ==
          "node \"trees\" (TreeEnsembleRegressor) attribute \"nodes_modes\"");
    struct Row {
        const char* op;
        std::size_t inputs;
        const char* attribute;
        int opset = 20;
        const char* domain = "";
    };
    const std::vector<Row> rows = {
        {"Resize", 1, "coordinate_transformation_mode"},
        {"Resize", 1, "nearest_mode"},
        {"Resize", 1, "mode"},
        {"Resize", 1, "keep_aspect_ratio_policy"},
        {"Upsample", 2, "mode", 9},
        {"GridSample", 2, "mode"},
        {"GridSample", 2, "padding_mode"},
        {"RoiAlign", 3, "mode"},
        {"RoiAlign", 3, "coordinate_transformation_mode"},
        {"GRU", 3, "direction"},
        {"LSTM", 3, "direction"},
        {"RNN", 3, "direction"},
        {"DepthToSpace", 1, "mode"},
        {"BitShift", 2, "direction"},
        {"Gelu", 1, "approximate"},
        {"Cast", 1, "round_mode", 25},
        {"Pad", 2, "mode"},
        {"Conv", 2, "auto_pad"},
        {"ConvTranspose", 2, "auto_pad"},
        {"MaxPool", 1, "auto_pad"},
        {"LpPool", 1, "auto_pad"},
        {"ScatterND", 3, "reduction"},
        {"StringNormalizer", 1, "case_change_action"},
        {"TfIdfVectorizer", 1, "mode"},
        {"NegativeLogLikelihoodLoss", 2, "reduction"},
        {"SVMRegressor", 1, "kernel_type", 20, "ai.onnx.ml"},
        {"SVMClassifier", 1, "post_transform", 20, "ai.onnx.ml"},
        {"LinearClassifier", 1, "post_transform", 20, "ai.onnx.ml"},
        {"Normalizer", 1, "norm", 20, "ai.onnx.ml"},
    };
    for (const Row& row : rows) {
        // Open dimensions: nothing else of the node is known.
        ModelSpec spec;
        spec.nodes = {NodeSpec{
            row.op, {}, {"y"}, {attribute_text(row.attribute, "magic")}, "node", row.domain}};
        for (std::size_t i = 0; i < row.inputs; ++i) {
            spec.nodes[0].inputs.push_back("x" + std::to_string(i));
            spec.inputs.push_back(test::value_info(spec.nodes[0].inputs[i], test::FLOAT, {-1}));
        }
        spec.outputs = {"y"};
        spec.opset = row.opset;
        CHECK(path(spec) ==
              "node \"node\" (" + std::string{row.op} + ") attribute \"" + row.attribute + "\"");
    }
}

TEST_CASE("an unknown activation is refused at load", "[runtime][negative]") {
    ModelSpec spec;
    spec.nodes = {NodeSpec{"RNN", {"x", "w", "r"}, {"y"}, {}, "memory"}};
    spec.nodes[0].attributes = {attribute("hidden_size", 1),
                                texts_attribute("activations", {"Wave"})};
    spec.inputs = {test::value_info("x", test::FLOAT, {1, 1, 1})};
    spec.initializers = {test::tensor("w", {1, 1, 1}, Reals{1}),
                         test::tensor("r", {1, 1, 1}, Reals{1})};
    spec.outputs = {"y"};
    const auto session = Session::load(test::model(spec), {});
    REQUIRE_FALSE(session);
    CHECK(session.error().code == ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE);
    CHECK(session.error().path == "node \"memory\" (RNN) activations wave");
    spec.nodes[0].attributes.back() = texts_attribute("activations", {"TANH"});
    CHECK(load_code(spec) == "OK");
}

} // namespace
} // namespace assay::runtime
