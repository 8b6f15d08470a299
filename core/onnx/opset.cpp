// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/opset.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace assay::onnx {
namespace {

using enum Domain;
constexpr int VARIADIC = 100'000;

/// Functions of the operators that this build leaves out, with commas between them
/// (core/cmake/infer_families.cmake).
constexpr std::string_view DROPPED = ASSAY_DROPPED_OPERATORS;

constexpr bool is_built(std::string_view run) noexcept {
    std::string_view rest = DROPPED;
    while (!rest.empty()) {
        const std::string_view name = rest.substr(0, rest.find(','));
        if (name == run) {
            return false;
        }
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    }
    return true;
}

/// In the order of Op.
constexpr std::array SCHEMAS = {
#define X(id, domain, name, oldest, min_inputs, max_inputs, max_outputs, attributes, run)          \
    OpSchema{Op::id,     domain,      name,       oldest,        min_inputs,                       \
             max_inputs, max_outputs, attributes, is_built(#run)},
#include "core/onnx/ops.def"
#undef X
};

AttributeKind kind_of(char letter) noexcept {
    switch (letter) {
    case 'f':
        return AttributeKind::real;
    case 'i':
        return AttributeKind::integer;
    case 's':
        return AttributeKind::string;
    case 't':
        return AttributeKind::tensor;
    case 'g':
        return AttributeKind::graph;
    case 'F':
        return AttributeKind::reals;
    case 'I':
        return AttributeKind::integers;
    case 'S':
        return AttributeKind::strings;
    case 'T':
        return AttributeKind::type;
    default:
        return AttributeKind::sparse_tensor;
    }
}

} // namespace

const OpSchema* find_schema(std::string_view domain, std::string_view name) noexcept {
    const Domain wanted = domain.empty()              ? ONNX
                          : domain == "ai.onnx.ml"    ? ML
                          : domain == "com.microsoft" ? MICROSOFT
                                                      : FUSED;
    if (wanted == FUSED) {
        return nullptr;
    }
    const auto found = std::find_if(SCHEMAS.begin(), SCHEMAS.end(), [&](const OpSchema& row) {
        return row.is_built && row.name == name && row.domain == wanted;
    });
    return found == SCHEMAS.end() ? nullptr : &*found;
}

const OpSchema& schema(Op op) noexcept {
    return SCHEMAS[static_cast<std::size_t>(op)];
}

std::optional<AttributeRule> attribute_rule(const OpSchema& schema,
                                            std::string_view name) noexcept {
    std::string_view rest = schema.attributes;
    while (!rest.empty()) {
        const std::string_view entry = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
        const std::size_t colon = entry.find(':');
        if (entry.substr(0, colon) != name) {
            continue;
        }
        AttributeRule rule{kind_of(entry[colon + 1]), 1};
        if (const std::size_t at = entry.find('@'); at != entry.npos) {
            (void) std::from_chars(entry.data() + at + 1, entry.data() + entry.size(), rule.since);
        }
        if (const std::size_t at = entry.find('='); at != entry.npos) {
            rule.choices = entry.substr(at + 1);
        }
        return rule;
    }
    return std::nullopt;
}

bool AttributeRule::allows(std::string_view text) const noexcept {
    if (!choices) {
        return true;
    }
    for (std::string_view rest = *choices;;) {
        const std::size_t end = rest.find('|');
        if (rest.substr(0, end) == text) {
            return true;
        }
        if (end == rest.npos) {
            return false;
        }
        rest.remove_prefix(end + 1);
    }
}

Result<int> choose_version(const OpSchema& schema, std::int64_t opset) noexcept {
    const std::int64_t newest = schema.domain == ONNX ? NEWEST_OPSET
                                : schema.domain == ML ? NEWEST_ML_OPSET
                                                      : NEWEST_MICROSOFT_OPSET;
    if (opset > newest || opset < schema.oldest) {
        return ErrorCode::ONNX_UNSUPPORTED_OPSET;
    }
    return static_cast<int>(opset);
}

} // namespace assay::onnx
