// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/ics23/proof.hpp"

#include "core/bytes/protobuf.hpp"

namespace assay::chain {
namespace {

using bytes::Varints;
using bytes::WireField;
using bytes::WireReader;
using bytes::WireType;

/// Reads the fields of a message; none but a repeated one may occur twice.
/// @param take (field) → whether the field is known and of its type
template <typename Take>
bool read_message(BytesView message, std::uint32_t repeated, Take take) {
    std::uint32_t seen = 0;
    for (WireReader in{message, Varints::minimal}; !in.at_end();) {
        const auto field = in.next();
        constexpr std::uint32_t MOST = 31;
        if (!field || field->number > MOST)
            return false;
        const std::uint32_t bit = std::uint32_t{1} << field->number;
        if ((seen & bit) != 0 && field->number != repeated)
            return false;
        seen |= bit;
        if (!take(*field))
            return false;
    }
    return true;
}

constexpr std::uint32_t NONE = 0;

bool scalar(const WireField& field, std::uint64_t& out) {
    out = field.scalar;
    return field.type == WireType::varint;
}

bool content(const WireField& field, BytesView& out) {
    out = field.content;
    return field.type == WireType::length_delimited;
}

bool read_leaf(BytesView message, LeafOp& out) {
    return read_message(message, NONE, [&](const WireField& field) {
        switch (field.number) {
        case 1:
            return scalar(field, out.hash);
        case 2:
            return scalar(field, out.prehash_key);
        case 3:
            return scalar(field, out.prehash_value);
        case 4:
            return scalar(field, out.length);
        case 5:
            return content(field, out.prefix);
        default:
            return false;
        }
    });
}

bool read_inner(BytesView message, InnerOp& out) {
    return read_message(message, NONE, [&](const WireField& field) {
        switch (field.number) {
        case 1:
            return scalar(field, out.hash);
        case 2:
            return content(field, out.prefix);
        case 3:
            return content(field, out.suffix);
        default:
            return false;
        }
    });
}

bool read_existence(BytesView message, ExistenceProof& out) {
    constexpr std::uint32_t PATH = 4;
    constexpr std::size_t USUAL_STEPS = 32;
    bool has_leaf = false;
    const bool read = read_message(message, PATH, [&](const WireField& field) {
        BytesView inner;
        switch (field.number) {
        case 1:
            return content(field, out.key);
        case 2:
            return content(field, out.value);
        case 3:
            has_leaf = true;
            return content(field, inner) && read_leaf(inner, out.leaf);
        case PATH: {
            InnerOp step;
            if (!content(field, inner) || !read_inner(inner, step))
                return false;
            if (out.path.empty())
                out.path.reserve(USUAL_STEPS);
            if (out.path.size() <= MAX_ICS23_STEPS) // one more tells that there are too many
                out.path.push_back(step);
            return true;
        }
        default:
            return false;
        }
    });
    return read && has_leaf;
}

bool read_nested(const WireField& field, std::optional<ExistenceProof>& out) {
    BytesView message;
    return content(field, message) && read_existence(message, out.emplace());
}

bool read_absence(BytesView message, CommitmentProof& out) {
    const bool read = read_message(message, NONE, [&](const WireField& field) {
        switch (field.number) {
        case 1:
            return content(field, out.absent_key);
        case 2:
            return read_nested(field, out.left);
        case 3:
            return read_nested(field, out.right);
        default:
            return false;
        }
    });
    return read && (out.left || out.right);
}

} // namespace

Result<CommitmentProof> CommitmentProof::parse(BytesView bytes) noexcept {
    constexpr std::uint32_t EXIST = 1;
    constexpr std::uint32_t NONEXIST = 2;
    if (bytes.size() > MAX_ICS23_BYTES)
        return Error{ErrorCode::CHAIN_LIMIT_EXCEEDED, "proof"};
    CommitmentProof proof;
    WireReader in{bytes, Varints::minimal};
    const auto field = in.at_end() ? std::nullopt : in.next();
    const bool read = field && in.at_end() &&
                      ((field->number == EXIST && read_nested(*field, proof.exist)) ||
                       (field->number == NONEXIST && field->type == WireType::length_delimited &&
                        read_absence(field->content, proof)));
    if (!read)
        return ErrorCode::ICS23_PROOF_MALFORMED;
    return proof;
}

} // namespace assay::chain
