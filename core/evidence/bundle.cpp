// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/bundle.hpp"

#include "core/base/limits.hpp"
#include "core/evidence/bundle_value.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>

namespace assay::evidence {
namespace {

constexpr std::uint64_t VERSION = 1;

/// A definite or indefinite map is the first byte of every CBOR bundle, and of no JSON text.
constexpr std::uint8_t CBOR_MAP = 5;
constexpr unsigned MAJOR_TYPE_SHIFT = 5;
constexpr bytes::CborRules CBOR_RULES = {.depth = 32,
                                         .elements = 4096,
                                         .malformed = ErrorCode::EVIDENCE_MALFORMED,
                                         .limit = ErrorCode::INPUT_LIMIT,
                                         .items = std::size_t{1} << 16};

Error malformed(std::string_view path) noexcept {
    return {ErrorCode::EVIDENCE_MALFORMED, path};
}

using Known = std::span<const std::string_view>;

/// Whether the bundle's texts, written as JSON, could outgrow the limit of bundles twice: a control
/// character takes six bytes there. Counted over all bytes, those of byte strings included.
bool outgrows(BytesView bytes) noexcept {
    constexpr std::size_t ESCAPED = 6;
    constexpr std::uint8_t FIRST_PRINTABLE = 0x20;
    const auto control = std::count_if(bytes.begin(), bytes.end(),
                                       [](std::uint8_t byte) { return byte < FIRST_PRINTABLE; });
    return bytes.size() + (ESCAPED - 1) * static_cast<std::size_t>(control) >
           2 * limits::BUNDLE_BYTES;
}

/// Fills the bundle member by member; each reader answers whether it could.
class Reader {
public:
    Result<Bundle> read(const BundleValue& root) noexcept {
        constexpr std::array<std::string_view, 9> KNOWN = {
            "assay",      "request", "response", "attestation", REGISTRY,
            "settlement", ZK,        MODEL,      CLAIM};
        if (!root.is_object()) {
            return malformed("bundle");
        }
        const auto marker = root.find("assay");
        const auto version = marker ? marker->positive_integer() : std::nullopt;
        if (!version) {
            return malformed("assay");
        }
        if (*version != VERSION) { // whose members nobody here knows
            return Error{ErrorCode::EVIDENCE_UNSUPPORTED, "assay"};
        }
        if (!root.is_object_of(KNOWN)) {
            return malformed("bundle");
        }
        read_text(root, "request", bundle_.request);
        read_text(root, "response", bundle_.response);
        if (const auto attestation = root.find("attestation")) {
            read_attestation(*attestation);
        }
        if (const auto registry = root.find(REGISTRY)) {
            read_registry(*registry);
        }
        if (const auto settlement = root.find("settlement")) {
            read_settlement(*settlement);
        }
        if (const auto zk = root.find(ZK)) {
            auto proof = read_proof(*zk);
            if (proof) {
                bundle_.zk = *std::move(proof);
            } else {
                fail(proof.error());
            }
        }
        read_opaque(root, MODEL, {"digest", "cid"}, bundle_.unsupported.model);
        read_opaque(root, CLAIM, {"outputs"}, bundle_.unsupported.claim);
        if (error_) {
            return *std::move(error_);
        }
        return holds_something() ? Result<Bundle>{std::move(bundle_)}
                                 : Error{ErrorCode::EVIDENCE_EMPTY, "bundle"};
    }

private:
    /// The first failure counts.
    void fail(Error error) noexcept {
        if (!error_) {
            error_ = std::move(error);
        }
    }

    bool holds_something() const noexcept {
        const Bundle::Unsupported& other = bundle_.unsupported;
        return (bundle_.request && bundle_.response) || bundle_.attestation ||
               !bundle_.settlement.empty() || bundle_.registry || bundle_.zk || other.model ||
               other.claim;
    }

    /// {"text": …}
    void read_text(const BundleValue& root, std::string_view name,
                   std::optional<std::string>& target) noexcept {
        constexpr std::array<std::string_view, 1> KNOWN = {"text"};
        const auto part = root.find(name);
        if (!part) {
            return;
        }
        const auto text = part->is_object_of(KNOWN) ? part->find("text") : std::nullopt;
        target = text ? text->text() : std::nullopt;
        if (!target) {
            fail(malformed(name));
        } else if (target->size() > limits::TEXT_BYTES) {
            fail({ErrorCode::INPUT_LIMIT, name});
        }
    }

    /// A part that is only known by the names of its members.
    void read_opaque(const BundleValue& root, std::string_view name,
                     std::initializer_list<std::string_view> known, bool& present) noexcept {
        const auto part = root.find(name);
        present = part.has_value();
        if (part && !part->is_object_of({known.begin(), known.size()})) {
            fail(malformed(name));
        }
    }

    void read_registry(const BundleValue& part) noexcept {
        constexpr std::array<std::string_view, 2> KNOWN = {"query", "evidence"};
        const bool known = part.is_object_of(KNOWN);
        const auto query = known ? part.find("query") : std::nullopt;
        const auto evidence = known ? part.find("evidence") : std::nullopt;
        auto query_json = query && query->is_object() ? query->json() : std::nullopt;
        auto evidence_json = evidence && evidence->is_object() ? evidence->json() : std::nullopt;
        if (!query_json || !evidence_json) {
            fail(malformed(REGISTRY));
            return;
        }
        bundle_.registry = Bundle::Registry{*std::move(query_json), *std::move(evidence_json)};
    }

    void read_settlement(const BundleValue& part) noexcept {
        // A log as a node gives it.
        constexpr std::array<std::string_view, 10> LOG = {
            "address",         "topics",           "data",
            "blockNumber",     "blockHash",        "blockTimestamp",
            "transactionHash", "transactionIndex", "logIndex",
            "removed"};
        const bool known = part.is_object_of(SETTLEMENT_MEMBERS);
        const auto event = known ? part.find("event") : std::nullopt;
        auto json = known ? part.json() : std::nullopt;
        if (!json || (event && event->is_object() && !event->is_object_of(LOG))) {
            fail(malformed("settlement"));
            return;
        }
        bundle_.settlement = *std::move(json);
    }

    template <typename T>
    void take(const BundleValue& object, std::string_view name, T& target,
              std::optional<T> (BundleValue::*form)() const noexcept) noexcept {
        const auto member = object.find(name);
        auto value = member ? ((*member).*form)() : std::nullopt;
        if (!value) {
            fail(malformed("attestation." + std::string{name}));
            return;
        }
        target = *std::move(value);
    }

    /// The members that every kind of attestation has, and those that this one has.
    bool has_only(const BundleValue& part, Known more) noexcept {
        std::array<std::string_view, 4> known = {"kind", "key", {}, {}};
        std::copy(more.begin(), more.end(), known.begin() + 2);
        if (part.is_object_of(Known{known}.first(2 + more.size()))) {
            return true;
        }
        fail(malformed("attestation"));
        return false;
    }

    void read_attestation(const BundleValue& part) noexcept {
        const auto kind = part.is_object() ? part.find("kind") : std::nullopt;
        const auto word = kind ? kind->text() : std::nullopt;
        Attestation& attestation = bundle_.attestation.emplace();
        if (word == "nitro") {
            attestation.kind = Attestation::Kind::nitro;
            if (has_only(part, std::array<std::string_view, 1>{"document"})) {
                take(part, "document", attestation.evidence, &BundleValue::binary);
            }
        } else if (word == "tdx") {
            attestation.kind = Attestation::Kind::tdx;
            read_quote(part, attestation);
        } else if (word == "snp") {
            attestation.kind = Attestation::Kind::snp;
            read_report(part, attestation);
        } else {
            fail(malformed("attestation.kind"));
            return;
        }
        if (part.find("key")) {
            take(part, "key", attestation.key.emplace(), &BundleValue::binary);
        }
    }

    void read_quote(const BundleValue& part, Attestation& attestation) noexcept {
        constexpr std::array<std::string_view, 9> TEXTS = {"root_ca_crl",
                                                           "pck_crl",
                                                           "pck_crl_issuer_chain",
                                                           "tcb_info",
                                                           "tcb_info_signature",
                                                           "tcb_info_issuer_chain",
                                                           "qe_identity",
                                                           "qe_identity_signature",
                                                           "qe_identity_issuer_chain"};
        if (!has_only(part, std::array<std::string_view, 2>{"quote", "collateral"})) {
            return;
        }
        take(part, "quote", attestation.evidence, &BundleValue::binary);
        if (const auto collateral = part.find("collateral")) {
            if (collateral->is_object_of(TEXTS)) {
                take(part, "collateral", attestation.collateral, &BundleValue::json);
            } else {
                fail(malformed("attestation.collateral"));
            }
        }
    }

    void read_report(const BundleValue& part, Attestation& attestation) noexcept {
        constexpr std::array<std::string_view, 3> KNOWN = {"vek", "chain", "crls"};
        if (!has_only(part, std::array<std::string_view, 2>{"report", "certificates"})) {
            return;
        }
        take(part, "report", attestation.evidence, &BundleValue::binary);
        const auto certificates = part.find("certificates");
        if (!certificates || !certificates->is_object_of(KNOWN)) {
            fail(malformed("attestation.certificates"));
            return;
        }
        take(*certificates, "vek", attestation.endorsement_key, &BundleValue::binary);
        take(*certificates, "chain", attestation.chain, &BundleValue::text);
        if (certificates->find("crls")) {
            take(*certificates, "crls", attestation.revocations, &BundleValue::binary);
            if (attestation.revocations.empty()) { // which would mean that there are none
                fail(malformed("attestation"));
            }
        }
    }

    Bundle bundle_{};
    std::optional<Error> error_{};
};

} // namespace

std::string_view name(Attestation::Kind kind) noexcept {
    constexpr std::array<std::string_view, 3> NAMES = {"nitro", "tdx", "snp"};
    return NAMES[static_cast<std::size_t>(kind)];
}

Result<Bundle> Bundle::parse(BytesView bytes) noexcept {
    if (bytes.size() > limits::BUNDLE_BYTES) {
        return Error{ErrorCode::INPUT_LIMIT, "bundle"};
    }
    if (!bytes.empty() && bytes[0] >> MAJOR_TYPE_SHIFT == CBOR_MAP) {
        if (outgrows(bytes)) {
            return Error{ErrorCode::INPUT_LIMIT, "bundle"};
        }
        const auto tree = bytes::CborTree::parse(bytes, CBOR_RULES);
        return tree ? Reader{}.read(BundleValue{tree->root()}) : Result<Bundle>{tree.error()};
    }
    const auto json = bytes::parse_json(as_text(bytes), ErrorCode::EVIDENCE_MALFORMED);
    return json ? Reader{}.read(BundleValue{*json}) : Result<Bundle>{json.error()};
}

} // namespace assay::evidence
