// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The ONNX node tests in process: the same comparison as the shared harness, without wasm.
//
//   assay_node_tests CORPUS [substring]   one line a test that did not pass, then the counts
#include "core/bytes/protobuf.hpp"
#include "core/onnx/tensor_proto.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/session.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>

namespace assay {
namespace {

namespace fs = std::filesystem;
using bytes::WireField;
using bytes::WireReader;
using onnx::ElementType;
using onnx::ValueKind;
using runtime::Session;
using runtime::Value;

Bytes read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

std::optional<Value> read_value(BytesView message, ValueKind kind, onnx::StringPool& strings) {
    if (kind == ValueKind::tensor) {
        const Result<onnx::TensorProto> proto = onnx::read_tensor(message);
        if (!proto) {
            return std::nullopt;
        }
        Result<onnx::Tensor> tensor = onnx::decode_tensor(*proto, strings);
        if (!tensor) {
            return std::nullopt;
        }
        return Value::of(std::make_shared<const onnx::Tensor>(*std::move(tensor)));
    }
    std::vector<Value> items;
    Value value;
    WireReader reader{message};
    while (!reader.at_end()) {
        const std::optional<WireField> field = reader.next();
        if (!field) {
            return std::nullopt;
        }
        // SequenceProto and OptionalProto: tensors in field 3, sequences in field 5.
        if (field->number != 3 && field->number != 5) {
            continue;
        }
        std::optional<Value> item = read_value(
            field->content, field->number == 3 ? ValueKind::tensor : ValueKind::sequence, strings);
        if (!item) {
            return std::nullopt;
        }
        if (kind == ValueKind::optional) {
            return item;
        }
        items.push_back(*std::move(item));
    }
    return kind == ValueKind::optional ? value : Value::of(std::move(items));
}

std::string difference(const Value& want, const Value& got) {
    if (want.kind != got.kind) {
        return "another kind of value";
    }
    if (want.kind == Value::Kind::none) {
        return {};
    }
    if (want.kind == Value::Kind::sequence) {
        if (want.items->size() != got.items->size()) {
            return "length " + std::to_string(got.items->size());
        }
        for (std::size_t i = 0; i < want.items->size(); ++i) {
            if (std::string fault = difference((*want.items)[i], (*got.items)[i]); !fault.empty()) {
                return fault;
            }
        }
        return {};
    }
    const onnx::Tensor& a = *want.tensor;
    const onnx::Tensor& b = *got.tensor;
    if (a.type != b.type) {
        return "type " + std::string{onnx::name(b.type)} + ", want " +
               std::string{onnx::name(a.type)};
    }
    if (a.dims != b.dims) {
        return "shape " + onnx::text(b.dims) + ", want " + onnx::text(a.dims);
    }
    const std::size_t count = a.count();
    if (a.type == ElementType::string) {
        for (std::size_t i = 0; i < count; ++i) {
            if (onnx::StringPool::text(a.as<std::uint64_t>()[i]) !=
                onnx::StringPool::text(b.as<std::uint64_t>()[i])) {
                return "[" + std::to_string(i) + "] " +
                       std::string{onnx::StringPool::text(b.as<std::uint64_t>()[i])} + ", want " +
                       std::string{onnx::StringPool::text(a.as<std::uint64_t>()[i])};
            }
        }
        return {};
    }
    const std::size_t size = onnx::element_size(a.type);
    const bool close = a.type == ElementType::float32 || a.type == ElementType::float64 ||
                       a.type == ElementType::float16 || a.type == ElementType::bfloat16;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t* x = a.elements.data() + i * size;
        const std::uint8_t* y = b.elements.data() + i * size;
        if (std::memcmp(x, y, size) == 0) {
            continue;
        }
        double wanted = 0;
        double found = 0;
        runtime::read_elements(a.type, x, 1, &wanted);
        runtime::read_elements(a.type, y, 1, &found);
        const bool both_nan = std::isnan(wanted) && std::isnan(found);
        if (!close || !(both_nan || wanted == found ||
                        std::abs(found - wanted) <= 1e-7 + 1e-3 * std::abs(wanted))) {
            return "[" + std::to_string(i) + "] " + std::to_string(found) + ", want " +
                   std::to_string(wanted) + (close ? "" : " exactly");
        }
    }
    return {};
}

struct Outcome {
    std::string status; ///< passed, refused, wrong
    std::string why;
};

Outcome failure(const Error& error) {
    const Category category = info(error.code).category;
    const bool refused = category == Category::unsupported;
    return {refused ? "refused" : "wrong",
            std::string{info(error.code).name} + " " + std::string{error.path.view()}};
}

Outcome run_set(Session& session, const std::vector<std::string>& names, const fs::path& set) {
    // Files are numbered by the model's order, which puts optional inputs anywhere.
    for (std::size_t file = 0; file < names.size(); ++file) {
        const fs::path path = set / ("input_" + std::to_string(file) + ".pb");
        const auto port = std::find_if(session.inputs().begin(), session.inputs().end(),
                                       [&](const auto& one) { return one.name == names[file]; });
        if (!fs::exists(path) || port == session.inputs().end()) {
            continue;
        }
        const auto index = static_cast<std::size_t>(port - session.inputs().begin());
        const std::optional<Value> value =
            read_value(read_file(path), port->kind, session.strings());
        if (!value) {
            return {"refused", "input file"};
        }
        if (port->kind != ValueKind::tensor) {
            if (const Result<void> done = session.set_value(index, *value); !done) {
                return failure(done.error());
            }
            continue;
        }
        if (value->tensor->type != port->type) {
            return {"wrong", "input type"};
        }
        if (const Result<void> done = session.set_input(index, value->tensor->dims); !done) {
            return failure(done.error());
        }
        const onnx::Buffer& from = value->tensor->elements;
        std::memcpy(session.input_data(index).data(), from.data(), from.size());
    }
    if (const Result<void> done = session.run(); !done) {
        return failure(done.error());
    }
    for (std::size_t i = 0; i < session.outputs().size(); ++i) {
        const fs::path path = set / ("output_" + std::to_string(i) + ".pb");
        if (!fs::exists(path)) {
            continue;
        }
        const std::optional<Value> want =
            read_value(read_file(path), session.outputs()[i].kind, session.strings());
        if (!want) {
            return {"refused", "output file"};
        }
        if (const std::string fault = difference(*want, session.output_value(i)); !fault.empty()) {
            return {"wrong", session.outputs()[i].name + ": " + fault};
        }
    }
    return {"passed", {}};
}

Outcome run_test(const fs::path& folder) {
    const Bytes model = read_file(folder / "model.onnx");
    const Result<onnx::ModelProto> proto = onnx::parse_model(model, {});
    if (!proto) {
        return failure(proto.error());
    }
    std::vector<std::string> names;
    for (const onnx::ValueInfoProto& input : proto->graph.inputs) {
        names.emplace_back(input.name);
    }
    Result<std::unique_ptr<Session>> session = Session::load(model, {});
    if (!session) {
        return failure(session.error());
    }
    for (const fs::directory_entry& set : fs::directory_iterator{folder}) {
        if (set.is_directory()) {
            const Outcome outcome = run_set(**session, names, set.path());
            if (outcome.status != "passed") {
                return outcome;
            }
        }
    }
    return {"passed", {}};
}

int run(const fs::path& corpus, const std::string& only) {
    std::map<std::string, int> counts;
    std::vector<fs::path> folders;
    for (const fs::directory_entry& entry : fs::directory_iterator{corpus}) {
        if (fs::exists(entry.path() / "model.onnx") &&
            entry.path().filename().string().find(only) != std::string::npos) {
            folders.push_back(entry.path());
        }
    }
    std::sort(folders.begin(), folders.end());
    for (const fs::path& folder : folders) {
        const Outcome outcome = run_test(folder);
        ++counts[outcome.status];
        if (outcome.status != "passed") {
            std::printf("%s %s: %s\n", outcome.status.c_str(), folder.filename().c_str(),
                        outcome.why.c_str());
        }
        std::fflush(stdout);
    }
    std::printf("%zu tests: %d passed, %d refused, %d wrong\n", folders.size(), counts["passed"],
                counts["refused"], counts["wrong"]);
    return counts["wrong"] == 0 && counts["passed"] != 0 ? 0 : 1;
}

} // namespace
} // namespace assay

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: assay_node_tests CORPUS [substring]\n");
        return 2;
    }
    return assay::run(argv[1], argc > 2 ? argv[2] : "");
}
