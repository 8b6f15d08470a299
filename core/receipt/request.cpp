// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/request.hpp"

#include "core/bytes/json.hpp"
#include "core/hash/keccak256.hpp"
#include "core/hash/sha2.hpp"
#include "core/receipt/canonical.hpp"
#include "core/receipt/messages.hpp"
#include "core/receipt/request_detail.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace assay::receipt {
namespace detail {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

bool is_given(const JsonValue* value) noexcept {
    return value != nullptr && !value->is(JsonKind::null);
}

bool is_list_of(const JsonValue& value, JsonKind kind) noexcept {
    return value.is(JsonKind::array) &&
           std::all_of(value.items().begin(), value.items().end(),
                       [kind](const JsonValue& item) { return item.is(kind); });
}

void report_others(const JsonValue& object, std::span<const std::string_view> kept,
                   std::string_view path, NotCovered& not_covered) noexcept {
    for (const JsonMember& member : object.members()) {
        if (std::find(kept.begin(), kept.end(), member.name) == kept.end())
            not_covered.add(path.empty() ? std::string_view{member.name} : path);
    }
}

} // namespace detail

namespace {

using namespace detail;

/// What the builds of the two routes do differently (§2).
struct Rules {
    Route route;
    Dialect dialect; ///< chat only
    enum class Member : bool { ignored, committed } response_format, web_search;
};

Rules rules_of(Profile profile) {
    using Member = Rules::Member;
    switch (profile) {
    case Profile::gw_repr_a:
        return {Route::chat, Dialect::python_text, Member::ignored, Member::ignored};
    case Profile::gw_repr_b:
        return {Route::chat, Dialect::python_text, Member::committed, Member::ignored};
    case Profile::gw_verbatim:
        return {Route::chat, Dialect::verbatim, Member::committed, Member::committed};
    case Profile::sdk:
        return {Route::chat, Dialect::client_library, Member::committed, Member::committed};
    case Profile::completions_a:
        return {Route::completions, {}, Member::ignored, Member::ignored};
    case Profile::completions_b:
        return {Route::completions, {}, Member::ignored, Member::committed};
    case Profile::gw_stripped:
    case Profile::legacy_chat: // has rules of its own, legacy_request()
    case Profile::legacy_completions:
        break;
    }
    return {Route::chat, Dialect::stripped, Member::committed, Member::committed};
}

/// Writes C of one request, member by member in the order of their names.
class Writer {
public:
    Writer(const JsonValue& request, const Rules& rules, NotCovered& not_covered)
        : request_{request}, rules_{rules}, not_covered_{not_covered} {}

    /// @return the name of the member that is refused; empty when C is complete.
    std::string_view write(std::string& out, std::optional<Error>& error) {
        const bool chat = rules_.route == Route::chat;
        CanonicalObject text{out};
        if (!write_max_tokens(text))
            return "max_tokens";
        if (chat) {
            const JsonValue* messages = take("messages");
            if (messages == nullptr)
                return "messages";
            const auto appended =
                append_messages(text.member("messages"), *messages, rules_.dialect, not_covered_);
            if (!appended) {
                error = appended.error();
                return error->path.view();
            }
        }
        const JsonValue* model = take("model");
        if (model == nullptr || !model->is(JsonKind::string) || model->string().empty())
            return "model";
        append_canonical(text.member("model"), *model);
        if (!chat && !write_prompt(text))
            return "prompt";
        if (rules_.response_format == Rules::Member::committed &&
            !write_if_truthy(text, "response_format", JsonKind::object))
            return "response_format";
        const JsonValue* stop = request_.find("stop");
        const bool list = stop != nullptr && is_list_of(*stop, JsonKind::string);
        if (!write_if_truthy(text, "stop", list ? JsonKind::array : JsonKind::string))
            return "stop";
        if (!write_temperature(text))
            return "temperature";
        if (chat && !write_if_truthy(text, "tools", JsonKind::array))
            return "tools";
        if (rules_.web_search == Rules::Member::committed && is_truthy(take("web_search")))
            text.member("web_search") += "true";
        text.end();
        report_others(request_, {committed_.data(), count_}, {}, not_covered_);
        return {};
    }

private:
    /// A member that the profile commits to.
    const JsonValue* take(std::string_view name) {
        committed_[count_++] = name;
        return request_.find(name);
    }

    bool write_max_tokens(CanonicalObject& text) {
        const JsonValue* value = take("max_tokens");
        if (value == nullptr && rules_.route == Route::completions)
            text.member("max_tokens") += "16"; // §3.7: the request class fills it in
        if (!is_given(value))
            return true;
        if (!value->is(JsonKind::number))
            return false;
        append_canonical(text.member("max_tokens"), *value);
        return true;
    }

    bool write_prompt(CanonicalObject& text) {
        const JsonValue* value = take("prompt");
        if (value == nullptr || (!value->is(JsonKind::string) && !value->is(JsonKind::array)))
            return false;
        append_canonical(text.member("prompt"), *value);
        return true;
    }

    bool write_temperature(CanonicalObject& text) {
        const JsonValue* value = take("temperature");
        std::string& out = text.member("temperature");
        if (!is_given(value)) {
            out += value == nullptr && rules_.route == Route::completions ? "1.0" : "0.0";
            return true;
        }
        const auto written = canonical_temperature(*value);
        if (written)
            out += *written;
        return written.has_value();
    }

    /// @return false when a truthy value is of another kind.
    bool write_if_truthy(CanonicalObject& text, std::string_view name, JsonKind kind) {
        const JsonValue* value = take(name);
        if (!is_truthy(value))
            return true;
        if (!value->is(kind))
            return false;
        append_canonical(text.member(name), *value);
        return true;
    }

    const JsonValue& request_;
    const Rules& rules_;
    NotCovered& not_covered_;
    std::array<std::string_view, 8> committed_{};
    std::size_t count_ = 0;
};

} // namespace

Result<CanonicalRequest> canonical_request(std::string_view request, Profile profile,
                                           NotCovered& not_covered) noexcept {
    const auto parsed = bytes::parse_json(request, ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    if (!parsed)
        return parsed.error();
    if (!parsed->is(JsonKind::object))
        return unsupported_request("request");
    if (is_legacy(profile))
        return legacy_request(*parsed, route_of(profile), not_covered);
    const Rules rules = rules_of(profile);
    std::string out;
    out.reserve(request.size() + request.size() / 16);
    std::optional<Error> error; // holds what is refused
    const std::string_view refused = Writer{*parsed, rules, not_covered}.write(out, error);
    if (!refused.empty())
        return unsupported_request(refused);
    const bool tools = rules.route == Route::chat && is_truthy(parsed->find("tools"));
    return CanonicalRequest{std::move(out), tools ? Tools::present : Tools::absent};
}

Result<RequestDigest> digest_request(std::string_view request, Profile profile) noexcept {
    NotCovered not_covered;
    const auto text = canonical_request(request, profile, not_covered);
    if (!text)
        return text.error();
    if (not_covered.full())
        return Error{ErrorCode::INPUT_LIMIT, "request"};
    const BytesView bytes = as_bytes(text->canonical);
    return RequestDigest{is_legacy(profile) ? hash::sha256(bytes) : hash::keccak256(bytes),
                         text->tools, std::move(not_covered)};
}

} // namespace assay::receipt
