// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/verify_steps.hpp"

#include "core/api/json_members.hpp"
#include "core/attestation/policy_values.hpp"
#include "core/bytes/hex.hpp"
#include "core/hash/sha2.hpp"

#include <algorithm>
#include <string>

namespace assay::api {

using attestation::TrustAnchor;

TrustAnchor anchor_of(const std::optional<NamedRoot>& root) noexcept {
    return root ? TrustAnchor::certificate(root->der, root->name) : TrustAnchor::aws_nitro();
}

TrustAnchor intel_anchor_of(const std::optional<NamedRoot>& root) noexcept {
    return root ? TrustAnchor::certificate(root->der, root->name) : TrustAnchor::intel_sgx();
}

void note_root(CheckList& checks, const std::optional<NamedRoot>& root,
               std::string_view vendors) noexcept {
    if (root) {
        checks.assumed("root of trust", root->name + ", named by the policy; SHA-256 " +
                                            bytes::to_hex(hash::sha256(root->der)));
    } else {
        checks.assumed("root of trust", vendors);
    }
}

Result<attestation::SnpRoots> parse_snp_roots(const bytes::JsonValue* object) noexcept {
    if (object == nullptr) {
        return attestation::SnpRoots::amd();
    }
    if (!object->is(bytes::JsonKind::object) || object->members().empty()) {
        return invalid("ark_sha256");
    }
    attestation::SnpRoots roots{};
    std::size_t read = 0;
    for (std::size_t i = 0; i < attestation::SNP_LINES; ++i) {
        if (const auto* pin = object->find(name(static_cast<attestation::SnpLine>(i)))) {
            const auto digest = attestation::read_hex(*pin);
            if (digest && digest->size() == sizeof(Hash32)) {
                std::copy(digest->begin(), digest->end(), roots.ark_sha256[i].emplace().begin());
                ++read;
            }
        }
    }
    return read == object->members().size() ? Result<attestation::SnpRoots>{roots}
                                            : invalid("ark_sha256");
}

void note_snp_roots(CheckList& checks, SnpRootsFrom from) noexcept {
    checks.assumed("root of trust", from == SnpRootsFrom::vendor
                                        ? "AMD's roots, pinned by their fingerprints"
                                        : "fingerprints that the caller named");
}

Result<void> check_snp_certificates(const attestation::SnpCertificates& certificates) noexcept {
    constexpr std::size_t LIMIT = std::size_t{1} << 20;
    const bool small = std::max({certificates.vek.size(), certificates.chain.size(),
                                 certificates.crls.size()}) <= LIMIT;
    return small ? Result<void>::ok() : Error{ErrorCode::INPUT_LIMIT, "certificates"};
}

Result<receipt::Profile> profile_by_table(const std::optional<receipt::ProfileTable>& profiles,
                                          const std::optional<Hash32>& measurement_hash,
                                          std::string_view request, receipt::RequestIs request_is,
                                          CheckList& checks) noexcept {
    const auto choice = profiles && measurement_hash
                            ? profiles->choose(*measurement_hash, request, request_is)
                            : Result<receipt::ProfileChoice>{
                                  {ErrorCode::RECEIPT_PROFILE_UNKNOWN, "policy.profiles"}};
    if (!choice) {
        checks.failed("profile", choice.error());
        return choice.error();
    }
    checks.assumed("profile", std::string{name(choice->profile)} + ", by the policy's table");
    return choice->profile;
}

receipt::ResponseIs form_of(std::string_view response) noexcept {
    const std::size_t first = response.find_first_not_of(" \t\r\n");
    const bool object = first != std::string_view::npos && response[first] == '{';
    return object ? receipt::ResponseIs::json : receipt::ResponseIs::stream;
}

void note_no_policy(CheckList& checks) noexcept {
    checks.not_covered("policy", "none was applied: this says nothing about what the enclave runs");
}

Result<void> check_trust(const TrustPolicy& policy, TrustLevel trust, CheckList& checks) noexcept {
    if (!policy.accepts(trust)) {
        const Error error{ErrorCode::TRUST_INSUFFICIENT, "policy.accept"};
        checks.failed("trust level", error, name(trust));
        return error;
    }
    checks.passed("trust level", name(trust));
    return Result<void>::ok();
}

} // namespace assay::api
