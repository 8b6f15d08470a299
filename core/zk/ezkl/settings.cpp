// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/settings.hpp"

#include "core/bytes/json.hpp"
#include "core/zk/ezkl/numbers.hpp"
#include "core/zk/snarkjs/files.hpp"

#include <algorithm>
#include <array>

namespace assay::zk::ezkl {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
__extension__ using Unsigned128 = unsigned __int128;

/// Counts above this are over every limit; it keeps sums and products from wrapping around.
constexpr std::uint64_t HUGE_COUNT = std::uint64_t{1} << 62;

std::optional<Int128> integer(const JsonValue* value) noexcept {
    if (value == nullptr || !value->is(JsonKind::number))
        return std::nullopt;
    std::string_view text = value->raw();
    const bool negative = text[0] == '-';
    if (negative)
        text.remove_prefix(1);
    Unsigned128 sum = 0;
    constexpr Unsigned128 LIMIT = Unsigned128{1} << 127;
    for (const char c : text) {
        if (c < '0' || c > '9' || sum > LIMIT / 10)
            return std::nullopt;
        sum = sum * 10 + static_cast<unsigned>(c - '0');
    }
    if (sum > (negative ? LIMIT : LIMIT - 1))
        return std::nullopt;
    return negative ? static_cast<Int128>(0 - sum) : static_cast<Int128>(sum);
}

std::optional<std::uint64_t> count(const JsonValue* value) noexcept {
    const auto number = integer(value);
    if (!number || *number < 0)
        return std::nullopt;
    return static_cast<std::uint64_t>(std::min<Int128>(*number, HUGE_COUNT));
}

bool read_range(const JsonValue* value, Range& out) noexcept {
    if (value == nullptr || !value->is(JsonKind::array) || value->items().size() != 2)
        return false;
    const auto low = integer(&value->items()[0]);
    const auto high = integer(&value->items()[1]);
    if (!low || !high)
        return false;
    out = {*low, *high};
    return true;
}

bool read_visibility(const JsonValue* value, Visibility& out) noexcept {
    if (value == nullptr)
        return false;
    if (value->is(JsonKind::string)) {
        constexpr std::array<std::pair<std::string_view, Visibility>, 4> NAMES = {
            {{"Private", Visibility::hidden},
             {"Public", Visibility::open},
             {"Fixed", Visibility::fixed},
             {"KZGCommit", Visibility::committed}}};
        const auto found = std::find_if(NAMES.begin(), NAMES.end(), [&](const auto& each) {
            return each.first == value->string();
        });
        if (found == NAMES.end())
            return false;
        out = found->second;
        return true;
    }
    const JsonValue* hashed = value->find("Hashed");
    const JsonValue* open = hashed == nullptr ? nullptr : hashed->find("hash_is_public");
    if (open == nullptr || !open->is(JsonKind::boolean))
        return false;
    out = open->boolean() ? Visibility::hashed_open : Visibility::hashed;
    return true;
}

template <class Item, class Read>
bool read_list(const JsonValue* value, std::vector<Item>& out, const Read& read) noexcept {
    if (value == nullptr || !value->is(JsonKind::array))
        return false;
    for (const JsonValue& item : value->items()) {
        if (!read(item, out.emplace_back()))
            return false;
    }
    return true;
}

bool read_count(const JsonValue& value, std::uint64_t& out) noexcept {
    const auto number = count(&value);
    out = number.value_or(0);
    return number.has_value();
}

bool read_scale(const JsonValue& value, std::int64_t& out) noexcept {
    const auto number = integer(&value);
    if (!number || *number > INT32_MAX || *number < INT32_MIN)
        return false;
    out = static_cast<std::int64_t>(*number);
    return true;
}

/// "ReLU", {"Div": {"denom": 2.0}}
bool read_op(const JsonValue& value, LookupOp& out) noexcept {
    if (value.is(JsonKind::string)) {
        out.name = value.string();
        return true;
    }
    if (!value.is(JsonKind::object) || value.members().size() != 1)
        return false;
    out.name = value.members()[0].name;
    const JsonValue& parameters = value.members()[0].value;
    if (!parameters.is(JsonKind::object))
        return false;
    for (const bytes::JsonMember& member : parameters.members()) {
        if (!member.value.is(JsonKind::number))
            return false;
        // The prover holds parameters as f32.
        out.parameters.emplace_back(member.name, nearest_float(member.value.raw()));
    }
    return true;
}

/// The product of a shape; 0 for an empty one.
bool read_shape(const JsonValue& value, std::uint64_t& out) noexcept {
    std::vector<std::uint64_t> sizes;
    if (!read_list(&value, sizes, read_count))
        return false;
    Unsigned128 product = sizes.empty() ? 0 : 1;
    bool zero = false;
    for (const std::uint64_t size : sizes) {
        zero = zero || size == 0;
        product = std::min<Unsigned128>(product * size, HUGE_COUNT);
    }
    out = zero ? 0 : static_cast<std::uint64_t>(product);
    return true;
}

bool is_empty(const JsonValue& value) noexcept {
    return value.is(JsonKind::null) || (value.is(JsonKind::array) && value.items().empty()) ||
           (value.is(JsonKind::object) && value.members().empty());
}

constexpr unsigned NUMBER_BITS = 20;

/// A release as one number in the order of releases.
constexpr std::uint64_t release(std::uint64_t major, std::uint64_t minor,
                                std::uint64_t patch) noexcept {
    return (major << NUMBER_BITS | minor) << NUMBER_BITS | patch;
}

/// Of v?N.N.N(-suffix)?; nothing for another text.
std::optional<std::uint64_t> release_of(std::string_view text) noexcept {
    constexpr std::uint64_t END = (std::uint64_t{1} << NUMBER_BITS) - 1;
    if (text.starts_with('v'))
        text.remove_prefix(1);
    std::uint64_t out = 0;
    for (int i = 0; i < 3; ++i) {
        if (i > 0 && !text.starts_with('.'))
            return std::nullopt;
        text.remove_prefix(i > 0 ? 1 : 0);
        std::uint64_t number = 0;
        std::size_t digits = 0;
        for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits)
            number = std::min(number * 10 + static_cast<std::uint64_t>(text[digits] - '0'), END);
        if (digits == 0)
            return std::nullopt;
        text.remove_prefix(digits);
        out = out << NUMBER_BITS | number;
    }
    const bool ends = text.empty() || (text[0] == '-' && text.size() > 1);
    return ends ? std::optional{out} : std::nullopt;
}

Error malformed(const char* member) noexcept {
    return {ErrorCode::EZKL_MALFORMED, std::string{"settings."} + member};
}

/// EZKL's bounds are far inside; sums with a table's rows cannot wrap around.
bool is_usable(const Range& range) noexcept {
    constexpr Int128 END = Int128{1} << 126;
    return range.low <= range.high && range.low > -END && range.high < END;
}

/// The columns of a table, or as many as are over the limit.
std::uint64_t columns_of(const Range& range, std::uint64_t rows) noexcept {
    const auto span = static_cast<Unsigned128>(range.high) - static_cast<Unsigned128>(range.low);
    return static_cast<std::uint64_t>(
        std::min<Unsigned128>(span / rows + 1, MAX_TABLE_COLUMNS + 1));
}

} // namespace

std::optional<double> LookupOp::parameter(std::string_view wanted) const noexcept {
    for (const auto& [each, value] : parameters) {
        if (each == wanted)
            return value;
    }
    return std::nullopt;
}

Result<Settings> Settings::parse(std::string_view text) noexcept {
    const auto file = read_zk_json(text, SETTINGS_BYTES, JSON_DEPTH, ErrorCode::EZKL_MALFORMED);
    if (!file)
        return file.error();
    const JsonValue* arguments = file->find("run_args");
    if (arguments == nullptr)
        return malformed("run_args");
    Settings out{};
    struct Count {
        const char* name;
        const JsonValue* value;
        std::uint64_t* out;
        std::optional<std::uint64_t> absent;
    };
    const std::array<Count, 8> counts = {{
        {"logrows", arguments->find("logrows"), &out.k, {}},
        {"num_inner_cols", arguments->find("num_inner_cols"), &out.inner, 1},
        {"total_assignments", file->find("total_assignments"), &out.assignments, {}},
        {"total_const_size", file->find("total_const_size"), &out.constants, {}},
        {"total_dynamic_col_size", file->find("total_dynamic_col_size"), &out.dynamic_size, 0},
        {"total_shuffle_col_size", file->find("total_shuffle_col_size"), &out.shuffle_size, 0},
        {"num_dynamic_lookups", file->find("num_dynamic_lookups"), &out.dynamic_lookups, 0},
        {"num_shuffles", file->find("num_shuffles"), &out.shuffles, 0},
    }};
    for (const Count& each : counts) {
        const auto number = each.value == nullptr ? each.absent : count(each.value);
        if (!number)
            return malformed(each.name);
        *each.out = *number;
    }
    if (!read_range(arguments->find("lookup_range"), out.lookup_range))
        return malformed("lookup_range");
    if (!read_visibility(arguments->find("input_visibility"), out.input) ||
        !read_visibility(arguments->find("output_visibility"), out.output) ||
        !read_visibility(arguments->find("param_visibility"), out.parameters))
        return malformed("run_args");
    const JsonValue* modules = file->find("module_sizes");
    const JsonValue* poseidon = modules == nullptr ? nullptr : modules->find("poseidon");
    if (poseidon == nullptr)
        return malformed("module_sizes");
    for (const char* name : {"polycommit", "kzg"}) { // the name until EZKL 10
        const JsonValue* committed = modules->find(name);
        if (committed != nullptr && !read_list(committed, out.polycommit, read_count))
            return malformed("module_sizes");
    }
    std::vector<std::uint64_t> hashes;
    if (!poseidon->is(JsonKind::array) || poseidon->items().size() != 2 ||
        !count(&poseidon->items()[0]) || !read_list(&poseidon->items()[1], hashes, read_count))
        return malformed("module_sizes");
    out.poseidon_instances = hashes.empty() ? 0 : hashes[0];
    if (!read_list(file->find("required_lookups"), out.lookups, read_op))
        return malformed("required_lookups");
    if (const JsonValue* checks = file->find("required_range_checks");
        checks != nullptr &&
        !read_list(checks, out.ranges,
                   [](const JsonValue& value, Range& range) { return read_range(&value, range); }))
        return malformed("required_range_checks");
    if (!read_list(file->find("model_instance_shapes"), out.shapes, read_shape))
        return malformed("model_instance_shapes");
    if (!read_list(file->find("model_input_scales"), out.input_scales, read_scale))
        return malformed("model_input_scales");
    if (!read_list(file->find("model_output_scales"), out.output_scales, read_scale))
        return malformed("model_output_scales");
    const JsonValue* einsum = file->find("einsum_params");
    const JsonValue* equations = einsum == nullptr ? nullptr : einsum->find("equations");
    out.freivalds = equations != nullptr && !is_empty(*equations);
    const JsonValue* version = file->find("version");
    if (version == nullptr || !version->is(JsonKind::string))
        return malformed("version");
    out.version = version->string();
    return out;
}

Result<std::span<const Flags>> Settings::flags() const noexcept {
    // The sets, new to old, and the first release of each.
    static constexpr std::array<Flags, 5> SETS = {{{false, true, true, true},
                                                   {true, true, true, true},
                                                   {true, false, true, true},
                                                   {true, false, false, true},
                                                   {true, false, false, false}}};
    static constexpr std::array<std::uint64_t, 5> SINCE = {release(18, 1, 9), release(18, 1, 3),
                                                           release(18, 0, 0), release(15, 0, 0),
                                                           release(10, 1, 0)};
    const auto unsupported = [](const char* path) {
        return Error{ErrorCode::EZKL_VERSION_UNSUPPORTED, path};
    };
    if (freivalds)
        return unsupported("settings.einsum_params");
    const auto number = release_of(version);
    if (number == 0)
        return std::span<const Flags>{SETS};
    const auto since = std::find_if(SINCE.begin(), SINCE.end(),
                                    [&](std::uint64_t first) { return number >= first; });
    if (!number || *number >= release(22, 3, 0) || since == SINCE.end())
        return unsupported("settings.version");
    return std::span<const Flags>{SETS}.subspan(static_cast<std::size_t>(since - SINCE.begin()), 1);
}

Result<void> Settings::check_limits() const noexcept {
    constexpr auto LIMIT = ErrorCode::ZK_LIMIT;
    if (k < MIN_K || k > MAX_K || inner < 1 || inner > MAX_INNER)
        return Error{LIMIT, "settings.run_args"};
    // No count is useful beyond what all advice columns hold.
    const std::uint64_t cells = usable_rows() * MAX_ADVICE;
    for (const std::uint64_t size : {assignments, constants, dynamic_size, shuffle_size})
        if (size > cells)
            return Error{LIMIT, "settings.total_assignments"};
    if (std::any_of(polycommit.begin(), polycommit.end(),
                    [&](std::uint64_t size) { return size > cells; }) ||
        polycommit.size() > MAX_ADVICE)
        return Error{LIMIT, "settings.module_sizes"};
    std::uint64_t instances = poseidon_instances;
    for (const std::uint64_t size : shapes) {
        if (instances > MAX_INSTANCES || size > MAX_INSTANCES)
            break;
        instances += size;
    }
    if (instances > MAX_INSTANCES || shapes.size() > MAX_INSTANCES ||
        std::any_of(shapes.begin(), shapes.end(),
                    [](std::uint64_t size) { return size > MAX_INSTANCES; }))
        return Error{LIMIT, "settings.model_instance_shapes"};
    if (!lookups.empty() &&
        (!is_usable(lookup_range) || columns_of(lookup_range, table_rows()) > MAX_TABLE_COLUMNS))
        return Error{LIMIT, "settings.lookup_range"};
    for (const Range& range : ranges)
        if (!is_usable(range) || columns_of(range, table_rows()) > MAX_TABLE_COLUMNS)
            return Error{LIMIT, "settings.required_range_checks"};
    if (lookups.size() > MAX_FIXED || ranges.size() > MAX_FIXED ||
        std::any_of(lookups.begin(), lookups.end(), [](const LookupOp& op) {
            return op.parameters.size() > LookupOp::MAX_PARAMETERS;
        }))
        return Error{LIMIT, "settings.required_lookups"};
    return Result<void>::ok();
}

bool Settings::any_hashed() const noexcept {
    return is_hashed(input) || is_hashed(output) || is_hashed(parameters);
}

bool Settings::any_hash_open() const noexcept {
    return input == Visibility::hashed_open || output == Visibility::hashed_open ||
           parameters == Visibility::hashed_open;
}

std::uint64_t Settings::table_columns(const Range& range) const noexcept {
    return columns_of(range, table_rows());
}

std::uint64_t Settings::instance_count() const noexcept {
    std::uint64_t sum = poseidon_instances;
    for (const std::uint64_t size : shapes)
        sum += size;
    return sum;
}

} // namespace assay::zk::ezkl
