// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/cbor.hpp"

#include "core/base/sort.hpp"
#include "core/bytes/utf8.hpp"

#include <cbor.h>

#include <algorithm>
#include <limits>
#include <string>

namespace assay::bytes {
namespace {

constexpr std::uint8_t BREAK = 0xff;

/// The first bytes of an item: its type and argument (RFC 8949 §3).
struct Head {
    CborKind kind;
    bool indefinite;
    std::uint64_t argument;
    std::size_t size; ///< bytes of the head itself
};

std::size_t head_size(std::uint8_t initial_byte) {
    const unsigned info = initial_byte & 0x1fU;
    return info < 24 || info == 31 ? 1 : 1 + (std::size_t{1} << (info - 24));
}

/// Length of a string or container. One beyond size_t becomes the largest value: no input has it.
std::uint64_t declared_length(const CborValue& value) {
    std::size_t length = 0;
    CborError error = CborNoError;
    if (cbor_value_is_array(&value)) {
        error = cbor_value_get_array_length(&value, &length);
    } else if (cbor_value_is_map(&value)) {
        error = cbor_value_get_map_length(&value, &length);
    } else {
        error = cbor_value_get_string_length(&value, &length);
    }
    return error == CborNoError ? length : std::numeric_limits<std::uint64_t>::max();
}

/// @return nothing when @p rest begins with no head of the subset.
std::optional<Head> read_head(BytesView rest) {
    CborParser parser;
    CborValue value;
    if (rest.empty() ||
        cbor_parser_init(rest.data(), rest.size(), 0, &parser, &value) != CborNoError) {
        return std::nullopt;
    }
    Head head{CborKind::null, false, 0, head_size(rest[0])};
    switch (cbor_value_get_type(&value)) {
    case CborIntegerType:
        head.kind = cbor_value_is_unsigned_integer(&value) ? CborKind::unsigned_integer
                                                           : CborKind::negative_integer;
        cbor_value_get_raw_integer(&value, &head.argument);
        return head;
    case CborByteStringType:
    case CborTextStringType:
        if (!cbor_value_is_length_known(&value)) {
            return std::nullopt;
        }
        head.kind =
            cbor_value_is_text_string(&value) ? CborKind::text_string : CborKind::byte_string;
        head.argument = declared_length(value);
        return head;
    case CborArrayType:
    case CborMapType:
        head.kind = cbor_value_is_map(&value) ? CborKind::map : CborKind::array;
        head.indefinite = !cbor_value_is_length_known(&value);
        head.argument = head.indefinite ? 0 : declared_length(value);
        return head;
    case CborBooleanType: {
        bool is_true = false;
        cbor_value_get_boolean(&value, &is_true);
        head.kind = CborKind::boolean;
        head.argument = is_true ? 1 : 0;
        return head;
    }
    case CborNullType:
        return head;
    default:
        return std::nullopt; // tags, floats, undefined, other simple values
    }
}

bool is_container(CborKind kind) {
    return kind == CborKind::array || kind == CborKind::map;
}

bool is_key(CborKind kind) {
    return kind == CborKind::unsigned_integer || kind == CborKind::negative_integer ||
           kind == CborKind::text_string;
}

/// An order of keys in which only equal ones are equivalent; of texts, the shorter comes first.
bool key_before(const CborNode* a, const CborNode* b) {
    if (a->kind != b->kind || a->number != b->number) {
        return a->kind != b->kind ? a->kind < b->kind : a->number < b->number;
    }
    return as_text(a->bytes) < as_text(b->bytes);
}

/// An open container.
struct Frame {
    std::size_t node;
    bool is_map;
    bool indefinite;
    bool awaits_value; ///< a key of the map was read, its value was not
    std::uint64_t declared;
    std::uint64_t met; ///< elements, or pairs whose key was met
};

/// Walks the item without recursion: one frame for each open container.
class Parser {
public:
    Parser(BytesView input, const CborRules& rules) : input_{input}, rules_{rules} {}

    std::optional<ErrorCode> run() {
        do {
            if (const auto error = meet_element()) {
                return error;
            }
            if (const auto error = read_item()) {
                return error;
            }
            if (const auto error = close_containers()) {
                return error;
            }
        } while (!open_.empty());
        return position_ == input_.size() ? std::nullopt : std::optional{rules_.malformed};
    }

    std::size_t position() const { return position_; }
    std::vector<CborNode> take() { return std::move(nodes_); }

private:
    /// Limits of depth and number, before the element's first byte is looked at.
    std::optional<ErrorCode> meet_element() {
        if (open_.size() > rules_.depth || nodes_.size() == rules_.items) {
            return rules_.limit;
        }
        if (!open_.empty() && !open_.back().awaits_value) {
            if (open_.back().met == rules_.elements) {
                return rules_.limit;
            }
            ++open_.back().met;
        }
        return std::nullopt;
    }

    std::optional<ErrorCode> read_item() {
        const auto head = read_head(input_.subspan(position_));
        const bool key = !open_.empty() && open_.back().is_map && !open_.back().awaits_value;
        if (!head || (key && !is_key(head->kind))) {
            return rules_.malformed;
        }
        if (is_container(head->kind)) {
            if (head->argument > rules_.elements) {
                return rules_.limit;
            }
            open_.push_back({nodes_.size(), head->kind == CborKind::map, head->indefinite, false,
                             head->argument, 0});
            nodes_.push_back({head->kind, 0, {}, 1});
            position_ += head->size;
            return std::nullopt;
        }
        CborNode node{head->kind, head->argument, {}, 1};
        position_ += head->size;
        if (head->kind == CborKind::byte_string || head->kind == CborKind::text_string) {
            if (head->argument > input_.size() - position_) {
                return rules_.malformed;
            }
            node.bytes = input_.subspan(position_, static_cast<std::size_t>(head->argument));
            position_ += node.bytes.size();
            if (head->kind == CborKind::text_string && !is_utf8(as_text(node.bytes))) {
                return rules_.malformed;
            }
        }
        nodes_.push_back(node);
        finish_item();
        return std::nullopt;
    }

    /// Tells the container of the last item that this is complete.
    void finish_item() {
        if (!open_.empty() && open_.back().is_map) {
            open_.back().awaits_value = !open_.back().awaits_value;
        }
    }

    /// Whether two keys of a complete map are the same: neighbours, once they are sorted.
    bool repeats_key(const Frame& map) const {
        std::vector<const CborNode*> keys;
        for (std::size_t key = map.node + 1; key < nodes_.size(); key += 1 + nodes_[key + 1].span) {
            keys.push_back(&nodes_[key]);
        }
        const auto order = sorted_order<key_before>(keys);
        for (std::size_t i = 1; i < order.size(); ++i) {
            if (!key_before(keys[order[i - 1]], keys[order[i]])) {
                return true;
            }
        }
        return false;
    }

    std::optional<ErrorCode> close_containers() {
        while (!open_.empty()) {
            const Frame& top = open_.back();
            if (top.indefinite) {
                if (position_ == input_.size()) {
                    return rules_.malformed;
                }
                if (input_[position_] != BREAK) {
                    return std::nullopt;
                }
                if (top.awaits_value) {
                    return rules_.malformed;
                }
                ++position_;
            } else if (top.met != top.declared || top.awaits_value) {
                return std::nullopt;
            }
            if (top.is_map && repeats_key(top)) {
                return rules_.malformed;
            }
            nodes_[top.node].number = top.met;
            nodes_[top.node].span = nodes_.size() - top.node;
            open_.pop_back();
            finish_item();
        }
        return std::nullopt;
    }

    BytesView input_;
    const CborRules& rules_;
    std::size_t position_ = 0;
    std::vector<Frame> open_;
    std::vector<CborNode> nodes_;
};

} // namespace

std::optional<CborItem> CborItem::find(std::string_view key) const noexcept {
    CborItem item{node_ + 1};
    for (std::size_t i = 0; i < size(); ++i, item = item.next().next()) {
        if (item.is(CborKind::text_string) && item.text() == key) {
            return item.next();
        }
    }
    return std::nullopt;
}

std::optional<CborItem> CborItem::find(std::uint64_t key) const noexcept {
    CborItem item{node_ + 1};
    for (std::size_t i = 0; i < size(); ++i, item = item.next().next()) {
        if (item.is(CborKind::unsigned_integer) && item.number() == key) {
            return item.next();
        }
    }
    return std::nullopt;
}

Result<CborTree> CborTree::parse(BytesView input, const CborRules& rules) noexcept {
    Parser parser{input, rules};
    if (const auto code = parser.run()) {
        return Error{*code, "byte " + std::to_string(parser.position())};
    }
    return CborTree{parser.take()};
}

} // namespace assay::bytes
