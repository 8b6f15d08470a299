// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Steps 1 to 6 of attestation.md §2.2: the quote, its certificates, its signatures.
#include "core/attestation/tdx_judge.hpp"

#include "core/attestation/x509_link.hpp"
#include "core/attestation/x509_parts.hpp"
#include "core/hash/sha2.hpp"
#include "core/signatures/nist_curve.hpp"
#include "core/signatures/p256.hpp"

#include <algorithm>
#include <utility>

namespace assay::attestation {
namespace {

constexpr std::size_t CHAIN_LENGTH = 3;
constexpr std::size_t PCK = 0;
constexpr std::size_t PCK_CA = 1;
constexpr std::size_t ROOT = 2;

Error at(ErrorCode code, std::string_view path) {
    return {code, path};
}

bool has_common_name(BytesView name, std::string_view wanted) {
    const auto found = common_name(name);
    return found && as_text(*found) == wanted;
}

/// A whole list of exactly this issuer, which may sign such lists.
bool is_list_of(const RevocationList& list, const Certificate& issuer) {
    const auto& usage = issuer.extensions.usage;
    return names_issuer(list, issuer) && !list.extensions.other_critical && usage &&
           (*usage & key_usage::CRL_SIGN) != 0 && is_signed_p256(list, issuer);
}

Bytes uncompressed(BytesView coordinates) {
    constexpr std::uint8_t UNCOMPRESSED = 0x04;
    Bytes point{UNCOMPRESSED};
    point.insert(point.end(), coordinates.begin(), coordinates.end());
    return point;
}

} // namespace

const TdxJudge::Step TdxJudge::STEPS[] = {
    {"quote", &TdxJudge::parse, Scope::signature_only},
    {"collateral", &TdxJudge::read_collateral, Scope::all},
    {"trusted root", &TdxJudge::check_root, Scope::signature_only},
    {"PCK certificate chain", &TdxJudge::check_links, Scope::signature_only},
    {"certificate validity", &TdxJudge::check_validity, Scope::signature_only},
    {"certificate constraints", &TdxJudge::check_constraints, Scope::signature_only},
    {"certificate revocation", &TdxJudge::check_revocation, Scope::all},
    {"QE report signature", &TdxJudge::check_qe_signature, Scope::signature_only},
    {"QE report binds the attestation key", &TdxJudge::check_qe_binding, Scope::signature_only},
    {"quote signature", &TdxJudge::check_signature, Scope::signature_only},
    {"TCB info signature", &TdxJudge::check_tcb_info, Scope::all},
    {"QE identity signature", &TdxJudge::check_qe_identity, Scope::all},
    {"collateral validity", &TdxJudge::check_collateral_validity, Scope::all},
    {"collateral is for this platform", &TdxJudge::check_collateral_match, Scope::all},
    {"quoting enclave", &TdxJudge::match_qe, Scope::all},
    {"TDX module", &TdxJudge::match_module, Scope::all},
    {"platform TCB level", &TdxJudge::match_platform, Scope::all},
};

Result<void> TdxJudge::run(Scope scope, CheckList& checks) noexcept {
    for (const Step& step : STEPS) {
        if (scope == Scope::signature_only && step.scope == Scope::all) {
            continue;
        }
        detail_.clear();
        const Result<void> outcome = (this->*step.make)();
        if (!outcome) {
            checks.failed(step.name, outcome.error(), std::move(detail_));
            return outcome;
        }
        checks.passed(step.name, std::move(detail_));
    }
    return Result<void>::ok();
}

Result<void> TdxJudge::parse() noexcept {
    constexpr std::size_t MOST_CERTIFICATES = 8;
    auto quote = parse_quote(bytes_);
    if (!quote) {
        return quote.error();
    }
    quote_ = *quote;
    auto chain = CertificateList::parse(as_text(quote_.chain), MOST_CERTIFICATES);
    if (!chain) {
        return at(ErrorCode::TDX_MALFORMED, "certification data");
    }
    chain_ = *std::move(chain);
    return Result<void>::ok();
}

Result<void> TdxJudge::read_collateral() noexcept {
    auto collateral = TdxCollateral::parse(collateral_text_);
    if (!collateral) {
        return collateral.error();
    }
    collateral_ = *std::move(collateral);
    return Result<void>::ok();
}

Result<void> TdxJudge::check_root() noexcept {
    detail_ = root_.name();
    return chain_.size() == CHAIN_LENGTH && root_.matches(chain_[ROOT].der)
               ? Result<void>::ok()
               : at(ErrorCode::TDX_CHAIN_UNTRUSTED, "root");
}

Result<void> TdxJudge::check_links() noexcept {
    for (std::size_t i = 0; i < CHAIN_LENGTH; ++i) {
        const Certificate& child = chain_[i];
        const Certificate& issuer = chain_[std::min(i + 1, ROOT)];
        const bool known = i == ROOT && root_.self_signature_known();
        if (!names_issuer(child, issuer) || !(known || is_signed_p256(child, issuer)) ||
            !is_p256_key(child.key_algorithm)) {
            return at(ErrorCode::TDX_CHAIN_UNTRUSTED, "certification data");
        }
    }
    return Result<void>::ok();
}

Result<void> TdxJudge::check_validity() noexcept {
    for (std::size_t i = 0; i < CHAIN_LENGTH; ++i) {
        if (!is_valid_at(chain_[i], now_)) {
            return at(ErrorCode::TDX_CERT_EXPIRED, "certification data");
        }
    }
    return Result<void>::ok();
}

Result<void> TdxJudge::check_constraints() noexcept {
    bool fits = is_authority(chain_[ROOT], 1) && is_authority(chain_[PCK_CA], 0) &&
                is_signing_leaf(chain_[PCK]) &&
                has_common_name(chain_[PCK].subject, "Intel SGX PCK Certificate") &&
                (has_common_name(chain_[PCK].issuer, "Intel SGX PCK Platform CA") ||
                 has_common_name(chain_[PCK].issuer, "Intel SGX PCK Processor CA"));
    for (std::size_t i = 0; i < CHAIN_LENGTH; ++i) {
        fits = fits && chain_[i].version == 3 && !chain_[i].extensions.other_critical;
    }
    const auto platform = read_pck_platform(chain_[PCK]);
    if (!fits || !platform) {
        return at(ErrorCode::TDX_CERT_CONSTRAINT, "certification data");
    }
    platform_ = *platform;
    return Result<void>::ok();
}

Result<void> TdxJudge::check_revocation() noexcept {
    const RevocationList& root_crl = collateral_.root_crl;
    const RevocationList& pck_crl = collateral_.pck_crl;
    if (!is_list_of(root_crl, chain_[ROOT])) {
        return at(ErrorCode::TDX_CRL_INVALID, "root_ca_crl");
    }
    if (!is_list_of(pck_crl, chain_[PCK_CA])) {
        return at(ErrorCode::TDX_CRL_INVALID, "pck_crl");
    }
    for (const RevocationList* list : {&root_crl, &pck_crl}) {
        if (now_ < list->this_update || now_ > list->next_update) {
            return at(ErrorCode::TDX_COLLATERAL_EXPIRED,
                      list == &root_crl ? "root_ca_crl" : "pck_crl");
        }
    }
    if (root_crl.lists(chain_[PCK_CA].serial) || pck_crl.lists(chain_[PCK].serial)) {
        return at(ErrorCode::TDX_CERT_REVOKED, "certification data");
    }
    return Result<void>::ok();
}

Result<void> TdxJudge::check_qe_signature() noexcept {
    return signatures::verify_p256(chain_[PCK].public_key, quote_.qe_report, quote_.qe_signature)
               ? Result<void>::ok()
               : at(ErrorCode::TDX_QE_SIGNATURE_INVALID, "QE report");
}

Result<void> TdxJudge::check_qe_binding() noexcept {
    Bytes bound{quote_.attestation_key.begin(), quote_.attestation_key.end()};
    bound.insert(bound.end(), quote_.qe_authentication_data.begin(),
                 quote_.qe_authentication_data.end());
    const Hash32 digest = hash::sha256(bound);
    const BytesView data = sgx_report::REPORT_DATA.in(quote_.qe_report);
    const BytesView rest = data.subspan(digest.size());
    const bool binds =
        equal(data.first(digest.size()), digest) &&
        std::all_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte == 0; });
    return binds ? Result<void>::ok() : at(ErrorCode::TDX_QE_BINDING, "QE report");
}

Result<void> TdxJudge::check_signature() noexcept {
    const Bytes key = uncompressed(quote_.attestation_key);
    if (!signatures::is_point_on_curve(signatures::NistCurve::p256, key)) {
        return at(ErrorCode::TDX_MALFORMED, "attestation key");
    }
    return signatures::verify_p256(key, quote_.signed_part, quote_.signature)
               ? Result<void>::ok()
               : at(ErrorCode::TDX_SIGNATURE_INVALID, "signature");
}

} // namespace assay::attestation
