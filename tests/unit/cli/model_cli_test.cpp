// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// run, bench and inspect as a user runs them, on models that the tests write.
#include "tests/unit/cli/command.hpp"
#include "tests/unit/cli/scratch.hpp"
#include "tests/unit/support/onnx_writer.hpp"
#include "tests/unit/support/read_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using assay::Bytes;
using assay::test::Command;
using assay::test::contains;
using assay::test::ModelSpec;
using assay::test::NodeSpec;
using assay::test::ProtoWriter;
using assay::test::run_assay;

namespace {

constexpr int UINT8 = 2;
constexpr int STRING = 8;
constexpr int BOOL = 9;
constexpr int FLOAT16 = 10;
constexpr int BFLOAT16 = 16;
constexpr int FLOAT8 = 17;
constexpr int INT4 = 22;

/// A model in a file that is removed at the end.
class ModelFile {
public:
    explicit ModelFile(const ModelSpec& spec) {
        const Bytes model = assay::test::model(spec);
        path_ = folder_.write("model.onnx", assay::as_text(model));
    }

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string trace() const { return folder_.path("trace"); }

    /// Runs `assay run` with these feeds.
    [[nodiscard]] Command run(const std::string& feeds, const std::string& more = "") const {
        return run_assay("run " + path() + " --json " + more + " --input - <<'END'\n" + feeds +
                         "\nEND\n");
    }

private:
    assay::test::ScratchFolder folder_;
    std::string path_;
};

/// ValueInfoProto of a type that is given as TypeProto.
Bytes input_of(const std::string& name, const Bytes& type) {
    return ProtoWriter{}.text(1, name).bytes(2, type).view();
}

Bytes tensor_type(int element) {
    return ProtoWriter{}
        .bytes(1, ProtoWriter{}.varint(1, static_cast<std::uint64_t>(element)).view())
        .view();
}

ModelFile identity(int type, int opset = 25) {
    return ModelFile{{{NodeSpec{"Identity", {"x"}, {"y"}}},
                      {assay::test::value_info("x", type, {3})},
                      {"y"},
                      {},
                      opset}};
}

std::string outputs_of(const Command& run) {
    const std::size_t at = run.output.find("\"outputs\":");
    REQUIRE(at != std::string::npos);
    return run.output.substr(at + 10);
}

struct TypeCase {
    int type;
    const char* name;
    const char* in;
    const char* out;
    const char* refused; ///< no element of the type
};

} // namespace

TEST_CASE("elements of every type are read and written", "[cli][infer]") {
    const std::vector<TypeCase> cases = {
        {1, "float32", R"([1,"nan","-inf"])", R"([1,"nan","-inf"])", "[1,true,2]"},
        {11, "float64", "[1e300,0.1,-0]", "[1e+300,0.1,-0]", "[1,2,{}]"},
        {UINT8, "uint8", "[0,1,255]", "[0,1,255]", "[0,1,256]"},
        {3, "int8", "[-128,0,127]", "[-128,0,127]", "[0,0,128]"},
        {4, "uint16", "[0,1,65535]", "[0,1,65535]", "[0,-1,0]"},
        {5, "int16", "[-32768,0,32767]", "[-32768,0,32767]", "[0,0,1.5]"},
        {6, "int32", "[-2147483648,0,1]", "[-2147483648,0,1]", "[0,0,2147483648]"},
        {7, "int64", R"(["9223372036854775807",0,-1])", R"(["9223372036854775807","0","-1"])",
         "[0,0,9223372036854775808]"},
        {12, "uint32", "[0,1,4294967295]", "[0,1,4294967295]", R"([0,"1",2])"},
        {13, "uint64", R"([0,1,"18446744073709551615"])", R"(["0","1","18446744073709551615"])",
         "[0,1,-1]"},
        {BOOL, "bool", "[true,false,true]", "[true,false,true]", "[1,0,1]"},
        {STRING, "string", R"(["","é","a\u0000b"])", R"(["","é","a\u0000b"])", R"(["a","b",1])"},
        {FLOAT16, "float16", "[1,0.333,65504]", "[1,0.3330078,65504]", "[1,null,2]"},
        {BFLOAT16, "bfloat16", "[1,3.140625,-2]", "[1,3.140625,-2]", R"([1,"x",2])"},
        {FLOAT8, "float8e4m3fn", "[1,-448,0.5]", "[1,-448,0.5]", "[true,1,2]"},
        {23, "float4e2m1", "[0.5,6,-1]", "[0.5,6,-1]", "[true,1,2]"},
        {INT4, "int4", "[-8,0,7]", "[-8,0,7]", "[0,0,8]"},
        {21, "uint4", "[0,1,15]", "[0,1,15]", "[0,0,16]"},
        {26, "int2", "[-2,0,1]", "[-2,0,1]", "[0,0,2]"},
    };
    for (const TypeCase& each : cases) {
        CAPTURE(each.name);
        const ModelFile model = identity(each.type);
        const Command run = model.run(std::string{R"({"x":)"} + each.in + "}");
        REQUIRE(run.status == 0);
        CHECK(outputs_of(run) == std::string{R"({"y":{"type":")"} + each.name +
                                     R"(","dims":[3],"data":)" + each.out + "}}}\n");
        const Command typed = model.run(std::string{R"({"x":{"type":")"} + each.name +
                                        R"(","dims":[3],"data":)" + each.in + "}}");
        CHECK(typed.output == run.output);
        const Command refused = model.run(std::string{R"({"x":)"} + each.refused + "}");
        CHECK(refused.status == 2);
        CHECK(contains(refused.output, R"("code":"ONNX_INPUT_TYPE")"));
    }
}

TEST_CASE("feeds that do not fit name the input", "[cli][infer][negative]") {
    const ModelFile model = identity(1);
    const auto refuses = [&model](const char* feeds, const std::string& code) {
        CAPTURE(feeds);
        const Command run = model.run(feeds);
        CHECK(run.status == 2);
        CHECK(contains(run.output, "{\"file\":\"-\",\"ok\":false,\"code\":\"" + code + "\""));
    };
    refuses(R"({"x":[1,2]})", "ONNX_INPUT_SHAPE");
    refuses(R"({"x":{"dims":[-3],"data":[1,2,3]}})", "ONNX_INPUT_SHAPE");
    refuses(R"({"x":{"dims":[1,1,1,1,1,1,1,1,3],"data":[1,2,3]}})", "ONNX_INPUT_SHAPE");
    refuses(R"({"x":{"dims":[9223372036854775807],"data":[1,2,3]}})", "ONNX_LIMIT");
    refuses(R"({"x":{"dims":[9223372036854775807,4],"data":[1,2,3]}})", "ONNX_LIMIT");
    refuses(R"({"x":{"type":"int8","dims":[3],"data":[1,2,3]}})", "ONNX_INPUT_TYPE");
    refuses(R"({"x":{"type":"float","dims":[3],"data":[1,2,3]}})", "ONNX_INPUT_TYPE");
    refuses(R"({"x":{"dims":[3]}})", "ONNX_INPUT_TYPE");
    refuses(R"({"x":{"dims":[3],"data":[1,2,3],"typ":"float32"}})", "ONNX_INPUT_TYPE");
    refuses(R"({"x":5})", "ONNX_INPUT_TYPE");
    refuses(R"({"z":[1,2,3]})", "ONNX_INPUT_NAME");
    refuses(R"({})", "ONNX_INPUT_NAME");
    refuses(R"([1,2,3])", "ARGUMENT_INVALID");
    refuses(R"({"x":[1,2,3)", "ARGUMENT_INVALID");
}

TEST_CASE("sequences go in and come out", "[cli][infer]") {
    const Bytes sequence =
        ProtoWriter{}
            .bytes(4, ProtoWriter{}.bytes(1, tensor_type(assay::test::FLOAT)).view())
            .view();
    const ModelFile model{
        {{NodeSpec{"SequenceAt", {"s", "i"}, {"y"}}, NodeSpec{"Identity", {"s"}, {"all"}}},
         {input_of("s", sequence), assay::test::value_info("i", assay::test::INT64, {})},
         {"y", "all"},
         {},
         17}};
    const std::string first = R"({"type":"float32","dims":[2],"data":[1,2]})";
    const std::string second = R"({"type":"float32","dims":[1],"data":[3]})";
    const Command run = model.run("{\"i\":[1],\"s\":[" + first + "," + second + "]}");
    REQUIRE(run.status == 0);
    CHECK(outputs_of(run) == "{\"y\":" + second + ",\"all\":[" + first + "," + second + "]}}\n");
    const Command untyped = model.run(R"({"i":[0],"s":[{"dims":[1],"data":[3]}]})");
    CHECK(contains(untyped.output, R"("code":"ONNX_INPUT_TYPE")"));
    CHECK(contains(untyped.output, "s[0]"));
    CHECK(contains(model.run(R"({"i":[0],"s":{"type":"float32","dims":[1],"data":[3]}})").output,
                   R"("code":"ONNX_INPUT_TYPE")"));
    CHECK(contains(model.run(R"({"i":[5],"s":[]})").output, R"("code":"ONNX_INDEX")"));
}

TEST_CASE("optionals and maps go in and come out", "[cli][infer]") {
    const Bytes optional =
        ProtoWriter{}
            .bytes(9, ProtoWriter{}.bytes(1, tensor_type(assay::test::FLOAT)).view())
            .view();
    const ModelFile has{
        {{NodeSpec{"OptionalHasElement", {"o"}, {"y"}}}, {input_of("o", optional)}, {"y"}, {}, 18}};
    CHECK(contains(outputs_of(has.run(R"({"o":null})")), "[false]"));
    CHECK(contains(outputs_of(has.run(R"({"o":{"type":"float32","dims":[],"data":[1]}})")),
                   "[true]"));

    const Bytes map = ProtoWriter{}
                          .bytes(5, ProtoWriter{}.varint(1, STRING).bytes(2, tensor_type(1)).view())
                          .view();
    const ModelFile same{{{NodeSpec{"Identity", {"m"}, {"y"}}}, {input_of("m", map)}, {"y"}}};
    const std::string whole =
        R"({"keys":{"type":"string","dims":[1],"data":["b"]},"values":{"type":"float32","dims":[1],"data":[2.5]}})";
    CHECK(outputs_of(same.run("{\"m\":" + whole + "}")) == "{\"y\":" + whole + "}}\n");
    const Command short_form = same.run(
        R"({"m":{"keys":{"type":"string","data":["b"]},"values":{"type":"float32","data":[2.5]}}})");
    CHECK(outputs_of(short_form) == "{\"y\":" + whole + "}}\n");
    const Command uneven = same.run(
        R"({"m":{"keys":{"type":"string","data":["b"]},"values":{"type":"float32","data":[]}}})");
    CHECK(contains(uneven.output, R"("code":"ONNX_INPUT_SHAPE")"));
    CHECK(contains(same.run(R"({"m":{"keys":{"type":"string","data":["b"]}}})").output,
                   R"("code":"ONNX_INPUT_TYPE")"));
}

TEST_CASE("a profile is what chrome://tracing opens", "[cli][infer]") {
    const ModelFile model = identity(1);
    CHECK(model.run(R"({"x":[1,2,3]})", "--profile " + model.trace()).status == 0);
    const std::string trace = assay::test::read_file(model.trace());
    CHECK(trace.starts_with("{\"traceEvents\":[{\"name\":\"node #0 (Identity)\""));
    CHECK(contains(trace, "\"ph\":\"X\",\"ts\":0.000,\"dur\":"));
    CHECK(model.run(R"({"x":[1,2,3]})", "--profile /no/such/folder/trace").status == 2);
}

TEST_CASE("inspect shows ports, operators, MACs, memory and kernels", "[cli][infer]") {
    const ModelFile model{{{NodeSpec{"MatMul", {"x", "w"}, {"p"}, {}, "product"},
                            NodeSpec{"Erf", {"p"}, {"y"}, {}, "error"}},
                           {assay::test::value_info("x", assay::test::FLOAT, {-1, 2})},
                           {"y"},
                           {assay::test::tensor("w", {2, 3}, std::vector<float>(6, 0.5F))}}};
    const Command json = run_assay("inspect " + model.path() + " --json --dim N=4");
    REQUIRE(json.status == 0);
    CHECK(contains(json.output,
                   R"({"ok":true,"inputs":[{"name":"x","type":"float32","dims":["N",2]}])"));
    CHECK(contains(json.output, R"("nodes":2,"operators":[{"type":"Erf","count":1,"macs":0},)"));
    CHECK(contains(json.output, R"({"type":"MatMul","count":1,"macs":24}],"macs":24)"));
    CHECK(contains(json.output, R"("constantBytes":24,)"));
    CHECK(contains(json.output, R"~({"kernel":"XNNPACK","nodes":["node \"product\" (MatMul)"])~"));
    CHECK(contains(json.output, R"~({"kernel":"own","nodes":["node \"error\" (Erf)"]})~"));
    CHECK(contains(run_assay("inspect " + model.path()).output, "x: float32 [N, 2]"));
    CHECK(run_assay("inspect " + model.path() + " --dim N").status == 2);
    CHECK(run_assay("inspect " + model.path() + " --dim N=-1").status == 2);
    CHECK(run_assay("inspect " + model.path() + " --dim N=4 --dim N=5").status == 2);
    CHECK(contains(run_assay("inspect /dev/null --json").output, R"("code":"ONNX_MALFORMED")"));
    CHECK(contains(run_assay("inspect /no/such/file --json").output,
                   R"("code":"MODEL_UNAVAILABLE")"));
}

TEST_CASE("bench times the runs that it is asked for", "[cli][infer]") {
    const ModelFile model = identity(1);
    const Command json = run_assay("bench " + model.path() + " --runs 3 --json");
    REQUIRE(json.status == 0);
    CHECK(contains(json.output, R"({"ok":true,"runs":3,"threads":1,"load_ms":)"));
    CHECK(contains(json.output, R"("min_ms":)"));
    CHECK(contains(run_assay("bench " + model.path() + " --runs 3").output, "(3 runs, 1 thread)"));
    CHECK(run_assay("bench " + model.path() + " --runs 0").status == 2);
    CHECK(contains(run_assay("bench " + model.path() + " --json --input /no/such/file").output,
                   R"("code":"ARGUMENT_INVALID")"));
}
