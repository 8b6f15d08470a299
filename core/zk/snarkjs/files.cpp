// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/snarkjs/files.hpp"

#include <algorithm>

namespace assay::zk {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr Number TOO_LARGE = {~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0},
                              ~std::uint64_t{0}};

bool is_digits(std::string_view text) noexcept {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Digits without a leading zero. What does not fit into 256 bits is TOO_LARGE, which no field has.
std::optional<Number> from_digits(std::string_view text) noexcept {
    if (!is_digits(text) || (text.size() > 1 && text[0] == '0'))
        return std::nullopt;
    Number number{};
    for (const char digit : text) {
        auto carry = static_cast<std::uint64_t>(digit - '0');
        for (std::uint64_t& word : number) { // by halves: a product has 64 bits
            const std::uint64_t low = (word & 0xffffffff) * 10 + carry;
            const std::uint64_t high = (word >> 32) * 10 + (low >> 32);
            word = high << 32 | (low & 0xffffffff);
            carry = high >> 32;
        }
        if (carry != 0)
            return TOO_LARGE;
    }
    return number;
}

/// A decimal string, or an integer token up to 2^53 - 1.
std::optional<Number> read_number(const JsonValue& value) noexcept {
    if (value.is(JsonKind::string))
        return from_digits(value.string());
    if (!value.is(JsonKind::number))
        return std::nullopt;
    const auto number = from_digits(value.raw());
    if (!number || !math::less(*number, Number{std::uint64_t{1} << 53}))
        return std::nullopt;
    return number;
}

bool read_list(const JsonValue& value, std::span<Number> out) noexcept {
    if (!value.is(JsonKind::array) || value.items().size() != out.size())
        return false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto number = read_number(value.items()[i]);
        if (!number)
            return false;
        out[i] = *number;
    }
    return true;
}

constexpr Number ZERO{};
constexpr Number ONE{1};

bool read_g1(const JsonValue& value, RawG1& out) noexcept {
    std::array<Number, 3> xyz;
    if (!read_list(value, xyz))
        return false;
    out = {xyz[0], xyz[1], xyz[2] == ZERO};
    return out.infinity ? xyz[0] == ZERO && xyz[1] == ONE : xyz[2] == ONE;
}

bool read_g2(const JsonValue& value, RawG2& out) noexcept {
    std::array<Number, 2> z;
    if (!value.is(JsonKind::array) || value.items().size() != 3 ||
        !read_list(value.items()[0], out.x) || !read_list(value.items()[1], out.y) ||
        !read_list(value.items()[2], z) || z[1] != ZERO)
        return false;
    out.infinity = z[0] == ZERO;
    return out.infinity
               ? out.x[0] == ZERO && out.x[1] == ZERO && out.y[0] == ONE && out.y[1] == ZERO
               : z[0] == ONE;
}

bool too_deep(std::string_view text, std::size_t limit) noexcept {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\')
                ++i;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > limit)
                return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

} // namespace

Result<JsonValue> read_zk_json(std::string_view text, std::size_t max_bytes, std::size_t depth,
                               ErrorCode malformed) noexcept {
    if (text.size() > max_bytes || too_deep(text, depth))
        return ErrorCode::ZK_LIMIT;
    auto value = bytes::parse_json(text, malformed);
    if (!value && value.error().code == ErrorCode::INPUT_LIMIT)
        return ErrorCode::ZK_LIMIT;
    return value;
}

Fields::Fields(const JsonValue& object) noexcept : object_{&object} {
    if (!object.is(JsonKind::object))
        failed_ = "";
}

const JsonValue* Fields::find(const char* name) noexcept {
    const JsonValue* value = object_->find(name);
    if (value == nullptr && failed_ == nullptr)
        failed_ = name;
    return value;
}

Number Fields::number(const char* name) noexcept {
    const JsonValue* value = find(name);
    const auto number = value == nullptr ? std::nullopt : read_number(*value);
    if (!number && failed_ == nullptr)
        failed_ = name;
    return number.value_or(Number{});
}

std::optional<std::uint64_t> Fields::count(const char* name) noexcept {
    const JsonValue* value = find(name);
    if (value != nullptr && !value->is(JsonKind::number)) {
        failed_ = failed_ == nullptr ? name : failed_;
        return std::nullopt;
    }
    if (value != nullptr && value->raw()[0] == '-' && from_digits(value->raw().substr(1)))
        return std::nullopt;
    const Number wide = number(name);
    return math::less(wide, Number{std::uint64_t{1} << 53}) ? wide[0] : std::uint64_t{1} << 53;
}

RawG1 Fields::g1(const char* name) noexcept {
    RawG1 out;
    const JsonValue* value = find(name);
    if (value != nullptr && !read_g1(*value, out) && failed_ == nullptr)
        failed_ = name;
    return out;
}

RawG2 Fields::g2(const char* name) noexcept {
    RawG2 out;
    const JsonValue* value = find(name);
    if (value != nullptr && !read_g2(*value, out) && failed_ == nullptr)
        failed_ = name;
    return out;
}

std::vector<RawG1> Fields::g1_list(const char* name) noexcept {
    std::vector<RawG1> out;
    const JsonValue* value = find(name);
    if (value == nullptr)
        return out;
    bool good = value->is(JsonKind::array);
    if (good) {
        for (const JsonValue& item : value->items())
            good = read_g1(item, out.emplace_back()) && good;
    }
    if (!good && failed_ == nullptr)
        failed_ = name;
    return out;
}

Fields Fields::object(const char* name) noexcept {
    const JsonValue* value = find(name);
    Fields inner{value == nullptr ? *object_ : *value};
    if (value == nullptr)
        inner.failed_ = name;
    return inner;
}

Result<void> Fields::outcome() const noexcept {
    if (failed_ != nullptr)
        return Error{ErrorCode::ZK_MALFORMED, failed_};
    return Result<void>::ok();
}

Result<std::vector<Number>> read_publics(const JsonValue& file) noexcept {
    if (!file.is(JsonKind::array))
        return Error{ErrorCode::ZK_MALFORMED, "public"};
    if (file.items().size() > SNARK_MAX_PUBLIC)
        return Error{ErrorCode::ZK_LIMIT, "public"};
    std::vector<Number> out(file.items().size());
    if (!read_list(file, out))
        return Error{ErrorCode::ZK_MALFORMED, "public"};
    return out;
}

Result<void> check_protocol(const JsonValue& key, const JsonValue& proof,
                            std::string_view protocol) noexcept {
    const auto check = [&](const JsonValue& file, bool optional) -> Result<void> {
        const JsonValue* name = file.find("protocol");
        const JsonValue* curve = file.find("curve");
        for (const JsonValue* value : {name, curve}) {
            if (value == nullptr ? !optional : !value->is(JsonKind::string))
                return Error{ErrorCode::ZK_MALFORMED, value == name ? "protocol" : "curve"};
        }
        if ((name != nullptr && name->string() != protocol) ||
            (curve != nullptr && curve->string() != "bn128" && curve->string() != "bn254"))
            return ErrorCode::ZK_VERSION_UNSUPPORTED;
        return Result<void>::ok();
    };
    if (const auto good = check(key, false); !good)
        return good;
    return check(proof, true);
}

Result<G1> to_point(const RawG1& raw, ErrorCode infinity) noexcept {
    if (raw.infinity) {
        if (infinity != ErrorCode{})
            return infinity;
        return G1{};
    }
    const auto point = g1_from(raw.x, raw.y);
    if (!point)
        return ErrorCode::ZK_POINT_INVALID;
    return *point;
}

Result<PreparedG2> to_point(const RawG2& raw, ErrorCode infinity) noexcept {
    if (raw.infinity)
        return infinity;
    auto point = g2_from(raw.x, raw.y);
    if (!point)
        return ErrorCode::ZK_POINT_INVALID;
    return *std::move(point);
}

Result<FixedG2Pointer> to_fixed_point(const RawG2& raw) noexcept {
    if (raw.infinity)
        return ErrorCode::ZK_VK_INVALID;
    auto point = fixed_g2_from(raw.x, raw.y);
    if (!point)
        return ErrorCode::ZK_POINT_INVALID;
    return point;
}

Result<Fr> to_scalar(const Number& raw) noexcept {
    if (!math::less(raw, FrPrime::WORDS))
        return ErrorCode::ZK_SCALAR_OUT_OF_RANGE;
    return fr_from(raw);
}

Result<std::vector<Fr>> to_publics(const std::vector<Number>& raw,
                                   std::uint64_t expected) noexcept {
    if (raw.size() != expected)
        return ErrorCode::ZK_PUBLIC_COUNT;
    std::vector<Fr> out;
    out.reserve(raw.size());
    for (const Number& each : raw) {
        const auto scalar = to_scalar(each);
        if (!scalar)
            return scalar.error();
        out.push_back(*scalar);
    }
    return out;
}

Result<SnarkTrees> read_trees(const SnarkFiles& files) noexcept {
    const auto read = [](std::string_view text) {
        return read_zk_json(text, SNARK_FILE_BYTES, SNARK_JSON_DEPTH, ErrorCode::ZK_MALFORMED);
    };
    auto key = read(files.key);
    if (!key)
        return key.error();
    auto publics = read(files.publics);
    if (!publics)
        return publics.error();
    auto proof = read(files.proof);
    if (!proof)
        return proof.error();
    return SnarkTrees{*std::move(key), *std::move(publics), *std::move(proof)};
}

Result<std::vector<Number>> verify_snark(ToEquation system, const SnarkFiles& files) noexcept {
    auto claim = system(files);
    if (!claim)
        return claim.error();
    if (!claim->equation.holds())
        return ErrorCode::ZK_PROOF_INVALID;
    return std::move(claim->publics);
}

} // namespace assay::zk
