// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/infer_api/value_codec.hpp"

#include "core/bytes/protobuf.hpp"
#include "core/onnx/limits.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace assay::infer_api {
namespace {

using onnx::ElementType;
using runtime::Value;

/// Only a tensor without elements has a larger dimension.
constexpr std::int64_t MAX_WORD = 0xffff'ffff;

void put_word(std::string& out, std::size_t value) noexcept {
    for (int shift = 0; shift < 32; shift += 8) {
        out += static_cast<char>((value >> shift) & 0xff);
    }
}

void put_tensor(std::string& out, const onnx::Tensor& tensor) noexcept {
    out += static_cast<char>(tensor.type);
    out += static_cast<char>(tensor.dims.size());
    for (const std::int64_t dim : tensor.dims) {
        put_word(out, static_cast<std::size_t>(std::min(dim, MAX_WORD)));
    }
    if (tensor.type != ElementType::string) {
        out.append(reinterpret_cast<const char*>(tensor.elements.data()), tensor.elements.size());
        return;
    }
    for (const std::uint64_t element : tensor.as<std::uint64_t>()) {
        const std::string_view text = onnx::StringPool::text(element);
        put_word(out, text.size());
        out += text;
    }
}

void put_value(std::string& out, const Value& value) noexcept {
    out += static_cast<char>(value.kind);
    if (value.kind == Value::Kind::tensor) {
        put_tensor(out, *value.tensor);
    } else if (value.kind != Value::Kind::none) {
        put_word(out, value.items->size());
        for (const Value& item : *value.items) {
            put_value(out, item);
        }
    }
}

class Decoder {
public:
    Decoder(BytesView bytes, onnx::StringPool& strings, std::uint64_t memory_bytes) noexcept
        : reader_{bytes}, strings_{strings}, memory_bytes_{memory_bytes} {}

    [[nodiscard]] bool at_end() const noexcept { return reader_.at_end(); }

    Result<Value> value(std::size_t depth) noexcept {
        const std::optional<BytesView> kind = reader_.take(1);
        if (!kind || kind->front() > 3 || depth > onnx::MAX_NESTING) {
            return ErrorCode::ONNX_INPUT_TYPE;
        }
        const auto of = static_cast<Value::Kind>(kind->front());
        if (of == Value::Kind::none) {
            return Value{};
        }
        if (of == Value::Kind::tensor) {
            return tensor();
        }
        const std::optional<std::size_t> count = word();
        if (!count || *count > runtime::MAX_SEQUENCE || (of == Value::Kind::map && *count != 2)) {
            return ErrorCode::ONNX_INPUT_TYPE;
        }
        std::vector<Value> items;
        for (std::size_t i = 0; i < *count; ++i) {
            Result<Value> item = value(depth + 1);
            if (!item) {
                return item;
            }
            items.push_back(*std::move(item));
        }
        return Value::of(std::move(items), of);
    }

private:
    std::optional<std::size_t> word() noexcept {
        const std::optional<BytesView> bytes = reader_.take(4);
        return bytes ? std::optional<std::size_t>{bytes::little_endian32(*bytes)} : std::nullopt;
    }

    Result<Value> tensor() noexcept {
        const std::optional<BytesView> head = reader_.take(2);
        if (!head || (*head)[1] > onnx::MAX_RANK) {
            return ErrorCode::ONNX_INPUT_TYPE;
        }
        const auto type = static_cast<ElementType>((*head)[0]);
        onnx::Dims dims;
        for (std::uint8_t i = 0; i < (*head)[1]; ++i) {
            const std::optional<std::size_t> dim = word();
            if (!dim) {
                return ErrorCode::ONNX_INPUT_TYPE;
            }
            dims.push_back(static_cast<std::int64_t>(*dim));
        }
        const std::optional<std::uint64_t> bytes = onnx::byte_count(type, dims);
        if (!bytes || *bytes > memory_bytes_) {
            return bytes || onnx::element_size(type) != 0 ? ErrorCode::ONNX_LIMIT
                                                          : ErrorCode::ONNX_INPUT_TYPE;
        }
        Result<onnx::Tensor> made = onnx::Tensor::make(type, std::move(dims));
        if (!made) {
            return made.error();
        }
        if (type == ElementType::string) {
            for (std::uint64_t& element : made->as<std::uint64_t>()) {
                const std::optional<std::size_t> length = word();
                const std::optional<BytesView> text = length ? reader_.take(*length) : std::nullopt;
                if (!text) {
                    return ErrorCode::ONNX_INPUT_TYPE;
                }
                element = strings_.intern(as_text(*text));
            }
        } else {
            const std::optional<BytesView> elements = reader_.take(made->elements.size());
            if (!elements) {
                return ErrorCode::ONNX_INPUT_TYPE;
            }
            if (!elements->empty()) {
                std::memcpy(made->elements.data(), elements->data(), elements->size());
            }
        }
        return Value::of(std::make_shared<const onnx::Tensor>(*std::move(made)));
    }

    bytes::WireReader reader_;
    onnx::StringPool& strings_;
    std::uint64_t memory_bytes_;
};

} // namespace

std::string encode_value(const Value& value) noexcept {
    std::string out;
    put_value(out, value);
    return out;
}

Result<Value> decode_value(BytesView bytes, onnx::StringPool& strings,
                           std::uint64_t memory_bytes) noexcept {
    Decoder decoder{bytes, strings, memory_bytes};
    Result<Value> value = decoder.value(0);
    if (value && !decoder.at_end()) {
        return ErrorCode::ONNX_INPUT_TYPE;
    }
    return value;
}

} // namespace assay::infer_api
