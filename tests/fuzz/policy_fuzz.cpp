// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any text as the options of an evidence bundle (evidence_policy.hpp), beside the demo's good
// evidence: after a first byte that chooses its attestation, all of it, or all but the attestation.
// P-384 signatures count as good. Whatever pins something else than this evidence has, says nothing
// of it, or accepts less trust than there is, is never a yes; and a yes says what the honest one
// says.
#include "core/api/verify_evidence.hpp"
#include "core/attestation/policy_values.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"

#include "tests/fuzz/samples.hpp"
#include "tests/fuzz/verdict.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace assay;
using namespace assay::test;

std::string judge(BytesView options, std::string_view bundle) {
    return api::verify_evidence(as_bytes(bundle), options, {.p384 = GOOD_P384}, {});
}

/// The members of a bundle that @p names has.
std::string part_of(const JsonValue& bundle, std::initializer_list<std::string_view> names) {
    std::string out;
    for (const std::string_view name : names)
        out += (out.empty() ? "{\"" : ",\"") + std::string{name} +
               "\":" + std::string{bundle.find(name)->raw()};
    return out + '}';
}

/// The good evidence, and what the demo's policy says of it.
struct Sample {
    std::string text = read_sample("bundle_settled.json");
    std::string policy = read_sample("policy_settled.json");
    JsonValue bundle = read_json(text);
    JsonValue demo = read_json(policy);
    std::array<std::string, 3> bundles = {
        part_of(bundle, {"assay", "attestation"}), text,
        part_of(bundle, {"assay", "request", "response", "settlement"})};
    std::string verdict =
        judge(as_bytes("{" + std::string{SAMPLES_NOW} + ",\"policy\":" + policy + "}"), text);
    JsonValue honest = read_json(verdict);

    [[nodiscard]] const JsonValue& part(std::string_view name) const {
        return *honest.find("value")->find(name);
    }
    [[nodiscard]] const JsonValue& claims() const { return *part("attestation").find("claims"); }
};

const Sample& sample() {
    static const Sample made;
    static const bool taken = require_verdict(made.honest, true);
    require(taken);
    return made;
}

/// Whether both are the same bytes in hex.
bool same_hex(const JsonValue* pinned, const JsonValue* claimed) {
    const auto one = attestation::read_hex(*pinned);
    const auto other = claimed != nullptr ? attestation::read_hex(*claimed) : std::nullopt;
    return one && other && !one->empty() && *one == *other;
}

bool same_base64(const JsonValue* pinned, const JsonValue* sample_value) {
    const auto one = bytes::from_base64(text_of(pinned));
    return one && *one == *bytes::from_base64(text_of(sample_value));
}

/// Not above the number at @p limit, where there is one.
bool within(const JsonValue* limit, std::int64_t value) {
    return limit == nullptr || limit->is(JsonKind::null) ||
           value <= attestation::read_integer(*limit).value_or(value);
}

std::int64_t integer_of(const JsonValue* text) {
    return std::stoll(std::string{text_of(text)});
}

/// An entry of `measurements` that the sample's enclave matches.
bool names_sample(const JsonValue& entry, std::int64_t now) {
    const JsonValue& claims = sample().claims();
    bool pinned = false;
    for (const bytes::JsonMember& member : entry.members()) {
        if (member.name == "from" || member.name == "until") {
            const auto moment = attestation::read_integer(member.value);
            if (!moment || (member.name == "from" ? now < *moment : now > *moment))
                return false;
            continue;
        }
        pinned = true;
        const JsonValue* claimed = member.name == "og_pcr_hash"
                                       ? claims.find("pcrHash")
                                       : claims.find("pcrs")->find(member.name);
        if (!same_hex(&member.value, claimed))
            return false;
    }
    return pinned;
}

bool allows_user_data(const JsonValue& pinned) {
    const JsonValue& claims = sample().claims();
    if (const JsonValue* exact = pinned.find("exact"))
        return same_hex(exact, claims.find("userData"));
    const JsonValue* binding = claims.find("binding");
    const auto& members = pinned.find("og")->members();
    return std::all_of(members.begin(), members.end(), [&](const bytes::JsonMember& member) {
        return same_hex(&member.value,
                        binding->find(member.name == "tls_cert_sha256" ? "tlsCertificateSha256"
                                                                       : "signingKeySha256"));
    });
}

/// What has to hold of a policy that takes the attestation.
bool allows_attestation(const JsonValue& policy, std::int64_t now) {
    const JsonValue& claims = sample().claims();
    const JsonValue* list = policy.find("measurements");
    const JsonValue* root = policy.find("root");
    const std::int64_t age = now - integer_of(claims.find("timestampMs")) / 1000;
    const auto pins = [&](const char* name, const char* claim) {
        return policy.find(name) == nullptr || same_hex(policy.find(name), claims.find(claim));
    };
    return list != nullptr && root != nullptr &&
           std::any_of(list->items().begin(), list->items().end(),
                       [&](const JsonValue& entry) {
                           return entry.is(JsonKind::object) && names_sample(entry, now);
                       }) &&
           same_base64(root->find("der"), sample().demo.find("root")->find("der")) &&
           pins("nonce", "nonce") && pins("public_key", "publicKey") &&
           (policy.find("user_data") == nullptr || allows_user_data(*policy.find("user_data"))) &&
           within(policy.find("max_age_s"), age) && within(policy.find("max_skew_s"), -age);
}

/// The same of the receipt and the settlement. @param key whose word is the policy's
bool allows_receipt(const JsonValue& policy, std::int64_t now, const JsonValue* key) {
    const JsonValue* freshness = policy.find("receipt");
    const std::int64_t age = now - integer_of(sample().part("receipt").find("timestamp"));
    if (freshness != nullptr &&
        (!within(freshness->find("max_age_s"), age) || !within(freshness->find("future_s"), -age)))
        return false;
    if (key != nullptr && !same_base64(key, sample().bundle.find("attestation")->find("key")))
        return false;
    const JsonValue* settlement = policy.find("settlement");
    const JsonValue* roots = settlement != nullptr ? settlement->find("roots") : nullptr;
    const JsonValue* root = sample().part("settlement").find("root");
    const bool named = roots != nullptr &&
                       std::any_of(roots->items().begin(), roots->items().end(),
                                   [&](const JsonValue& each) { return same_hex(&each, root); });
    const bool bare = roots == nullptr || roots->items().empty();
    const bool emitter = settlement != nullptr && settlement->find("emitter") != nullptr;
    return named || (bare && !emitter);
}

bool accepts(const JsonValue& policy, std::string_view level) {
    const JsonValue* list = policy.find("accept");
    if (list == nullptr)
        return level == "attested" || level == "proven";
    return std::any_of(list->items().begin(), list->items().end(),
                       [&](const JsonValue& each) { return text_of(&each) == level; });
}

/// What of the honest value a part of the evidence shows.
constexpr std::array<std::array<bool, 3>, 3> SHOWN = {
    {{true, false, false}, {true, true, true}, {false, true, true}}};
constexpr std::array<std::string_view, 3> PARTS = {"attestation", "receipt", "settlement"};

/// Nothing, or what the honest value says there; other profiles may read this receipt too.
bool shows(const JsonValue& value, std::string_view part, bool shown) {
    const JsonValue& honest = sample().part(part);
    const auto same = [&](const char* member) {
        return value.find(member)->raw() == honest.find(member)->raw();
    };
    if (!shown || part != "receipt")
        return value.raw() == (shown ? honest.raw() : "null");
    return same("output") && same("timestamp") && same("teeId") && same("requestHash") &&
           same("outputHash");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::size_t which = data[0] % 3;
    const BytesView text{data + 1, size - 1};
    const std::string& bundle = sample().bundles[which];
    const auto options = api::EvidenceOptions::parse(text);
    const std::string verdict = judge(text, bundle);
    const JsonValue json = read_json(verdict);
    if (!require_verdict(json, true)) {
        require(options.has_value() ||
                text_of(json.find("code")) == info(options.error().code).name);
        return 0;
    }
    require(options.has_value() && judge(text, bundle) == verdict);
    const JsonValue given = read_json(as_text(text));
    const JsonValue& policy = *given.find("policy");
    const bool attested = which < 2;
    const std::string_view trust = text_of(json.find("trust"));
    require(trust == (attested ? "attested" : "unproven") && accepts(policy, trust));
    require(!attested || allows_attestation(policy, options->clock.now));
    const JsonValue* key = policy.find("signing_key");
    require(attested || key != nullptr);
    if (which > 0)
        require(allows_receipt(policy, options->clock.now, attested ? nullptr : key->find("spki")));
    for (std::size_t i = 0; i < PARTS.size(); ++i)
        require(shows(*json.find("value")->find(PARTS[i]), PARTS[i], SHOWN[which][i]));
    return 0;
}
