// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/eip712.hpp"

#include "core/base/limits.hpp"
#include "core/bytes/json.hpp"
#include "core/hash/keccak256.hpp"
#include "core/signatures/eip712_types.hpp"
#include "core/signatures/eip712_value.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::signatures {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;
using Kind = Eip712Base::Kind;

constexpr std::string_view DOMAIN_TYPE = "EIP712Domain";

struct DomainField {
    std::string_view name;
    std::string_view type;
    Eip712Base base;
};

/// In the standard's order (EIP-712 "Definition of domainSeparator").
constexpr std::array<DomainField, 5> DOMAIN_FIELDS = {{
    {"name", "string", {Kind::string, 0}},
    {"version", "string", {Kind::string, 0}},
    {"chainId", "uint256", {Kind::uint, 256}},
    {"verifyingContract", "address", {Kind::address, 0}},
    {"salt", "bytes32", {Kind::fixed_bytes, 32}},
}};

void append(Bytes& out, const Hash32& word) {
    out.insert(out.end(), word.begin(), word.end());
}

Error invalid(std::string_view path) {
    return {ErrorCode::TYPED_DATA_INVALID, path};
}

/// encodeData of a message. Recursion goes one step for each container of the value, of which the
/// JSON reader allows limits::JSON_DEPTH.
class Encoder {
public:
    explicit Encoder(Eip712Types& types) : types_{types} {}

    /// Appends type hash ‖ encoded members. @return false when there is an error().
    bool encode_struct(Bytes& out, std::size_t index, const JsonValue& value) {
        if (!value.is(JsonKind::object))
            return false;
        append(out, types_.type_hash(index));
        const auto& typed = types_.members(index);
        const auto given = value.members();
        for (std::size_t i = 0; i < typed.size(); ++i) {
            const Eip712Member& member = typed[i];
            // Almost always in the order of the type.
            const JsonValue* found = i < given.size() && given[i].name == member.name
                                         ? &given[i].value
                                         : value.find(member.name);
            steps_.push_back({member.name, 0});
            if (found == nullptr || !encode(out, member.base, member.suffixes, *found))
                return false;
            steps_.pop_back();
        }
        return given.size() == typed.size() || note_untyped(typed, given);
    }

    /// Why and where the encoding ended.
    [[nodiscard]] Error error() const { return {code_, path()}; }
    [[nodiscard]] std::vector<std::string> untyped() && { return std::move(untyped_); }

private:
    struct Step {
        std::string_view name; ///< empty: an element
        std::size_t index;
    };

    /// One word: the value itself, or the hash of what it holds.
    bool encode(Bytes& out, Eip712Base base, std::string_view suffixes, const JsonValue& value) {
        if (suffixes.empty() && base.kind != Kind::structure) {
            const auto word = encode_atomic(base, value);
            if (word)
                append(out, *word);
            return word.has_value();
        }
        Bytes content;
        if (suffixes.empty() ? !encode_struct(content, base.size, value)
                             : !encode_array(content, base, suffixes, value))
            return false;
        append(out, hash::keccak256(content));
        return true;
    }

    bool encode_array(Bytes& out, Eip712Base base, std::string_view suffixes,
                      const JsonValue& value) {
        if (!value.is(JsonKind::array))
            return false;
        const std::size_t outermost = suffixes.rfind('[');
        const std::string_view count =
            suffixes.substr(outermost + 1, suffixes.size() - outermost - 2);
        const auto items = value.items();
        if (!count.empty() && count != std::to_string(items.size()))
            return false;
        for (std::size_t i = 0; i < items.size(); ++i) {
            steps_.push_back({{}, i});
            if (!encode(out, base, suffixes.substr(0, outermost), items[i]))
                return false;
            steps_.pop_back();
        }
        return true;
    }

    bool note_untyped(const std::vector<Eip712Member>& typed, std::span<const JsonMember> given) {
        for (const JsonMember& member : given) {
            if (std::any_of(typed.begin(), typed.end(),
                            [&](const Eip712Member& known) { return known.name == member.name; }))
                continue;
            if (untyped_.size() == MAX_UNTYPED_MEMBERS) {
                code_ = ErrorCode::INPUT_LIMIT;
                return false;
            }
            untyped_.push_back(path() + '.' + member.name);
        }
        return true;
    }

    [[nodiscard]] std::string path() const {
        std::string text = "message";
        for (const Step& step : steps_) {
            if (step.name.empty())
                text += '[' + std::to_string(step.index) + ']';
            else
                text.append(1, '.').append(step.name);
        }
        return text;
    }

    Eip712Types& types_;
    ErrorCode code_ = ErrorCode::TYPED_DATA_INVALID;
    std::vector<Step> steps_;
    std::vector<std::string> untyped_;
};

/// @return hashStruct of the domain over exactly the members that it has.
Result<Hash32> domain_separator(const JsonValue& domain, const Eip712Types& types) {
    if (!domain.is(JsonKind::object))
        return invalid("domain");
    std::string type{DOMAIN_TYPE};
    type += '(';
    Bytes words;
    std::size_t known = 0;
    const auto declared = types.find(DOMAIN_TYPE);
    for (const DomainField& field : DOMAIN_FIELDS) {
        const JsonValue* value = domain.find(field.name);
        if (value == nullptr)
            continue;
        const auto word = encode_atomic(field.base, *value);
        if (!word)
            return invalid("domain." + std::string{field.name});
        append(words, *word);
        if (declared && (types.members(*declared).size() <= known ||
                         types.members(*declared)[known].name != field.name ||
                         types.members(*declared)[known].type != field.type))
            return invalid("types.EIP712Domain");
        if (known++ > 0)
            type += ',';
        type += field.type;
        type += ' ';
        type += field.name;
    }
    type += ')';
    if (known != domain.members().size())
        return invalid("domain");
    if (declared && types.members(*declared).size() != known)
        return invalid("types.EIP712Domain");
    hash::Keccak256 hash;
    return hash.update(hash::keccak256(as_bytes(type))).update(words).finish();
}

} // namespace

Hash32 personal_message_digest(BytesView message) noexcept {
    return hash::Keccak256{}
        .update(as_bytes("\x19"
                         "Ethereum Signed Message:\n" +
                         std::to_string(message.size())))
        .update(message)
        .finish();
}

Result<TypedData> hash_typed_data(std::string_view json) noexcept {
    if (json.size() > limits::TEXT_BYTES)
        return ErrorCode::INPUT_LIMIT;
    const auto root = bytes::parse_json(json, ErrorCode::TYPED_DATA_INVALID);
    if (!root)
        return root.error();
    const JsonValue* domain = root->find("domain");
    const JsonValue* type_list = root->find("types");
    const JsonValue* primary = root->find("primaryType");
    const JsonValue* message = root->find("message");
    if (domain == nullptr || type_list == nullptr || primary == nullptr || message == nullptr ||
        root->members().size() != 4 || !primary->is(JsonKind::string))
        return ErrorCode::TYPED_DATA_INVALID;

    auto types = Eip712Types::parse(*type_list);
    if (!types)
        return types.error();
    const auto index = types->find(primary->string());
    // A message that is itself a domain has a digest of another form, which no contract checks.
    if (!index || primary->string() == DOMAIN_TYPE)
        return invalid("primaryType");
    const auto separator = domain_separator(*domain, *types);
    if (!separator)
        return separator.error();

    TypedData result;
    Encoder encoder{*types};
    if (!encoder.encode_struct(result.encoded, *index, *message))
        return encoder.error();
    result.primary_type = primary->string();
    result.encode_type = types->encode_type(*index);
    result.type_hash = types->type_hash(*index);
    result.domain_separator = *separator;
    result.struct_hash = hash::keccak256(result.encoded);
    hash::Keccak256 digest;
    result.digest = digest.update(as_bytes(std::string_view{"\x19\x01", 2}))
                        .update(result.domain_separator)
                        .update(result.struct_hash)
                        .finish();
    result.not_covered = std::move(encoder).untyped();
    return result;
}

} // namespace assay::signatures
