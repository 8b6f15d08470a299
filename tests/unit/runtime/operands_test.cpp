// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Operands and attributes that no operator can take: each has its code, in a plan and node by node.
#include "tests/unit/runtime/operand_model.hpp"

namespace assay::runtime {
namespace {

using test::attribute_text;
using test::ProtoWriter;

TEST_CASE("an axis may be named once", "[runtime][negative]") {
    const std::vector<Bytes> lists = {ints("starts", {5, 0}), ints("ends", {10, 10}),
                                      ints("steps", {5, 5}),  ints("same", {0, 0}),
                                      ints("alias", {0, -1}), ints("pads", {1, 1, 1, 1}),
                                      ints("shape", {4, 4}),  ints("one", {0})};
    for (const char* axes : {"same", "alias"}) {
        INFO(axes);
        CHECK(code_of(of_x({10}, {{"Slice", {"x", "starts", "ends", axes}, {"y"}}}, lists)) ==
              "load ONNX_SHAPE");
        CHECK(code_of(of_x({10}, {{"Slice", {"x", "starts", "ends", axes, "steps"}, {"y"}}},
                           lists)) == "load ONNX_SHAPE");
        ModelSpec pad = of_x({10}, {{"Pad", {"x", "pads", "", axes}, {"y"}}}, lists);
        pad.opset = 18;
        CHECK(code_of(pad) == "load ONNX_SHAPE");
    }
    for (const Ints& axes : {Ints{0, 0}, Ints{0, -1}}) {
        ModelSpec crop = of_x(
            {10}, {{"CenterCropPad", {"x", "shape"}, {"y"}, {attribute("axes", axes)}}}, lists);
        crop.opset = 18;
        CHECK(code_of(crop) == "load ONNX_SHAPE");
        ModelSpec resize = of_x(
            {10}, {{"Resize", {"x", "", "", "shape"}, {"y"}, {attribute("axes", axes)}}}, lists);
        resize.opset = 18;
        CHECK(code_of(resize) == "load ONNX_SHAPE");
        ModelSpec old = of_x({10},
                             {{"Slice",
                               {"x"},
                               {"y"},
                               {attribute("starts", Ints{5, 0}), attribute("ends", Ints{10, 10}),
                                attribute("axes", axes)}}},
                             {});
        old.opset = 9;
        CHECK(code_of(old) == "load ONNX_SHAPE");
    }
    // Fewer axes than starts: which of them they are for is not said.
    CHECK(code_of(of_x({10, 10}, {{"Slice", {"x", "starts", "ends", "one"}, {"y"}}}, lists)) ==
          "load ONNX_SHAPE");
}

TEST_CASE("an axis may be named once, of starts that are met at run", "[runtime][negative]") {
    ModelSpec spec = of_x({10}, {{"Slice", {"x", "starts", "ends", "axes"}, {"y"}}},
                          {ints("ends", {10, 10}), ints("axes", {0, -1})});
    spec.inputs.push_back(test::value_info("starts", test::INT64, {2}));
    CHECK(code_of(spec) == "run ONNX_RUN_SHAPE");
}

TEST_CASE("a step longer than its axis keeps one element", "[runtime]") {
    for (const std::int64_t step : {-MOST - 1, -MOST, MOST}) {
        const auto session =
            load(of_x({3}, {{"Slice", {"x", "starts", "ends", "axes", "steps"}, {"y"}}},
                      {ints("starts", {1}), ints("ends", {step < 0 ? -MOST : MOST}),
                       ints("axes", {0}), ints("steps", {step})}));
        feed<float>(*session, 0, {3}, {1, 2, 3});
        REQUIRE(test::outcome(session->run()) == "OK");
        CHECK(output(*session) == Reals{2});
    }
}

TEST_CASE("operator sets of attributes take no inputs in their place", "[runtime][negative]") {
    ModelSpec slice = of_x({10}, {{"Slice", {"x", "starts", "ends"}, {"y"}}},
                           {ints("starts", {5}), ints("ends", {10})});
    slice.opset = 9;
    CHECK(code_of(slice) == "load ONNX_MALFORMED");
    ModelSpec pad = of_x({10}, {{"Pad", {"x", "pads"}, {"y"}}}, {ints("pads", {1, 1})});
    pad.opset = 10;
    CHECK(code_of(pad) == "load ONNX_MALFORMED");
}

TEST_CASE("padding beyond any tensor is refused", "[runtime][negative]") {
    for (const Ints& pads : {Ints{MOST, MOST}, Ints{MOST, -MOST}, Ints{-MOST - 1, -MOST - 1},
                             Ints{-MOST - 1, MOST}, Ints{std::int64_t{1} << 62, 0}}) {
        INFO(onnx::text(pads));
        CHECK(code_of(of_x({10}, {{"Pad", {"x", "pads"}, {"y"}}}, {ints("pads", pads)})) ==
              "load ONNX_LIMIT");
        ModelSpec integers = of_x({10}, {{"Pad", {"x", "pads"}, {"y"}}}, {ints("pads", pads)});
        integers.inputs = {test::value_info("x", test::INT64, {10})};
        CHECK(code_of(integers) == "load ONNX_LIMIT");
        const Ints spatial = {0, 0, pads[0], 0, 0, 0, pads[1], 0};
        CHECK(code_of(of_x({1, 1, 10, 10},
                           {{"Pad", {"x", "pads"}, {"p"}}, {"Conv", {"p", "w"}, {"y"}}},
                           {ints("pads", spatial), test::tensor("w", {1, 1, 1, 1}, Reals{1})})) ==
              "load ONNX_LIMIT");
        ModelSpec at_run = of_x({10}, {{"Pad", {"x", "pads"}, {"y"}}}, {});
        at_run.inputs.push_back(test::value_info("pads", test::INT64, {2}));
        const auto session = load(at_run);
        feed<float>(*session, 0, {10}, Reals(10));
        feed<std::int64_t>(*session, 1, {2}, pads);
        CHECK(test::outcome(session->run()) == "ONNX_LIMIT");
    }
    // Cropped to less than nothing.
    CHECK(code_of(of_x({10}, {{"Pad", {"x", "pads"}, {"y"}}}, {ints("pads", {-20, 5})})) ==
          "load ONNX_SHAPE");
}

TEST_CASE("padding that fits no window stays out of the convolution", "[runtime][negative]") {
    // Both amounts are legal by themselves; a window of their sum is not.
    constexpr std::int64_t LARGEST = HUGE - 1;
    const ModelSpec spec =
        of_x({1, 1, 1},
             {{"Pad", {"x", "pads"}, {"p"}},
              {"Conv",
               {"p", "w"},
               {"y"},
               {attribute("pads", Ints{LARGEST, 0}), attribute("strides", Ints{LARGEST})}}},
             {ints("pads", {0, 0, 1, 0, 0, 0}), test::tensor("w", {1, 1, 1}, Reals{1})});
    const auto session = load(spec);
    feed<float>(*session, 0, {1, 1, 1}, {3});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == Reals{0, 0});
}

/// Scan of operator set 8 whose iterations scan @p repeats ones each.
ModelSpec scan_of(const Ints& repeats) {
    const ModelSpec body{{NodeSpec{"Tile", {"one", "n"}, {"ones"}}},
                         {test::value_info("n", test::INT64, {1})},
                         {"ones"},
                         {reals("one", {1})}};
    ModelSpec spec;
    spec.nodes = {
        NodeSpec{"Scan",
                 {"", "q"},
                 {"y"},
                 {graph_attribute("body", body), attribute("num_scan_inputs", std::int64_t{1})}}};
    const auto count = static_cast<std::int64_t>(repeats.size());
    spec.inputs = {test::value_info("x", test::FLOAT, {1})};
    spec.initializers = {test::tensor("q", {1, count, 1}, repeats)};
    spec.outputs = {"y"};
    spec.opset = 8;
    return spec;
}

TEST_CASE("what the iterations of an old Scan give must agree", "[runtime][negative]") {
    CHECK(code_of(scan_of({1, 1000, 1000, 4000})) == "run ONNX_RUN_SHAPE");
    CHECK(code_of(scan_of({4, 1})) == "run ONNX_RUN_SHAPE");
    const auto session = load(scan_of({2, 2, 2}));
    feed<float>(*session, 0, {1}, {0});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output_dims(*session) == Ints{1, 3, 2});
    CHECK(output(*session) == Reals(6, 1));
}

TEST_CASE("every operand of an old Scan has the batch", "[runtime][negative]") {
    ModelSpec spec = scan_of({2});
    spec.nodes[0].inputs = {"", "state", "q"};
    const ModelSpec body{
        {NodeSpec{"Tile", {"one", "n"}, {"ones"}}},
        {test::value_info("s", test::FLOAT, {2}), test::value_info("n", test::INT64, {1})},
        {"s", "ones"},
        {reals("one", {1})}};
    spec.nodes[0].attributes[0] = graph_attribute("body", body);
    spec.initializers[0] = test::tensor("q", {0, 1, 1}, Ints{});
    spec.initializers.push_back(test::tensor("state", {1, 2}, Reals{1, 2}));
    CHECK(code_of(spec) == "run ONNX_UNSUPPORTED_ATTRIBUTE");
}

TEST_CASE("a convolution of no filters may be normalised", "[runtime]") {
    CHECK(code_of(of_x({1, 3, 4, 4},
                       {{"Conv", {"x", "w"}, {"h"}},
                        {"BatchNormalization", {"h", "none", "none", "none", "none"}, {"y"}}},
                       {test::tensor("w", {0, 3, 1, 1}, Reals{}), reals("none", {})})) == "run OK");
}

/// A model of one node whose operand "bad" is @p operand.
ModelSpec with_operand(const NodeSpec& node, const Ints& dims, int opset, const Bytes& operand) {
    ModelSpec spec =
        of_x(dims, {node}, {ints("i0", {0}), ints("i1", {1}), test::tensor("s1", {}, Ints{1})});
    spec.initializers.push_back(operand);
    spec.opset = opset;
    return spec;
}

struct IntegerOperand {
    NodeSpec node; ///< reads "bad"
    Ints dims;
    int opset = 17;
    bool single = true; ///< takes one element
};

std::vector<IntegerOperand> integer_operands() {
    const Bytes axis = attribute("axis", std::int64_t{0});
    return {{{"ConstantOfShape", {"bad"}, {"y"}}, {2}, 17, false},
            {{"Expand", {"x", "bad"}, {"y"}}, {2}, 17, false},
            {{"Tile", {"x", "bad"}, {"y"}}, {2}, 17, false},
            {{"Unsqueeze", {"x", "bad"}, {"y"}}, {2}, 17, false},
            {{"Squeeze", {"x", "bad"}, {"y"}}, {1}, 17, false},
            {{"ReduceSum", {"x", "bad"}, {"y"}}, {2}, 17, false},
            {{"Slice", {"x", "bad", "i1"}, {"y"}}, {2}, 17, false},
            {{"Slice", {"x", "i0", "bad"}, {"y"}}, {2}, 17, false},
            {{"Slice", {"x", "i0", "i1", "bad"}, {"y"}}, {2}, 17, false},
            {{"Slice", {"x", "i0", "i1", "i0", "bad"}, {"y"}}, {2}, 17, false},
            {{"Split", {"x", "bad"}, {"y"}, {axis}}, {1}, 17, false},
            {{"Pad", {"x", "bad"}, {"y"}}, {2}, 17, false},
            {{"Pad", {"x", "i1", "", "bad"}, {"y"}}, {2}, 18, false},
            {{"CenterCropPad", {"x", "bad"}, {"y"}}, {2}, 18, false},
            {{"Resize", {"x", "", "", "bad"}, {"y"}}, {2}, 17, false},
            {{"AffineGrid", {"x", "bad"}, {"y"}}, {1, 2, 3}, 20, false},
            {{"Col2Im", {"x", "bad", "i1"}, {"y"}}, {1, 1, 1}, 18, false},
            {{"Col2Im", {"x", "i1", "bad"}, {"y"}}, {1, 1, 1}, 18, false},
            {{"TopK", {"x", "bad"}, {"y", "z"}}, {2}},
            {{"Trilu", {"x", "bad"}, {"y"}}, {2, 2}},
            {{"CumSum", {"x", "bad"}, {"y"}}, {2}},
            {{"HannWindow", {"bad"}, {"y"}}, {2}},
            {{"DFT", {"x", "bad"}, {"y"}}, {1, 4, 1}, 20},
            {{"DFT", {"x", "", "bad"}, {"y"}}, {1, 4, 1}, 20},
            {{"STFT", {"x", "bad", "", "s1"}, {"y"}}, {1, 4, 1}},
            {{"STFT", {"x", "s1", "", "bad"}, {"y"}}, {1, 4, 1}},
            {{"NonMaxSuppression", {"x", "x", "bad"}, {"y"}}, {1, 4, 4}}};
}

TEST_CASE("an operand that must be of integers is not read as another type",
          "[runtime][negative]") {
    const Bytes bytes =
        ProtoWriter{}.raw(test::tensor_head("bad", 2, {1}).view()).bytes(9, Bytes{1}).view();
    for (const IntegerOperand& row : integer_operands()) {
        INFO(row.node.op);
        CHECK(code_of(with_operand(row.node, row.dims, row.opset, reals("bad", {1}))) ==
              "load ONNX_UNSUPPORTED_TYPE");
        CHECK(code_of(with_operand(row.node, row.dims, row.opset, bytes)) ==
              "load ONNX_UNSUPPORTED_TYPE");
        if (row.single) {
            CHECK(code_of(with_operand(row.node, row.dims, row.opset, ints("bad", {}))) ==
                  "load ONNX_SHAPE");
            CHECK(code_of(with_operand(row.node, row.dims, row.opset, ints("bad", {1, 1}))) ==
                  "load ONNX_SHAPE");
        }
    }
}

TEST_CASE("thresholds and switches are one element", "[runtime][negative]") {
    const Bytes off =
        ProtoWriter{}.raw(test::tensor_head("off", 9, {0}).view()).bytes(9, Bytes{}).view();
    for (const char* name : {"none", "two"}) {
        const std::vector<Bytes> lists = {reals("none", {}), reals("two", {1, 1}),
                                          ints("most", {1}), reals("one", {1}), off};
        CHECK(code_of(of_x({1, 4, 4}, {{"NonMaxSuppression", {"x", "x", "most", name}, {"y"}}},
                           lists)) == "load ONNX_SHAPE");
        CHECK(
            code_of(of_x({1, 4, 4}, {{"NonMaxSuppression", {"x", "x", "most", "one", name}, {"y"}}},
                         lists)) == "load ONNX_SHAPE");
    }
    CHECK(code_of(of_x({2}, {{"Dropout", {"x", "", "off"}, {"y"}}}, {off})) == "load ONNX_SHAPE");
}

TEST_CASE("positions in sequences and the count of a loop are one integer", "[runtime][negative]") {
    for (const auto& [bad, code] : {std::pair{ints("bad", {}), "run ONNX_RUN_SHAPE"},
                                    std::pair{ints("bad", {0, 0}), "run ONNX_RUN_SHAPE"},
                                    std::pair{reals("bad", {0}), "run ONNX_UNSUPPORTED_TYPE"}}) {
        const NodeSpec make{"SequenceConstruct", {"x", "x"}, {"q"}};
        CHECK(code_of(of_x({2}, {make, {"SequenceAt", {"q", "bad"}, {"y"}}}, {bad})) == code);
        CHECK(code_of(of_x(
                  {2},
                  {make, {"SequenceErase", {"q", "bad"}, {"r"}}, {"SequenceLength", {"r"}, {"y"}}},
                  {bad})) == code);
        CHECK(code_of(of_x({2},
                           {make,
                            {"SequenceInsert", {"q", "x", "bad"}, {"r"}},
                            {"SequenceLength", {"r"}, {"y"}}},
                           {bad})) == code);
        const ModelSpec body{{NodeSpec{"Neg", {"v"}, {"w"}}, NodeSpec{"Identity", {"c"}, {"d"}}},
                             {test::value_info("i", test::INT64, {}), test::value_info("c", 9, {}),
                              test::value_info("v", test::FLOAT, {2})},
                             {"d", "w"}};
        CHECK(code_of(of_x({2},
                           {{"Loop",
                             {"bad", "", "x"},
                             {"y"},
                             {ProtoWriter{}
                                  .text(1, "body")
                                  .bytes(6, test::graph(body))
                                  .varint(20, 5)
                                  .view()}}},
                           {bad})) == code);
    }
    CHECK(code_of(of_x({2},
                       {{"SplitToSequence", {"x", "bad"}, {"q"}}, {"SequenceLength", {"q"}, {"y"}}},
                       {test::tensor("bad", {}, Reals{1})})) == "run ONNX_UNSUPPORTED_TYPE");
}

Bytes small(std::string_view name, const Ints& dims, const Bytes& elements) {
    return ProtoWriter{}.raw(test::tensor_head(name, 3, dims).view()).bytes(9, elements).view();
}

TEST_CASE("scales and zero points of integer convolutions are counted", "[runtime][negative]") {
    const std::vector<Bytes> lists = {
        small("w", {4, 1, 1}, Bytes(4, 1)),
        small("z1", {1}, Bytes(1, 0)),
        small("z0", {0}, Bytes{}),
        small("z2", {2}, Bytes(2, 0)),
        reals("s1", {1}),
        reals("s0", {}),
        reals("s2", {1, 1}),
        ProtoWriter{}.raw(test::tensor_head("b2", 6, {2}).view()).bytes(9, Bytes(8, 0)).view()};
    const auto load_code = [&lists](std::vector<std::string> inputs, const char* op) {
        ModelSpec spec = of_x({1}, {{op, std::move(inputs), {"y"}}}, lists);
        spec.inputs = {test::value_info("x", 3, {1, 1, 8})};
        return test::outcome(Session::load(test::model(spec), {}));
    };
    CHECK(load_code({"x", "w", "z1", "z1"}, "ConvInteger") == "OK");
    for (const char* zero : {"z0", "z2"}) {
        CHECK(load_code({"x", "w", zero}, "ConvInteger") == "ONNX_SHAPE");
        CHECK(load_code({"x", "w", "z1", zero}, "ConvInteger") == "ONNX_SHAPE");
    }
    const std::vector<std::string> all = {"x", "s1", "z1", "w", "s1", "z1", "s1", "z1"};
    CHECK(load_code(all, "QLinearConv") == "OK");
    for (const std::size_t index : {1U, 2U, 4U, 5U, 6U, 7U}) {
        for (const char* length : {"0", "2"}) {
            std::vector<std::string> inputs = all;
            inputs[index][1] = *length;
            INFO(index << length);
            CHECK(load_code(inputs, "QLinearConv") == "ONNX_SHAPE");
        }
    }
    std::vector<std::string> biased = all;
    biased.emplace_back("b2");
    CHECK(load_code(biased, "QLinearConv") == "ONNX_SHAPE");
}

TEST_CASE("blocks of a scale are of positive length", "[runtime][negative]") {
    ModelSpec spec =
        of_x({2},
             {{"QuantizeLinear",
               {"x", "none"},
               {"y"},
               {attribute("block_size", std::int64_t{-1}), attribute("axis", std::int64_t{0})}}},
             {reals("none", {})});
    spec.opset = 21;
    CHECK(code_of(spec) == "load ONNX_MALFORMED");
}

TEST_CASE("parts of a Split do not wrap to its dimension", "[runtime][negative]") {
    const Ints parts = {std::int64_t{1} << 62, std::int64_t{1} << 62, std::int64_t{1} << 62,
                        (std::int64_t{1} << 62) + 5};
    CHECK(code_of(of_x({5}, {{"Split", {"x", "parts"}, {"a", "b", "c", "y"}}},
                       {ints("parts", parts)})) == "load ONNX_SHAPE");
    CHECK(code_of(of_x(
              {5}, {{"SplitToSequence", {"x", "parts"}, {"q"}}, {"SequenceLength", {"q"}, {"y"}}},
              {ints("parts", parts)})) == "run ONNX_RUN_SHAPE");
}

TEST_CASE("the default of labels is one label of their type", "[runtime][negative]") {
    const auto code = [](const Bytes& values, const Bytes& otherwise) {
        ModelSpec spec = of_x({2},
                              {{"LabelEncoder",
                                {"x"},
                                {"y"},
                                {attribute("keys_int64s", Ints{1}), values,
                                 test::attribute_tensor("default_tensor", otherwise)},
                                "",
                                "ai.onnx.ml"}},
                              {});
        spec.inputs = {test::value_info("x", test::INT64, {2})};
        return code_of(spec);
    };
    const Bytes texts = ProtoWriter{}.text(1, "values_strings").text(9, "a").varint(20, 8).view();
    const Bytes numbers = attribute("values_int64s", Ints{7});
    CHECK(code(numbers, ints("d", {5})) == "run OK");
    CHECK(code(texts, ints("d", {5})) == "load ONNX_MALFORMED");
    CHECK(code(numbers, ints("d", {})) == "load ONNX_MALFORMED");
    CHECK(code(numbers, ints("d", {1, 2})) == "load ONNX_MALFORMED");
    CHECK(code(numbers, reals("d", {1})) == "load ONNX_MALFORMED");
}

TEST_CASE("categories that are integers take what is between them", "[runtime]") {
    const auto session = load(of_x({4},
                                   {{"OneHotEncoder",
                                     {"x"},
                                     {"y"},
                                     {attribute("cats_int64s", Ints{0, 1, 2})},
                                     "",
                                     "ai.onnx.ml"}},
                                   {}));
    feed<float>(*session, 0, {4}, {0.4F, 1.7F, -0.9F, 2});
    REQUIRE(test::outcome(session->run()) == "OK");
    CHECK(output(*session) == Reals{1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1});
}

TEST_CASE("counts of n-grams lie in their pool", "[runtime][negative]") {
    const auto code = [](const Ints& counts, std::int64_t longest, std::int64_t skips) {
        ModelSpec spec =
            of_x({4},
                 {{"TfIdfVectorizer",
                   {"x"},
                   {"y"},
                   {attribute("ngram_counts", counts), attribute("ngram_indexes", Ints{0, 1}),
                    attribute("pool_int64s", Ints{1, 2}), attribute_text("mode", "TF"),
                    attribute("min_gram_length", std::int64_t{1}),
                    attribute("max_gram_length", longest), attribute("max_skip_count", skips)}}},
                 {});
        spec.inputs = {test::value_info("x", test::INT64, {4})};
        return code_of(spec);
    };
    CHECK(code({0}, 1, 0) == "run OK");
    CHECK(code({0}, MOST, MOST) == "run OK");
    CHECK(code({-1}, 1, 0) == "load ONNX_MALFORMED");
    CHECK(code({3}, 1, 0) == "load ONNX_MALFORMED");
    CHECK(code({0, -1}, 2, 0) == "load ONNX_MALFORMED");
}

/// Counts of vectors whose sum wraps, or of classes whose pairs do.
TEST_CASE("support vectors are counted without wrapping", "[runtime][negative]") {
    const auto code = [](const Ints& per_class) {
        ModelSpec spec = of_x({1, 1},
                              {{"SVMClassifier",
                                {"x"},
                                {"y", "z"},
                                {attribute("vectors_per_class", per_class),
                                 attribute("classlabels_ints", Ints{0, 1, 2, 3}),
                                 ProtoWriter{}
                                     .text(1, "rho")
                                     .fixed32(7, 0)
                                     .fixed32(7, 0)
                                     .fixed32(7, 0)
                                     .fixed32(7, 0)
                                     .fixed32(7, 0)
                                     .fixed32(7, 0)
                                     .varint(20, 6)
                                     .view()},
                                "",
                                "ai.onnx.ml"}},
                              {});
        return code_of(spec);
    };
    CHECK(code({0, 0, 0, 0}) == "load ONNX_MALFORMED"); // a linear machine without coefficients
    CHECK(code(Ints(4, std::int64_t{1} << 62)) == "load ONNX_MALFORMED");
}

} // namespace
} // namespace assay::runtime
