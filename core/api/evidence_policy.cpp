// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/evidence_policy.hpp"

#include "core/api/json_members.hpp"
#include "core/api/settlement.hpp"
#include "core/attestation/policy_values.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/json_writer.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

/// Whose a member of the policy is; bits. CONTENT: what an attestation has to show, where others
/// say which of them pass.
enum Owner : unsigned { NITRO = 1, TDX = 2, SNP = 4, COMMON = 8, EVIDENCE = 16, CONTENT = 32 };
constexpr unsigned ATTESTATIONS = NITRO | TDX | SNP;

struct KnownMember {
    std::string_view name;
    unsigned owners;
};

constexpr std::array MEMBERS = {
    KnownMember{"measurements", EVIDENCE},
    KnownMember{"root", COMMON},
    KnownMember{"accept", COMMON},
    KnownMember{"profiles", COMMON},
    KnownMember{"receipt", COMMON},
    KnownMember{"request_is", EVIDENCE},
    KnownMember{"signing_key", EVIDENCE},
    KnownMember{"settlement", EVIDENCE},
    KnownMember{"links", EVIDENCE},
    KnownMember{"chain", EVIDENCE},
    KnownMember{"zk", EVIDENCE},
    KnownMember{"max_age_s", NITRO},
    KnownMember{"max_skew_s", NITRO},
    KnownMember{"nonce", NITRO | CONTENT},
    KnownMember{"public_key", NITRO | CONTENT},
    KnownMember{"user_data", NITRO | CONTENT},
    KnownMember{"allow_debug", NITRO | TDX | SNP},
    KnownMember{"report_data", TDX | SNP | CONTENT},
    KnownMember{"accept_status", TDX},
    KnownMember{"require_sept_ve_disable", TDX | CONTENT},
    KnownMember{"host_data", SNP | CONTENT},
    KnownMember{"max_vmpl", SNP | CONTENT},
    KnownMember{"min_tcb", SNP | CONTENT},
    KnownMember{"chip_id", SNP | CONTENT},
    KnownMember{"ark_sha256", EVIDENCE},
};

unsigned owners_of(std::string_view name) noexcept {
    const auto known = std::find_if(MEMBERS.begin(), MEMBERS.end(),
                                    [&](const KnownMember& each) { return each.name == name; });
    return known != MEMBERS.end() ? known->owners : 0;
}

/// A Nitro entry names PCRs by number, or their hash.
bool is_nitro_pin(std::string_view name) noexcept {
    return name == "og_pcr_hash" || (!name.empty() && name[0] >= '0' && name[0] <= '9');
}

/// By what the entry pins; 0 when it pins nothing.
unsigned family_of(const JsonValue& entry) noexcept {
    if (entry.is(JsonKind::string) || entry.find("measurement") != nullptr) {
        return SNP;
    }
    unsigned family = 0;
    for (std::size_t i = 0; entry.is(JsonKind::object) && i < entry.members().size(); ++i) {
        const std::string_view name = entry.members()[i].name;
        if (is_nitro_pin(name)) {
            return NITRO;
        }
        family = attestation::PolicyWindow::has_member(name) ? family : TDX;
    }
    return family;
}

/// The policy as its owner's own reader takes it: the owner's members and entries alone.
std::string view_of(const JsonValue& policy, unsigned owner) noexcept {
    bytes::JsonWriter out;
    out.object();
    for (const JsonMember& member : policy.members()) {
        if ((owners_of(member.name) & owner) != 0) {
            out.key(member.name).raw(member.value.raw());
        }
    }
    if ((owner & ATTESTATIONS) != 0) {
        out.key("measurements").array();
        for (const JsonValue& entry : policy.find("measurements")->items()) {
            if ((family_of(entry) & owner) != 0) {
                out.raw(entry.raw());
            }
        }
        out.end();
    }
    out.end();
    return out.take();
}

/// Reads the family's own policy from its view, which it copies.
template <typename Read>
auto read_view(const JsonValue& policy, unsigned owner, const Read& read) noexcept {
    const std::string text = view_of(policy, owner);
    const auto view = bytes::parse_json(text, ErrorCode::POLICY_INVALID);
    return view ? read(*view) : decltype(read(*view)){view.error()};
}

Result<std::vector<Hash32>> read_roots(const JsonValue& list) noexcept {
    if (!list.is(JsonKind::array)) {
        return invalid("policy.settlement.roots");
    }
    std::vector<Hash32> roots;
    for (const JsonValue& item : list.items()) {
        const auto root = read_abi_hash(&item, "policy.settlement.roots");
        if (!root) {
            return invalid("policy.settlement.roots");
        }
        roots.push_back(*root);
    }
    return roots;
}

/// The members that no family has.
class Reader {
public:
    explicit Reader(EvidencePolicy& policy) noexcept : policy_{policy} {}

    Result<void> read(const JsonValue& object) noexcept {
        const JsonValue* pins = object.find("ark_sha256");
        const auto roots = parse_snp_roots(pins);
        if (!roots) {
            return roots.error();
        }
        policy_.snp_roots = *roots;
        policy_.snp_roots_from = pins == nullptr ? SnpRootsFrom::vendor : SnpRootsFrom::caller;
        for (const auto& [name, reader] : {std::pair{"request_is", &Reader::read_request_is},
                                           std::pair{"signing_key", &Reader::read_signing_key},
                                           std::pair{"settlement", &Reader::read_settlement},
                                           std::pair{"links", &Reader::read_links}}) {
            const JsonValue* value = object.find(name);
            if (value != nullptr && !(this->*reader)(*value)) {
                return invalid(std::string{"policy."} + name);
            }
        }
        if (const JsonValue* zk = object.find("zk")) {
            auto keys = read_proof_keys(*zk);
            if (!keys) {
                return keys.error();
            }
            policy_.proof_keys = *std::move(keys);
        }
        return Result<void>::ok();
    }

private:
    bool read_request_is(const JsonValue& value) noexcept {
        const bool sdk = value.is(JsonKind::string) && value.string() == "sdk-input";
        policy_.request_is = sdk ? receipt::RequestIs::sdk_input : receipt::RequestIs::sent;
        return sdk || (value.is(JsonKind::string) && value.string() == "sent");
    }

    bool read_signing_key(const JsonValue& value) noexcept {
        constexpr std::array<std::string_view, 2> KNOWN = {"spki", "profile"};
        const JsonValue* spki = value.find("spki");
        const JsonValue* profile = value.find("profile");
        if (!check_members(value, KNOWN, "") || spki == nullptr || !spki->is(JsonKind::string)) {
            return false;
        }
        auto decoded = bytes::from_base64(spki->string());
        const auto named = profile != nullptr && profile->is(JsonKind::string)
                               ? receipt::profile_named(profile->string())
                               : std::nullopt;
        if (!decoded || decoded->empty() || (profile != nullptr && !named)) {
            return false;
        }
        policy_.signing_key = {*std::move(decoded), named};
        return true;
    }

    bool read_settlement(const JsonValue& value) noexcept {
        constexpr std::array<std::string_view, 2> KNOWN = {"roots", "emitter"};
        if (!check_members(value, KNOWN, "")) {
            return false;
        }
        if (const JsonValue* roots = value.find("roots")) {
            auto read = read_roots(*roots);
            if (!read) {
                return false;
            }
            policy_.settlement.roots = *std::move(read);
        }
        if (const JsonValue* emitter = value.find("emitter")) {
            policy_.settlement.emitter = read_address(emitter);
            return policy_.settlement.emitter.has_value();
        }
        return true;
    }

    bool read_links(const JsonValue& value) noexcept {
        if (value.is(JsonKind::string)) {
            return value.string() == "require";
        }
        if (!value.is(JsonKind::array)) {
            return false;
        }
        for (const JsonValue& item : value.items()) {
            const std::string_view link =
                item.is(JsonKind::string) ? std::string_view{item.string()} : std::string_view{};
            policy_.may_assume_key |= link == "key";
            policy_.may_assume_times |= link == "times";
            policy_.may_assume_proof |= link == "zk";
            if (link != "key" && link != "times" && link != "zk") {
                return false;
            }
        }
        return true;
    }

    EvidencePolicy& policy_;
};

} // namespace

Result<EvidencePolicy> EvidencePolicy::parse(const JsonValue* object) noexcept {
    if (object == nullptr || !object->is(JsonKind::object)) {
        return invalid("policy");
    }
    const JsonValue* entries = object->find("measurements");
    bool usable = entries != nullptr && entries->is(JsonKind::array);
    unsigned families = 0;
    for (std::size_t i = 0; usable && i < entries->items().size(); ++i) {
        const unsigned family = family_of(entries->items()[i]);
        usable = family != 0;
        families |= family;
    }
    usable = usable && families != 0;
    families = usable ? families : 0; // one bad entry refuses the whole list
    std::string demands;
    unsigned all_owners = 0;
    for (const JsonMember& member : object->members()) {
        const unsigned owners = owners_of(member.name);
        const bool means_nothing = (owners & (families | COMMON | EVIDENCE)) == 0;
        if (owners == 0 || (families != 0 && means_nothing)) {
            return invalid("policy." + member.name);
        }
        all_owners |= owners;
        if ((owners & ATTESTATIONS) != 0) {
            demands += ' ';
            demands += member.name;
        }
    }

    const bool nitro = (families & NITRO) != 0;
    auto common = read_view(*object, nitro ? NITRO | COMMON : COMMON, [&](const JsonValue& view) {
        return Policy::parse(&view,
                             nitro ? Policy::Measurements::required : Policy::Measurements::unused);
    });
    if (!common) {
        return common.error();
    }
    using Entries = EvidencePolicy::Entries;
    EvidencePolicy policy{.common = *std::move(common),
                          .entries = usable                                  ? Entries::usable
                                     : entries == nullptr && demands.empty() ? Entries::absent
                                                                             : Entries::unusable,
                          .demands = std::move(demands),
                          .demands_content = (all_owners & CONTENT) != 0};
    if ((families & TDX) != 0) {
        auto tdx = read_view(*object, TDX, [](const JsonValue& view) {
            return attestation::TdxPolicy::parse(view);
        });
        if (!tdx) {
            return tdx.error();
        }
        policy.tdx = *std::move(tdx);
    }
    if ((families & SNP) != 0) {
        auto snp = read_view(*object, SNP, [](const JsonValue& view) {
            return attestation::SnpPolicy::parse(view);
        });
        if (!snp) {
            return snp.error();
        }
        policy.snp = *std::move(snp);
    }
    if (const auto read = Reader{policy}.read(*object); !read) {
        return read.error();
    }
    return policy;
}

Result<EvidenceOptions> EvidenceOptions::parse(BytesView text) noexcept {
    constexpr std::array<std::string_view, 3> KNOWN = {"now", "now_source", "policy"};
    const auto timed = TimedOptions::parse(text, KNOWN);
    if (!timed) {
        return timed.error();
    }
    const JsonValue* given = timed->object.find("policy");
    auto policy = EvidencePolicy::parse(given);
    if (!policy) {
        return policy.error();
    }
    EvidenceOptions options{timed->clock, *std::move(policy), {}};
    if (const JsonValue* chain = given->find("chain")) {
        auto config = ChainConfig::parse(*chain, timed->clock);
        if (!config) {
            return config.error();
        }
        options.chain = *std::move(config);
    }
    return options;
}

} // namespace assay::api
