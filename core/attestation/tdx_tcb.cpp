// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Steps 7 to 12 of attestation.md §2.2: what Intel publishes about the platform. The checks are
// made by the judge that tdx_judge.hpp declares.
#include "core/attestation/tdx_judge.hpp"
#include "core/attestation/x509_link.hpp"
#include "core/attestation/x509_parts.hpp"
#include "core/signatures/p256.hpp"

#include <algorithm>

namespace assay::attestation {
namespace {

constexpr std::size_t PCK = 0;
constexpr std::uint64_t TCB_INFO_VERSION = 3;
constexpr std::uint64_t QE_IDENTITY_VERSION = 2;

Error at(ErrorCode code, std::string_view path) {
    return {code, path};
}

unsigned read_u16(BytesView field) {
    return field[0] | static_cast<unsigned>(field[1]) << 8;
}

/// "TDX_" and two upper-case hex digits.
std::string module_id(std::uint8_t version) {
    constexpr std::string_view DIGITS = "0123456789ABCDEF";
    std::string id = "TDX_";
    id += DIGITS[version >> 4];
    id += DIGITS[version & 0x0fU];
    return id;
}

bool is_outdated(TcbStatus status) {
    return status == TcbStatus::out_of_date ||
           status == TcbStatus::out_of_date_configuration_needed;
}

/// Step 11.
TcbStatus combine(TcbStatus platform, TcbStatus part) {
    if (platform == TcbStatus::revoked || part == TcbStatus::revoked) {
        return TcbStatus::revoked;
    }
    if (!is_outdated(part)) {
        return platform;
    }
    switch (platform) {
    case TcbStatus::up_to_date:
    case TcbStatus::sw_hardening_needed:
        return TcbStatus::out_of_date;
    case TcbStatus::configuration_needed:
    case TcbStatus::configuration_and_sw_hardening_needed:
        return TcbStatus::out_of_date_configuration_needed;
    default:
        return platform;
    }
}

} // namespace

/// By a certificate that the pinned root issued for signing, over exactly these bytes.
bool TdxJudge::is_signed_text(const SignedText& document) const noexcept {
    const CertificateList& chain = document.chain;
    if (chain.size() != 2 || !root_.matches(chain[1].der)) {
        return false;
    }
    const Certificate& signer = chain[0];
    return names_issuer(signer, chain[1]) && is_signed_p256(signer, chain[1]) &&
           is_signing_leaf(signer) && signer.version == 3 && !signer.extensions.other_critical &&
           is_p256_key(signer.key_algorithm) &&
           signatures::verify_p256(signer.public_key, as_bytes(document.text), document.signature);
}

Result<void> TdxJudge::check_tcb_info() noexcept {
    return is_signed_text(collateral_.tcb_info) ? Result<void>::ok()
                                                : at(ErrorCode::TDX_TCB_INFO_UNTRUSTED, "tcb_info");
}

Result<void> TdxJudge::check_qe_identity() noexcept {
    return is_signed_text(collateral_.qe_identity)
               ? Result<void>::ok()
               : at(ErrorCode::TDX_QE_IDENTITY_UNTRUSTED, "qe_identity");
}

Result<void> TdxJudge::check_collateral_validity() noexcept {
    const SignedText* const documents[] = {&collateral_.tcb_info, &collateral_.qe_identity};
    const auto path = [&](const SignedText* document) {
        return document == documents[0] ? "tcb_info" : "qe_identity";
    };
    for (const SignedText* document : documents) {
        const Certificate& signer = document->chain[0];
        if (!is_valid_at(signer, now_)) {
            return at(ErrorCode::TDX_CERT_EXPIRED, path(document));
        }
        if (collateral_.root_crl.lists(signer.serial)) {
            return at(ErrorCode::TDX_CERT_REVOKED, path(document));
        }
    }
    for (const SignedText* document : documents) {
        if (now_ < document->issue_date || now_ > document->next_update) {
            return at(ErrorCode::TDX_COLLATERAL_EXPIRED, path(document));
        }
    }
    return Result<void>::ok();
}

Result<void> TdxJudge::check_collateral_match() noexcept {
    const bool tdx = quote_.tee == Tee::tdx;
    const TcbInfo& info = collateral_.tcb_info;
    const QeIdentity& identity = collateral_.qe_identity;
    const bool levels =
        std::all_of(info.levels.begin(), info.levels.end(),
                    [&](const PlatformLevel& level) { return level.sgx && (!tdx || level.tdx); });
    if (info.id != (tdx ? "TDX" : "SGX") || info.version != TCB_INFO_VERSION ||
        info.tcb_type != 0 || !equal(info.fmspc, platform_.fmspc) ||
        !equal(info.pce_id, platform_.pce_id) || !levels) {
        return at(ErrorCode::TDX_COLLATERAL_MISMATCH, "tcb_info");
    }
    if (identity.id != (tdx ? "TD_QE" : "QE") || identity.version != QE_IDENTITY_VERSION) {
        return at(ErrorCode::TDX_COLLATERAL_MISMATCH, "qe_identity");
    }
    return Result<void>::ok();
}

void TdxJudge::add_advisories(std::span<const std::string> advisories) noexcept {
    for (const std::string& advisory : advisories) {
        auto& known = tcb_.advisories;
        if (std::find(known.begin(), known.end(), advisory) == known.end()) {
            known.push_back(advisory);
        }
    }
}

Result<void> TdxJudge::match_qe() noexcept {
    const QeIdentity& identity = collateral_.qe_identity;
    const BytesView report = quote_.qe_report;
    const BytesView miscselect = sgx_report::MISCSELECT.in(report);
    bool fits = identity.enclave.describes(sgx_report::MRSIGNER.in(report),
                                           sgx_report::ATTRIBUTES.in(report)) &&
                identity.isvprodid == read_u16(sgx_report::ISVPRODID.in(report));
    for (std::size_t i = 0; i < miscselect.size(); ++i) {
        fits =
            fits && ((miscselect[i] ^ identity.miscselect[i]) & identity.miscselect_mask[i]) == 0;
    }
    const SvnLevel* level = identity.enclave.level_of(read_u16(sgx_report::ISVSVN.in(report)));
    if (!fits || level == nullptr) {
        return at(ErrorCode::TDX_QE_IDENTITY_MISMATCH, "QE report");
    }
    tcb_.qe_status = level->status;
    add_advisories(level->advisories);
    detail_ = name(level->status);
    return Result<void>::ok();
}

Result<void> TdxJudge::match_module() noexcept {
    if (quote_.tee == Tee::sgx) {
        detail_ = "SGX has none";
        return Result<void>::ok();
    }
    const TcbInfo& info = collateral_.tcb_info;
    const BytesView svn = td_report::TEE_TCB_SVN.in(quote_.body);
    const std::uint8_t version = svn[1];
    const Identity* module = info.module ? &*info.module : nullptr;
    if (version != 0) {
        const auto found =
            std::find_if(info.modules.begin(), info.modules.end(),
                         [id = module_id(version)](const Identity& each) { return each.id == id; });
        module = found != info.modules.end() ? &*found : nullptr;
    }
    if (module == nullptr || !module->describes(td_report::MRSIGNERSEAM.in(quote_.body),
                                                td_report::SEAMATTRIBUTES.in(quote_.body))) {
        return at(ErrorCode::TDX_MODULE_MISMATCH, "body");
    }
    if (version != 0) {
        const SvnLevel* level = module->level_of(svn[0]);
        if (level == nullptr) {
            return at(ErrorCode::TDX_MODULE_MISMATCH, "tee_tcb_svn");
        }
        tcb_.module_status = level->status;
        add_advisories(level->advisories);
        detail_ = name(level->status);
    }
    return Result<void>::ok();
}

/// Step 10. That the level has its components was checked in step 7.
bool TdxJudge::reaches(const PlatformLevel& level) const noexcept {
    for (std::size_t i = 0; i < TCB_COMPONENTS; ++i) {
        if ((*level.sgx)[i] > platform_.components[i]) {
            return false;
        }
    }
    if (level.pcesvn > platform_.pcesvn) {
        return false;
    }
    if (quote_.tee == Tee::sgx) {
        return true;
    }
    const BytesView svn = td_report::TEE_TCB_SVN.in(quote_.body);
    constexpr std::size_t MODULE_COMPONENTS = 2; // judged with the module instead
    for (std::size_t i = svn[1] != 0 ? MODULE_COMPONENTS : 0; i < TCB_COMPONENTS; ++i) {
        if ((*level.tdx)[i] > svn[i]) {
            return false;
        }
    }
    return true;
}

Result<void> TdxJudge::match_platform() noexcept {
    const auto& levels = collateral_.tcb_info.levels;
    const auto level = std::find_if(levels.begin(), levels.end(),
                                    [&](const PlatformLevel& each) { return reaches(each); });
    if (level == levels.end()) {
        return at(ErrorCode::TDX_TCB_UNRECOGNISED, "tcb_info");
    }
    tcb_.status = combine(level->status, tcb_.qe_status);
    if (tcb_.module_status) {
        tcb_.status = combine(tcb_.status, *tcb_.module_status);
    }
    add_advisories(level->advisories);
    tcb_.evaluation_number = collateral_.tcb_info.evaluation_number;
    detail_ = name(tcb_.status);
    for (const std::string& advisory : tcb_.advisories) {
        detail_ += ' ';
        detail_ += advisory;
    }
    return tcb_.status == TcbStatus::revoked ? at(ErrorCode::TDX_TCB_REVOKED, "tcb_info")
                                             : Result<void>::ok();
}

bool TdxJudge::is_debug() const noexcept {
    constexpr std::uint8_t SGX_DEBUG = 0x02;
    return quote_.tee == Tee::sgx ? (sgx_report::ATTRIBUTES.in(quote_.body)[0] & SGX_DEBUG) != 0
                                  : td_report::TDATTRIBUTES.in(quote_.body)[0] != 0;
}

TdxClaims TdxJudge::claims() const noexcept {
    const auto issuer = common_name(chain_[PCK].issuer);
    return {.version = quote_.version,
            .tee = quote_.tee,
            .body_type = quote_.body_type,
            .report = {quote_.body.begin(), quote_.body.end()},
            .debug = is_debug(),
            .fmspc = {platform_.fmspc.begin(), platform_.fmspc.end()},
            .pce_id = {platform_.pce_id.begin(), platform_.pce_id.end()},
            .pck_issuer = std::string{as_text(issuer.value_or(BytesView{}))},
            .tcb = collateral_text_.empty() ? std::nullopt : std::optional{tcb_}};
}

} // namespace assay::attestation
