// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/tensor_proto.hpp"

#include "core/bytes/protobuf.hpp"
#include "core/bytes/utf8.hpp"

#include <bit>
#include <cstring>

namespace assay::onnx {
namespace {

using bytes::WireField;
using bytes::WireReader;
using bytes::WireType;

/// Field numbers of TensorProto.
enum Field : std::uint32_t {
    DIMS = 1,
    DATA_TYPE = 2,
    SEGMENT = 3,
    FLOAT_DATA = 4,
    INT32_DATA = 5,
    STRING_DATA = 6,
    INT64_DATA = 7,
    NAME = 8,
    RAW_DATA = 9,
    DOUBLE_DATA = 10,
    UINT64_DATA = 11,
    EXTERNAL_DATA = 13,
    DATA_LOCATION = 14,
};

constexpr std::uint64_t MAX_BYTES = (std::uint64_t{1} << 31) - 1;

/// @return the typed field that holds elements of @p type; 0 for types that we do not decode.
std::uint32_t typed_field(ElementType type) noexcept {
    switch (type) {
    case ElementType::float32:
    case ElementType::complex64:
        return FLOAT_DATA;
    case ElementType::int64:
        return INT64_DATA;
    case ElementType::string:
        return STRING_DATA;
    case ElementType::float64:
    case ElementType::complex128:
        return DOUBLE_DATA;
    case ElementType::uint32:
    case ElementType::uint64:
        return UINT64_DATA;
    case ElementType::uint8:
    case ElementType::int8:
    case ElementType::uint16:
    case ElementType::int16:
    case ElementType::int32:
    case ElementType::boolean:
    case ElementType::float16:
    case ElementType::bfloat16:
    case ElementType::float8e4m3fn:
    case ElementType::float8e4m3fnuz:
    case ElementType::float8e5m2:
    case ElementType::float8e5m2fnuz:
    case ElementType::float8e8m0:
    case ElementType::uint4:
    case ElementType::int4:
    case ElementType::float4e2m1:
    case ElementType::uint2:
    case ElementType::int2:
        return INT32_DATA;
    default:
        return 0;
    }
}

/// Counts the elements of a typed field. @return false when it is malformed.
bool count_elements(const WireField& field, std::uint64_t& count) noexcept {
    const auto one = [&count](auto) noexcept { ++count; };
    switch (field.number) {
    case FLOAT_DATA:
        return for_each_fixed32(field, one);
    case DOUBLE_DATA:
        return for_each_fixed64(field, one);
    case STRING_DATA:
        ++count;
        return field.type == WireType::length_delimited;
    default:
        return for_each_varint(field, one);
    }
}

/// `location` of external_data: a relative path that stays below the model's folder.
bool is_safe_location(std::string_view path) noexcept {
    if (path.empty() || path.front() == '/' || path.front() == '\\' ||
        path.find('\0') != path.npos || (path.size() > 1 && path[1] == ':')) {
        return false;
    }
    while (!path.empty()) {
        const std::size_t end = path.find_first_of("/\\");
        if (path.substr(0, end) == "..") {
            return false;
        }
        path = end == path.npos ? std::string_view{} : path.substr(end + 1);
    }
    return true;
}

/// Reads one entry of external_data. @return false when it is malformed or its path is unsafe.
bool read_external_entry(const WireField& entry) noexcept {
    if (entry.type != WireType::length_delimited) {
        return false;
    }
    std::string_view key;
    std::string_view value;
    WireReader reader{entry.content};
    while (!reader.at_end()) {
        const std::optional<WireField> field = reader.next();
        if (!field) {
            return false;
        }
        if (field->number == 1) {
            key = as_text(field->content);
        } else if (field->number == 2) {
            value = as_text(field->content);
        }
    }
    return key != "location" || is_safe_location(value);
}

/// What read_tensor collects before it compares the parts.
struct Draft {
    TensorProto tensor;
    std::uint64_t typed_elements = 0;
    std::uint32_t typed = 0; ///< the one typed field that occurred with elements
};

Result<void> read_dims(const WireField& field, Dims& dims) noexcept {
    bool negative = false;
    bool too_many = false;
    const bool well_formed = for_each_varint(field, [&](std::uint64_t value) noexcept {
        negative = negative || static_cast<std::int64_t>(value) < 0;
        too_many = too_many || dims.size() >= MAX_RANK;
        if (!too_many) {
            dims.push_back(static_cast<std::int64_t>(value));
        }
    });
    if (!well_formed || negative) {
        return ErrorCode::ONNX_MALFORMED;
    }
    return too_many ? Result<void>{ErrorCode::ONNX_LIMIT} : Result<void>::ok();
}

Result<void> read_field(const WireField& field, Draft& draft) noexcept {
    TensorProto& tensor = draft.tensor;
    switch (field.number) {
    case DIMS:
        return read_dims(field, tensor.dims);
    case DATA_TYPE:
        if (field.type != WireType::varint || field.scalar == 0 || field.scalar > 0xff) {
            return ErrorCode::ONNX_MALFORMED;
        }
        tensor.type = static_cast<ElementType>(field.scalar);
        return Result<void>::ok();
    case NAME:
        if (field.type != WireType::length_delimited || !bytes::is_utf8(as_text(field.content))) {
            return ErrorCode::ONNX_MALFORMED;
        }
        tensor.name = as_text(field.content);
        return Result<void>::ok();
    case RAW_DATA:
        if (field.type != WireType::length_delimited) {
            return ErrorCode::ONNX_MALFORMED;
        }
        tensor.raw = field.content;
        return Result<void>::ok();
    case FLOAT_DATA:
    case INT32_DATA:
    case STRING_DATA:
    case INT64_DATA:
    case DOUBLE_DATA:
    case UINT64_DATA: {
        const std::uint64_t before = draft.typed_elements;
        if (!count_elements(field, draft.typed_elements) ||
            (draft.typed != 0 && draft.typed != field.number)) {
            return ErrorCode::ONNX_MALFORMED;
        }
        if (draft.typed_elements != before) {
            draft.typed = field.number;
        }
        return Result<void>::ok();
    }
    case EXTERNAL_DATA:
        if (!read_external_entry(field)) {
            return ErrorCode::ONNX_MALFORMED;
        }
        tensor.external = true;
        return Result<void>::ok();
    case DATA_LOCATION:
        if (field.type != WireType::varint || field.scalar > 1) {
            return ErrorCode::ONNX_MALFORMED;
        }
        tensor.external = tensor.external || field.scalar == 1;
        return Result<void>::ok();
    case SEGMENT:
        return ErrorCode::ONNX_MALFORMED; // a part of a tensor: the rest would be missing
    default:
        return Result<void>::ok();
    }
}

/// Entries of a typed field, and bytes of raw_data, for @p count elements.
struct Lengths {
    std::uint64_t typed;
    std::uint64_t raw;
};

Lengths lengths(ElementType type, std::uint64_t count) noexcept {
    if (const std::size_t bits = packed_bits(type); bits != 0) {
        const std::uint64_t bytes = (count * bits + 7) / 8;
        return {bytes, bytes};
    }
    const bool complex = type == ElementType::complex64 || type == ElementType::complex128;
    return {complex ? 2 * count : count, count * element_size(type)};
}

/// Elements and dimensions must agree.
Result<void> check_length(const Draft& draft) noexcept {
    const TensorProto& tensor = draft.tensor;
    const std::optional<std::uint64_t> count = element_count(tensor.dims);
    const std::size_t size = element_size(tensor.type);
    if (!count || *count > MAX_BYTES / (size == 0 ? 1 : size)) {
        return ErrorCode::ONNX_LIMIT;
    }
    if (tensor.external) {
        return Result<void>::ok();
    }
    const Lengths expected = lengths(tensor.type, *count);
    if (tensor.raw) {
        const bool fits = size == 0 || tensor.raw->size() == expected.raw;
        const bool alone = draft.typed == 0 && tensor.type != ElementType::string;
        return fits && alone ? Result<void>::ok() : ErrorCode::ONNX_MALFORMED;
    }
    const std::uint32_t field = typed_field(tensor.type);
    if (field == 0) {
        return Result<void>::ok(); // unknown: never decoded
    }
    const bool fits =
        draft.typed_elements == expected.typed && (draft.typed == 0 || draft.typed == field);
    return fits ? Result<void>::ok() : ErrorCode::ONNX_MALFORMED;
}

/// Writes the elements of the typed field as little-endian integers of @p size bytes.
void copy_typed(const TensorProto& proto, std::size_t size, std::uint8_t* out) noexcept {
    const std::uint32_t wanted = typed_field(proto.type);
    const auto put = [&out, size](std::uint64_t bits) noexcept {
        std::memcpy(out, &bits, size);
        out += size;
    };
    WireReader reader{proto.message};
    while (!reader.at_end()) {
        const std::optional<WireField> field = reader.next();
        if (!field || field->number != wanted) {
            continue; // read_tensor has parsed the message before
        }
        switch (wanted) {
        case FLOAT_DATA:
            (void) for_each_fixed32(*field, put);
            break;
        case DOUBLE_DATA:
            (void) for_each_fixed64(*field, put);
            break;
        default:
            (void) for_each_varint(*field, put);
        }
    }
}

/// Spreads the packed bytes at the front of @p data to one element a byte, from the end.
void unpack(ElementType type, std::uint8_t* data, std::size_t count) noexcept {
    const std::size_t bits = packed_bits(type);
    const std::size_t each = 8 / bits;
    const unsigned mask = (1U << bits) - 1;
    const bool is_signed = type == ElementType::int4 || type == ElementType::int2;
    for (std::size_t i = count; i-- > 0;) {
        unsigned value = (static_cast<unsigned>(data[i / each]) >> (bits * (i % each))) & mask;
        if (is_signed && (value >> (bits - 1)) != 0) {
            value |= ~mask;
        }
        data[i] = static_cast<std::uint8_t>(value);
    }
}

void copy_strings(const TensorProto& proto, StringPool& strings, std::uint64_t* out) noexcept {
    WireReader reader{proto.message};
    while (!reader.at_end()) {
        const std::optional<WireField> field = reader.next();
        if (field && field->number == STRING_DATA) {
            *out++ = strings.intern(as_text(field->content));
        }
    }
}

static_assert(std::endian::native == std::endian::little, "tensor elements are little-endian");

} // namespace

Result<TensorProto> read_tensor(BytesView message) noexcept {
    Draft draft;
    draft.tensor.message = message;
    WireReader reader{message};
    while (!reader.at_end()) {
        const std::optional<WireField> field = reader.next();
        if (!field) {
            return ErrorCode::ONNX_MALFORMED;
        }
        if (const Result<void> read = read_field(*field, draft); !read) {
            return read.error();
        }
    }
    TensorProto& tensor = draft.tensor;
    if (tensor.type == ElementType::undefined) {
        return ErrorCode::ONNX_MALFORMED;
    }
    // Writers that always emit raw_data leave it empty beside a typed field.
    if (tensor.raw && tensor.raw->empty() && draft.typed != 0) {
        tensor.raw.reset();
    }
    if (const Result<void> length = check_length(draft); !length) {
        return length.error();
    }
    return std::move(tensor);
}

std::string_view tensor_name(BytesView message) noexcept {
    WireReader reader{message};
    while (!reader.at_end()) {
        const std::optional<WireField> field = reader.next();
        if (!field) {
            break;
        }
        if (field->number == NAME && field->type == WireType::length_delimited &&
            bytes::is_utf8(as_text(field->content))) {
            return as_text(field->content);
        }
    }
    return {};
}

Result<Tensor> decode_tensor(const TensorProto& proto, StringPool& strings) noexcept {
    if (proto.external) {
        return ErrorCode::ONNX_EXTERNAL_DATA;
    }
    const std::size_t size = element_size(proto.type);
    if (size == 0 || typed_field(proto.type) == 0) {
        return ErrorCode::ONNX_UNSUPPORTED_TYPE;
    }
    Result<Tensor> tensor = Tensor::make(proto.type, proto.dims);
    if (!tensor) {
        return tensor;
    }
    const bool complex =
        proto.type == ElementType::complex64 || proto.type == ElementType::complex128;
    const std::size_t unit = complex ? size / 2 : size; // of one entry of the typed field
    if (proto.type == ElementType::string) {
        copy_strings(proto, strings, tensor->as<std::uint64_t>().data());
    } else if (!proto.raw) {
        copy_typed(proto, unit, tensor->elements.data());
    } else if (!proto.raw->empty()) {
        std::memcpy(tensor->elements.data(), proto.raw->data(), proto.raw->size());
    }
    if (packed_bits(proto.type) != 0) {
        unpack(proto.type, tensor->elements.data(), static_cast<std::size_t>(tensor->count()));
    }
    return tensor;
}

std::optional<Tensor> tensor_in_place(const TensorProto& proto,
                                      std::span<std::uint8_t> model) noexcept {
    // Above it the header of raw_data has three bytes or more.
    constexpr std::size_t MIN_BYTES = 4096;
    const std::size_t size = element_size(proto.type);
    if (proto.external || !proto.raw || proto.raw->size() < MIN_BYTES || size > 4 ||
        packed_bits(proto.type) != 0 || typed_field(proto.type) == 0) {
        return std::nullopt;
    }
    std::uint8_t* const first = model.data() + (proto.raw->data() - model.data());
    std::uint8_t* const aligned = first - reinterpret_cast<std::uintptr_t>(first) % size;
    std::memmove(aligned, first, proto.raw->size());
    return Tensor{proto.type, proto.dims, Buffer::view({aligned, proto.raw->size()})};
}

} // namespace assay::onnx
