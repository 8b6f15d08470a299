// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/chain_config.hpp"

#include "core/api/json_members.hpp"
#include "core/api/time_text.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/integer_text.hpp"
#include "core/chain/cometbft/trusted_state.hpp"

#include <array>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using chain::member;

constexpr std::uint64_t MAX_SECONDS = LATEST_UNIX_TIME;
constexpr std::uint64_t MAX_NUMBER = 0xffff'ffff;

Error config_invalid(const char* path) noexcept {
    return {ErrorCode::CONFIG_INVALID, path};
}

Result<void> only(const JsonValue& value, std::span<const std::string_view> known,
                  const char* path) noexcept {
    const auto checked = check_members(value, known, path);
    return checked ? Result<void>::ok()
                   : Error{ErrorCode::CONFIG_INVALID, checked.error().path.view()};
}

/// An optional member; @return whether it is absent or at most @p max.
bool read_number(const JsonValue* value, std::uint64_t max, std::uint64_t& out) noexcept {
    if (value == nullptr) {
        return true;
    }
    const auto number = chain::plain_number(value);
    out = number.value_or(0);
    return number && *number <= max;
}

/// A height: a JSON number, or decimal text.
std::optional<std::uint64_t> read_height(const JsonValue* value) noexcept {
    const auto text = chain::decimal_text(value);
    const auto height = text ? text : chain::plain_number(value);
    return height && *height > 0 && *height < std::uint64_t{1} << 63 ? height : std::nullopt;
}

std::optional<chain::Timestamp> read_now(const JsonValue* value) noexcept {
    const std::string* text = chain::text_of(value);
    if (text != nullptr) {
        if (const auto moment = chain::parse_timestamp(*text)) {
            return moment;
        }
    }
    const bool number = value != nullptr && value->is(JsonKind::number);
    const auto seconds = text != nullptr ? bytes::read_signed(*text)
                         : number        ? bytes::read_signed(value->raw())
                                         : std::nullopt;
    if (!seconds || *seconds > LATEST_UNIX_TIME || *seconds < -LATEST_UNIX_TIME) {
        return std::nullopt;
    }
    return chain::Timestamp{*seconds, 0};
}

Result<chain::Pin> parse_pin(const JsonValue& json) noexcept {
    constexpr std::array<std::string_view, 3> KNOWN = {"height", "header_hash", "validators_hash"};
    if (const auto members = only(json, KNOWN, "trust"); !members) {
        return members.error();
    }
    const JsonValue* header = json.find("header_hash");
    const JsonValue* validators = json.find("validators_hash");
    const auto height = read_height(json.find("height"));
    const std::string* text = chain::text_of(header != nullptr ? header : validators);
    const auto hash = text != nullptr ? bytes::hash_from_hex(*text) : std::nullopt;
    if (!height || !hash || (header != nullptr && validators != nullptr)) {
        return config_invalid("trust");
    }
    return chain::Pin{
        *height, header != nullptr ? chain::Pin::Of::header : chain::Pin::Of::validators, *hash};
}

Result<void> parse_chain_clock(const JsonValue& json, ChainConfig& out) noexcept {
    const auto now = read_now(json.find("now"));
    if (!now) {
        return config_invalid("now");
    }
    out.light.now = *now;
    if (const JsonValue* source = json.find("now_source")) {
        const std::string* word = chain::text_of(source);
        if (word == nullptr || (*word != "device" && *word != "caller")) {
            return config_invalid("now_source");
        }
        out.now_source = *word == "device" ? Clock::Source::device : Clock::Source::caller;
    }
    return Result<void>::ok();
}

Result<void> parse_light(const JsonValue& json, ChainConfig& out) noexcept {
    chain::LightOptions& light = out.light;
    const std::string* chain_id = chain::text_of(json.find("chain_id"));
    if (chain_id == nullptr || chain_id->empty()) {
        return config_invalid("chain_id");
    }
    light.chain_id = *chain_id;
    constexpr std::array<std::pair<const char*, std::uint64_t chain::LightOptions::*>, 3> SPANS = {{
        {"trusting_period_s", &chain::LightOptions::trusting_period_s},
        {"max_clock_drift_s", &chain::LightOptions::max_clock_drift_s},
        {"max_state_age_s", &chain::LightOptions::max_state_age_s},
    }};
    for (const auto& [name, span] : SPANS) {
        if (!read_number(json.find(name), MAX_SECONDS, light.*span)) {
            return config_invalid(name);
        }
    }
    if (light.trusting_period_s == 0) {
        return config_invalid("trusting_period_s");
    }
    if (const JsonValue* level = json.find("trust_level")) {
        constexpr std::array<std::string_view, 2> KNOWN = {"numerator", "denominator"};
        const auto numerator = chain::plain_number(level->find("numerator"));
        const auto denominator = chain::plain_number(level->find("denominator"));
        if (!only(*level, KNOWN, "trust_level") || !numerator || !denominator ||
            *denominator == 0 || *denominator > MAX_NUMBER || *numerator > *denominator ||
            *numerator * 3 < *denominator) {
            return config_invalid("trust_level");
        }
        light.trust_numerator = *numerator;
        light.trust_denominator = *denominator;
    }
    return Result<void>::ok();
}

/// The checkpoint, the stored state, or both (§5.1 step 4).
Result<void> parse_anchor(const JsonValue& json, ChainConfig& out) noexcept {
    const JsonValue* trust = json.find("trust");
    const JsonValue* state = json.find("state");
    if (trust != nullptr) {
        const auto pin = parse_pin(*trust);
        if (!pin) {
            return pin.error();
        }
        out.pin = *pin;
    }
    if (state == nullptr) {
        return Result<void>::ok();
    }
    const auto bytes = chain::base64_text(state);
    if (!bytes) {
        return Error{ErrorCode::CHAIN_STATE_CORRUPT, "state"};
    }
    auto decoded = chain::decode_state(*bytes);
    if (!decoded) {
        return Error{decoded.error().code, "state"};
    }
    if (decoded->chain_id != out.light.chain_id) {
        return Error{ErrorCode::CHAIN_ID_MISMATCH, "state"};
    }
    if (out.pin) {
        if (decoded->height < out.pin->height) {
            return Error{ErrorCode::CHAIN_HEIGHT_MISMATCH, "state"};
        }
        const Hash32& own =
            out.pin->of == chain::Pin::Of::header ? decoded->hash : decoded->validators_hash;
        if (decoded->height == out.pin->height && own != out.pin->hash) {
            return Error{ErrorCode::CHAIN_ANCHOR_MISMATCH, "state"};
        }
    }
    out.state = *std::move(decoded);
    return Result<void>::ok();
}

/// Members `accept` and `root`, as in every policy.
Result<void> parse_trust(const JsonValue& json, ChainConfig& out) noexcept {
    auto trust = TrustPolicy::parse(json);
    if (!trust) {
        return Error{ErrorCode::CONFIG_INVALID, trust.error().path.view()};
    }
    if (json.find("accept") == nullptr) {
        trust->accept = std::move(out.trust.accept);
    }
    out.trust = *std::move(trust);
    return Result<void>::ok();
}

struct NamedNumber {
    std::string_view name;
    std::uint64_t chain::RegistryLayout::*number;
};
constexpr std::array<NamedNumber, 3> SLOTS = {{
    {"heartbeat_max_age", &chain::RegistryLayout::heartbeat_max_age},
    {"pcr_records", &chain::RegistryLayout::pcr_records},
    {"tees", &chain::RegistryLayout::tees},
}};
constexpr std::array<NamedNumber, 7> FIELDS = {{
    {"public_key", &chain::RegistryLayout::public_key},
    {"tls_certificate", &chain::RegistryLayout::tls_certificate},
    {"pcr_hash", &chain::RegistryLayout::pcr_hash},
    {"flags", &chain::RegistryLayout::flags},
    {"registered_at", &chain::RegistryLayout::registered_at},
    {"last_heartbeat_at", &chain::RegistryLayout::last_heartbeat_at},
    {"ohttp_config", &chain::RegistryLayout::ohttp_config},
}};

bool read_numbers(const JsonValue* json, std::span<const NamedNumber> known,
                  chain::RegistryLayout& out) noexcept {
    if (json == nullptr) {
        return true;
    }
    if (!json->is(JsonKind::object)) {
        return false;
    }
    for (const bytes::JsonMember& given : json->members()) {
        const auto* found =
            std::find_if(known.data(), known.data() + known.size(),
                         [&](const NamedNumber& each) { return each.name == given.name; });
        if (found == known.data() + known.size() ||
            !read_number(&given.value, MAX_NUMBER, out.*(found->number))) {
            return false;
        }
    }
    return true;
}

/// A flag; absent is false.
bool read_flag(const JsonValue* value, bool& out) noexcept {
    if (value == nullptr) {
        return true;
    }
    out = value->is(JsonKind::boolean) && value->boolean();
    return value->is(JsonKind::boolean);
}

} // namespace

Result<chain::RegistryLayout> parse_layout(const JsonValue* json) noexcept {
    constexpr std::array<std::string_view, 5> KNOWN = {"address", "slots", "fields", "code_hash",
                                                       "implementation"};
    if (json == nullptr) {
        return config_invalid("registry");
    }
    if (const auto members = only(*json, KNOWN, "registry"); !members) {
        return members.error();
    }
    chain::RegistryLayout layout;
    const auto address = chain::prefixed_address(json->find("address"));
    if (!address || !read_numbers(json->find("slots"), SLOTS, layout) ||
        !read_numbers(json->find("fields"), FIELDS, layout)) {
        return config_invalid("registry");
    }
    layout.address = *address;
    if (const JsonValue* code = json->find("code_hash")) {
        layout.code_hash = chain::prefixed_hash(code);
        if (!layout.code_hash) {
            return config_invalid("registry.code_hash");
        }
    }
    if (const JsonValue* given = json->find("implementation")) {
        constexpr std::array<std::string_view, 3> MEMBERS = {"slot", "address", "code_hash"};
        const auto slot = chain::prefixed_hash(given->find("slot"));
        const auto called = chain::prefixed_address(given->find("address"));
        const auto code = chain::prefixed_hash(given->find("code_hash"));
        if (!only(*given, MEMBERS, "") || !slot || !called || !code || !layout.code_hash) {
            return config_invalid("registry.implementation");
        }
        layout.implementation = {*slot, *called, *code};
    }
    return layout;
}

namespace {

/// @param clock where the moment is named beside the configuration
Result<ChainConfig> parse_config(const JsonValue& json, const Clock* clock) noexcept {
    ChainConfig config;
    if (clock == nullptr) {
        if (const auto own = parse_chain_clock(json, config); !own) {
            return own.error();
        }
    } else {
        if (json.find("now") != nullptr || json.find("now_source") != nullptr) {
            return config_invalid("now");
        }
        config.light.now = {clock->now, 0};
        config.now_source = clock->source;
    }
    constexpr std::array<std::string_view, 13> KNOWN = {"chain_id",
                                                        "now",
                                                        "now_source",
                                                        "trust",
                                                        "state",
                                                        "trusting_period_s",
                                                        "max_clock_drift_s",
                                                        "trust_level",
                                                        "max_state_age_s",
                                                        "registry",
                                                        "quorum",
                                                        "accept",
                                                        "root"};
    if (const auto members = only(json, KNOWN, "config"); !members) {
        return members.error();
    }
    if (const auto light = parse_light(json, config); !light) {
        return light.error();
    }
    if (const auto anchor = parse_anchor(json, config); !anchor) {
        return anchor.error();
    }
    if (const JsonValue* registry = json.find("registry")) {
        auto layout = parse_layout(registry);
        if (!layout) {
            return layout.error();
        }
        config.registry = *layout;
    }
    if (const JsonValue* quorum = json.find("quorum")) {
        constexpr std::array<std::string_view, 2> MEMBERS = {"needed", "of"};
        ChainQuorum& numbers = config.quorum.emplace();
        if (!only(*quorum, MEMBERS, "quorum") ||
            !read_number(quorum->find("needed"), MAX_NUMBER, numbers.needed) ||
            !read_number(quorum->find("of"), MAX_NUMBER, numbers.of)) {
            return Error{ErrorCode::QUORUM_CONFIG_INVALID, "quorum"};
        }
    }
    if (const auto trust = parse_trust(json, config); !trust) {
        return trust.error();
    }
    return config;
}

} // namespace

Result<ChainConfig> ChainConfig::parse(const JsonValue& json, const Clock& clock) noexcept {
    return parse_config(json, &clock);
}

Result<ChainConfig> ChainConfig::parse(BytesView text) noexcept {
    if (text.size() > limits::OPTIONS_BYTES) {
        return config_invalid("config");
    }
    const auto json = bytes::parse_json(as_text(text), ErrorCode::CONFIG_INVALID);
    return json ? parse_config(*json, nullptr) : json.error();
}

Result<chain::RegistryQuery> parse_query(const JsonValue& json) noexcept {
    constexpr std::array<std::string_view, 7> KNOWN = {
        "height",        "tee_id", "spki_der",       "allowed_pcr_hashes",
        "registered_at", "ohttp",  "tls_certificate"};
    if (const auto members = only(json, KNOWN, "query"); !members) {
        return members.error();
    }
    chain::RegistryQuery query;
    const auto tee_id = chain::prefixed_hash(json.find("tee_id"));
    if (!tee_id) {
        return config_invalid("query.tee_id");
    }
    query.tee_id = *tee_id;
    if (const JsonValue* height = json.find("height")) { // the fallbacks know none
        const auto number = read_height(height);
        if (!number) {
            return config_invalid("query.height");
        }
        query.height = *number;
    }
    if (const JsonValue* key = json.find("spki_der")) {
        query.key = chain::prefixed_hex(key);
        if (!query.key) {
            return config_invalid("query.spki_der");
        }
    }
    if (const JsonValue* list = json.find("allowed_pcr_hashes")) {
        const auto items = chain::items_of(list);
        if (!items) {
            return config_invalid("query.allowed_pcr_hashes");
        }
        query.pcr_hashes.emplace();
        for (const JsonValue& item : *items) {
            const auto hash = chain::prefixed_hash(&item);
            if (!hash) {
                return config_invalid("query.allowed_pcr_hashes");
            }
            query.pcr_hashes->push_back(*hash);
        }
    }
    if (!read_flag(json.find("registered_at"), query.registered_at) ||
        !read_flag(json.find("ohttp"), query.ohttp) ||
        !read_flag(json.find("tls_certificate"), query.tls_certificate)) {
        return config_invalid("query");
    }
    return query;
}

std::string timestamp_text(const chain::Timestamp& time) noexcept {
    std::string text = format_time(time.seconds);
    if (time.nanoseconds != 0) {
        constexpr std::size_t DIGITS = 9;
        std::string fraction = std::to_string(time.nanoseconds);
        fraction.insert(0, DIGITS - fraction.size(), '0');
        fraction.resize(fraction.find_last_not_of('0') + 1);
        text.insert(text.size() - 1, "." + fraction);
    }
    return text;
}

void note_chain_clock(CheckList& checks, const ChainConfig& config) noexcept {
    note_clock(checks, {config.light.now.seconds, config.now_source});
}

} // namespace assay::api
