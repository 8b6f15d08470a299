// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/eip712_types.hpp"

#include "core/base/sort.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>

namespace assay::signatures {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;
using Kind = Eip712Base::Kind;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Anything else in a name would let one encodeType stand for two sets of types.
bool is_identifier(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
               is_digit(c);
    };
    return !name.empty() && !is_digit(name.front()) && std::all_of(name.begin(), name.end(), fits);
}

/// A width without leading zeros; 0 when @p digits is none or it is above 999.
unsigned width(std::string_view digits) {
    if (digits.empty() || digits.size() > 3 || digits.front() == '0')
        return 0;
    unsigned value = 0;
    for (const char digit : digits) {
        if (!is_digit(digit))
            return 0;
        value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
}

struct Family {
    std::string_view prefix;
    Kind kind;
    unsigned unit; ///< the width is a multiple of it,
    unsigned most; ///< and at most this
};

constexpr Family FAMILIES[] = {
    {"uint", Kind::uint, 8, 256}, {"int", Kind::int_, 8, 256}, {"bytes", Kind::fixed_bytes, 1, 32}};

struct Plain {
    std::string_view name;
    Kind kind;
};

constexpr Plain PLAIN[] = {{"bytes", Kind::bytes},
                           {"string", Kind::string},
                           {"bool", Kind::boolean},
                           {"address", Kind::address}};

/// The family of `uint`, `uint8`, `uint7` …: such a name is never that of a struct.
const Family* family_of(std::string_view name) {
    const auto* found =
        std::find_if(std::begin(FAMILIES), std::end(FAMILIES), [&](const Family& f) {
            return name.starts_with(f.prefix) &&
                   std::all_of(name.begin() + static_cast<std::ptrdiff_t>(f.prefix.size()),
                               name.end(), is_digit);
        });
    return found == std::end(FAMILIES) ? nullptr : found;
}

const Plain* plain_of(std::string_view name) {
    const auto* found = std::find_if(std::begin(PLAIN), std::end(PLAIN),
                                     [&](const Plain& p) { return p.name == name; });
    return found == std::end(PLAIN) ? nullptr : found;
}

/// Any number of `[]` and `[n]`; n up to nine digits without leading zeros.
bool are_suffixes(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = text.find(']');
        if (text.front() != '[' || end == std::string_view::npos)
            return false;
        const std::string_view count = text.substr(1, end - 1);
        if (count.size() > 9 || (count.size() > 1 && count.front() == '0') ||
            !std::all_of(count.begin(), count.end(), is_digit))
            return false;
        text.remove_prefix(end + 1);
    }
    return true;
}

Error invalid(std::string_view name) {
    return {ErrorCode::TYPED_DATA_INVALID, "types." + std::string{name}};
}

} // namespace

std::optional<std::size_t> Eip712Types::find(std::string_view name) const noexcept {
    const auto at =
        std::lower_bound(structs_.begin(), structs_.end(), name,
                         [](const Struct& s, std::string_view n) { return s.name < n; });
    if (at == structs_.end() || at->name != name)
        return std::nullopt;
    return static_cast<std::size_t>(at - structs_.begin());
}

std::optional<Eip712Base> Eip712Types::base_of(std::string_view name) const noexcept {
    if (const Plain* plain = plain_of(name))
        return Eip712Base{plain->kind, 0};
    if (const Family* family = family_of(name)) {
        const unsigned size = width(name.substr(family->prefix.size()));
        if (size == 0 || size > family->most || size % family->unit != 0)
            return std::nullopt;
        return Eip712Base{family->kind, static_cast<std::uint16_t>(size)};
    }
    const auto index = find(name);
    if (!index)
        return std::nullopt;
    return Eip712Base{Kind::structure, static_cast<std::uint16_t>(*index)};
}

bool Eip712Types::read_members(Struct& into, const JsonValue& list) const noexcept {
    if (!list.is(JsonKind::array))
        return false;
    for (const JsonValue& item : list.items()) {
        const JsonValue* name = item.find("name");
        const JsonValue* type = item.find("type");
        if (name == nullptr || type == nullptr || item.members().size() != 2 ||
            !name->is(JsonKind::string) || !type->is(JsonKind::string) ||
            !is_identifier(name->string()))
            return false;
        const std::string_view text = type->string();
        const std::string_view element = text.substr(0, text.find('['));
        const std::string_view suffixes = text.substr(element.size());
        const auto base = base_of(element);
        const bool repeated =
            std::any_of(into.members.begin(), into.members.end(),
                        [&](const Eip712Member& member) { return member.name == name->string(); });
        if (!base || repeated || !are_suffixes(suffixes))
            return false;
        if (base->kind == Kind::structure)
            into.uses.set(base->size);
        into.members.push_back({name->string(), text, suffixes, *base});
    }
    return true;
}

/// Makes `uses` transitive (Warshall). @return false when a struct contains itself.
bool Eip712Types::close_over_uses() noexcept {
    for (std::size_t via = 0; via < structs_.size(); ++via)
        for (Struct& from : structs_)
            if (from.uses.test(via))
                from.uses |= structs_[via].uses;
    for (std::size_t i = 0; i < structs_.size(); ++i)
        if (structs_[i].uses.test(i))
            return false;
    return true;
}

Result<Eip712Types> Eip712Types::parse(const JsonValue& types) noexcept {
    if (!types.is(JsonKind::object))
        return Error{ErrorCode::TYPED_DATA_INVALID, "types"};
    if (types.raw().size() > MAX_TEXT || types.members().size() > MAX_STRUCTS)
        return Error{ErrorCode::INPUT_LIMIT, "types"};
    Eip712Types table;
    constexpr auto BY_NAME = [](const JsonMember& a, const JsonMember& b) {
        return a.name < b.name;
    };
    for (const std::uint32_t at : sorted_order<BY_NAME>(types.members())) {
        const JsonMember& type = types.members()[at];
        if (!is_identifier(type.name) || plain_of(type.name) != nullptr ||
            family_of(type.name) != nullptr)
            return invalid(type.name);
        if (type.value.is(JsonKind::array) && type.value.items().size() > MAX_MEMBERS)
            return Error{ErrorCode::INPUT_LIMIT, "types." + type.name};
        table.structs_.push_back({.name = type.name});
    }
    for (const JsonMember& type : types.members())
        if (!table.read_members(table.structs_[*table.find(type.name)], type.value))
            return invalid(type.name);
    if (!table.close_over_uses())
        return Error{ErrorCode::TYPED_DATA_INVALID, "types"};
    return table;
}

std::string Eip712Types::encode_type(std::size_t index) const noexcept {
    std::string text;
    const auto append = [&](const Struct& type) {
        text += type.name;
        text += '(';
        for (const Eip712Member& member : type.members) {
            if (text.back() != '(')
                text += ',';
            text += member.type;
            text += ' ';
            text += member.name;
        }
        text += ')';
    };
    append(structs_[index]);
    for (std::size_t i = 0; i < structs_.size(); ++i)
        if (structs_[index].uses.test(i))
            append(structs_[i]);
    return text;
}

const Hash32& Eip712Types::type_hash(std::size_t index) noexcept {
    std::optional<Hash32>& hash = structs_[index].type_hash;
    if (!hash)
        hash = hash::keccak256(as_bytes(encode_type(index)));
    return *hash;
}

} // namespace assay::signatures
