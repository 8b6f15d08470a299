// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/snp_judge.hpp"

#include "core/attestation/x509_crl.hpp"
#include "core/attestation/x509_link.hpp"
#include "core/attestation/x509_parts.hpp"
#include "core/bytes/der.hpp"
#include "core/hash/sha2.hpp"
#include "core/signatures/p384.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace assay::attestation {
namespace {

constexpr std::size_t ASK = 0;
constexpr std::size_t ARK = 1;
constexpr std::size_t VEK = 1; ///< beside ASK, among the keys that lists are looked up for
constexpr std::uint64_t POLICY_MUST_BE_ONE = std::uint64_t{1} << 17;
constexpr std::uint64_t POLICY_DEBUG = std::uint64_t{1} << 19;

// Below 1.3.6.1.4.1.3704.1 (AMD 57230, "VCEK Certificate Definition").
constexpr std::initializer_list<std::uint8_t> PRODUCT_NAME = {2};
constexpr std::initializer_list<std::uint8_t> HARDWARE_ID = {4};
constexpr std::initializer_list<std::uint8_t> CSP_ID = {5};

Error at(ErrorCode code, std::string_view path) {
    return {code, path};
}

/// The value of an AMD extension.
std::optional<BytesView> amd_extension(const Certificate& certificate,
                                       std::initializer_list<std::uint8_t> arcs) {
    Bytes oid = {0x2b, 0x06, 0x01, 0x04, 0x01, 0x9c, 0x78, 0x01};
    oid.insert(oid.end(), arcs);
    return find_extension(certificate, oid);
}

/// The text of an extension that is an IA5String; empty when it is none.
std::string_view text_extension(const Certificate& certificate,
                                std::initializer_list<std::uint8_t> arcs) {
    constexpr std::uint8_t IA5_STRING = 0x16;
    const auto value = amd_extension(certificate, arcs);
    const auto text = value ? bytes::der_whole(*value, IA5_STRING) : std::nullopt;
    return text ? as_text(text->content) : std::string_view{};
}

/// @return whether extension .3.@p arc is the INTEGER @p wanted.
bool has_version(const Certificate& certificate, std::uint8_t arc, std::uint8_t wanted) {
    const auto value = amd_extension(certificate, {3, arc});
    const auto integer = value ? bytes::der_whole(*value, bytes::der_tag::INTEGER) : std::nullopt;
    const auto magnitude = integer ? bytes::der_unsigned(integer->content) : std::nullopt;
    return magnitude &&
           (magnitude->empty() ? wanted == 0 : magnitude->size() == 1 && (*magnitude)[0] == wanted);
}

bool is_zero(BytesView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

/// "Milan", or "Milan-" and a stepping.
bool is_product(std::string_view product, std::string_view name) {
    return product.starts_with(name) &&
           (product.size() == name.size() || product[name.size()] == '-');
}

/// Bergamo and Siena are of the Genoa line.
bool is_product_of(std::string_view product, SnpLine line) {
    return is_product(product, name(line)) ||
           (line == SnpLine::genoa &&
            (is_product(product, "Bergamo") || is_product(product, "Siena")));
}

/// CPUID family and model of the line's processors (AMD 57230, table of products).
bool is_processor_of(std::uint8_t family, std::uint8_t model, SnpLine line) {
    const unsigned range = model >> 4;
    switch (line) {
    case SnpLine::milan:
        return family == 0x19 && range == 0x0;
    case SnpLine::genoa:
        return family == 0x19 && (range == 0x1 || range == 0xa);
    case SnpLine::turin:
        return family == 0x1a && (range == 0x0 || range == 0x1);
    }
    return false;
}

} // namespace

const SnpJudge::Step SnpJudge::STEPS[] = {
    {"report", &SnpJudge::parse},
    {"certificates", &SnpJudge::read_certificates},
    {"trusted root", &SnpJudge::check_root},
    {"certificate chain", &SnpJudge::check_links},
    {"certificate validity", &SnpJudge::check_validity},
    {"endorsement key", &SnpJudge::check_key},
    {"certificate revocation", &SnpJudge::check_revocation},
    {"report signature", &SnpJudge::check_signature},
    {"certificate is of the reported TCB", &SnpJudge::match_tcb},
    {"certificate is of the chip or cloud", &SnpJudge::match_key_kind},
    {"certificate is of the product", &SnpJudge::match_product},
    {"guest policy", &SnpJudge::check_guest_policy},
    {"TCB versions rise", &SnpJudge::check_tcb_order},
    {"least TCB", &SnpJudge::check_least_tcb},
};

Result<void> SnpJudge::run(CheckList& checks) noexcept {
    for (const Step& step : STEPS) {
        if (step.make == &SnpJudge::check_revocation && given_.crls.empty()) {
            note_revocation(checks);
            continue;
        }
        if (step.make == &SnpJudge::check_least_tcb && is_zero(rules_.min_tcb.parts)) {
            checks.not_covered(step.name,
                               "none is demanded, and AMD publishes no list of statuses");
            continue;
        }
        const Result<void> outcome = (this->*step.make)();
        if (!outcome) {
            checks.failed(step.name, outcome.error());
            return outcome;
        }
        if (step.make == &SnpJudge::check_guest_policy && (report_.policy & POLICY_DEBUG) != 0) {
            checks.assumed(step.name, "the host may debug the guest; the policy allows it");
        } else {
            checks.passed(step.name);
        }
        if (step.make == &SnpJudge::check_revocation) {
            note_revocation(checks);
        }
    }
    checks.not_covered("guest policy beyond DEBUG",
                       "SMT, migration agents, ID and author keys are not judged");
    return Result<void>::ok();
}

void SnpJudge::note_revocation(CheckList& checks) const noexcept {
    if (!looked_up_[ASK]) {
        checks.not_covered("revocation of the intermediate key", "no list of the root was given");
    }
    if (!looked_up_[VEK]) {
        checks.not_covered("revocation of the endorsement key",
                           "no list of the intermediate key was given");
    }
}

Result<void> SnpJudge::parse() noexcept {
    const auto report = parse_snp_report(bytes_);
    if (!report) {
        return report.error();
    }
    report_ = *report;
    return Result<void>::ok();
}

Result<void> SnpJudge::read_certificates() noexcept {
    constexpr std::size_t MOST_CERTIFICATES = 4;
    const auto vek = parse_certificate(given_.vek);
    auto chain = CertificateList::parse(as_text(given_.chain), MOST_CERTIFICATES);
    if (!vek || !chain) {
        return at(ErrorCode::SNP_MALFORMED, vek ? "chain" : "vek");
    }
    vek_ = *vek;
    chain_ = *std::move(chain);
    return Result<void>::ok();
}

Result<void> SnpJudge::check_root() noexcept {
    if (chain_.size() == 2) {
        const Hash32 digest = hash::sha256(chain_[ARK].der);
        for (std::size_t i = 0; i < SNP_LINES; ++i) {
            if (roots_.ark_sha256[i] == digest) {
                line_ = static_cast<SnpLine>(i);
                return Result<void>::ok();
            }
        }
    }
    return at(ErrorCode::SNP_CHAIN_UNTRUSTED, "chain");
}

/// The ARK is the pinned one, so its signature over itself says nothing more.
Result<void> SnpJudge::check_links() noexcept {
    const Certificate& ask = chain_[ASK];
    const Certificate& ark = chain_[ARK];
    const auto plain = [](const Certificate& certificate) {
        return certificate.version == 3 && !certificate.extensions.other_critical;
    };
    const auto& constraints = vek_.extensions.basic_constraints;
    if (!plain(vek_) || !plain(ask) || !plain(ark) || (constraints && constraints->ca) ||
        !is_authority(ark, 1) || !is_authority(ask, 0) || !names_issuer(ask, ark) ||
        !names_issuer(vek_, ask) || !is_signed_rsa_pss(ask, ark) || !is_signed_rsa_pss(vek_, ask)) {
        return at(ErrorCode::SNP_CHAIN_UNTRUSTED, "chain");
    }
    return Result<void>::ok();
}

Result<void> SnpJudge::check_validity() noexcept {
    return is_valid_at(vek_, now_) && is_valid_at(chain_[ASK], now_) &&
                   is_valid_at(chain_[ARK], now_)
               ? Result<void>::ok()
               : at(ErrorCode::SNP_CERT_EXPIRED, "chain");
}

Result<void> SnpJudge::check_key() noexcept {
    return is_p384_key(vek_.key_algorithm) ? Result<void>::ok()
                                           : at(ErrorCode::SNP_ALG_UNSUPPORTED, "vek");
}

Result<void> SnpJudge::check_revocation() noexcept {
    for (bytes::DerCursor lists{given_.crls}; !lists.at_end();) {
        const auto element = lists.read();
        const auto list = element ? parse_revocation_list(element->encoding) : std::nullopt;
        if (!list) {
            return at(ErrorCode::SNP_MALFORMED, "crls");
        }
        const bool of_ark = names_issuer(*list, chain_[ARK]);
        const Certificate& issuer = chain_[of_ark ? ARK : ASK];
        if (!names_issuer(*list, issuer) || list->extensions.other_critical ||
            !is_signed_rsa_pss(*list, issuer)) {
            return at(ErrorCode::SNP_CHAIN_UNTRUSTED, "crls");
        }
        if (now_ < list->this_update || now_ > list->next_update) {
            return at(ErrorCode::SNP_CERT_EXPIRED, "crls");
        }
        looked_up_[of_ark ? ASK : VEK] = true;
        if (list->lists(of_ark ? chain_[ASK].serial : vek_.serial)) {
            return at(ErrorCode::SNP_CERT_REVOKED, of_ark ? "chain" : "vek");
        }
    }
    return Result<void>::ok();
}

Result<void> SnpJudge::check_signature() noexcept {
    const auto signature = report_.signature();
    return signature && signatures::verify_p384(vek_.public_key, report_.signed_part(), *signature)
               ? Result<void>::ok()
               : at(ErrorCode::SNP_SIGNATURE_INVALID, "signature");
}

SnpTcb SnpJudge::tcb(const SnpField& field) const noexcept {
    return SnpTcb::read(field.in(bytes_), line_);
}

Result<void> SnpJudge::match_tcb() noexcept {
    /// Extensions .3.x of the parts, in their order.
    constexpr std::array<std::uint8_t, 5> ARCS = {9, 1, 2, 3, 8};
    const SnpTcb reported = tcb(snp_field::REPORTED_TCB);
    for (std::size_t i = line_ == SnpLine::turin ? 0 : 1; i < ARCS.size(); ++i) {
        if (!has_version(vek_, ARCS[i], reported.parts[i])) {
            return at(ErrorCode::SNP_TCB_MISMATCH, "vek");
        }
    }
    return Result<void>::ok();
}

/// Whether the certificate's chip is the report's and, where the policy names one, that.
bool SnpJudge::is_of_chip() const noexcept {
    constexpr std::size_t TURIN_ID_BYTES = 8;
    auto id = amd_extension(vek_, HARDWARE_ID);
    if (!id) {
        return false;
    }
    const std::size_t size = line_ == SnpLine::turin ? TURIN_ID_BYTES : snp_field::CHIP_ID.size;
    if (id->size() != size) { // the raw octets, sometimes wrapped
        const auto wrapped = bytes::der_whole(*id, bytes::der_tag::OCTET_STRING);
        if (!wrapped || wrapped->content.size() != size) {
            return false;
        }
        id = wrapped->content;
    }
    const BytesView chip = snp_field::CHIP_ID.in(bytes_);
    if (rules_.chip_id) {
        const BytesView wanted = *rules_.chip_id;
        if ((wanted.size() != size && wanted.size() != chip.size()) ||
            !equal(wanted.first(size), *id)) {
            return false;
        }
    }
    const bool masked = report_.masked_chip_id && is_zero(chip);
    return masked ? rules_.chip_id.has_value() : equal(chip.first(size), *id);
}

Result<void> SnpJudge::match_key_kind() noexcept {
    const bool of_cloud = amd_extension(vek_, CSP_ID).has_value();
    // A VLEK is of no chip: then the report alone says which one it was.
    const bool right_chip =
        report_.key == SnpKey::vcek
            ? is_of_chip()
            : !rules_.chip_id || equal(*rules_.chip_id, snp_field::CHIP_ID.in(bytes_));
    if (!right_chip) {
        return at(ErrorCode::SNP_CHIP_ID_MISMATCH, "vek");
    }
    return of_cloud == (report_.key == SnpKey::vlek) ? Result<void>::ok()
                                                     : at(ErrorCode::SNP_KEY_KIND, "vek");
}

Result<void> SnpJudge::match_product() noexcept {
    const bool fits =
        is_product_of(text_extension(vek_, PRODUCT_NAME), line_) &&
        (report_.version < 3 || is_processor_of(report_.family, report_.model, line_));
    return fits ? Result<void>::ok() : at(ErrorCode::SNP_CHIP_ID_MISMATCH, "product");
}

Result<void> SnpJudge::check_guest_policy() noexcept {
    if ((report_.policy & POLICY_DEBUG) != 0 && !rules_.allow_debug) {
        return at(ErrorCode::SNP_DEBUG_MODE, "policy");
    }
    return (report_.policy & POLICY_MUST_BE_ONE) != 0 ? Result<void>::ok()
                                                      : at(ErrorCode::SNP_MALFORMED, "policy");
}

Result<void> SnpJudge::check_tcb_order() noexcept {
    const SnpTcb committed = tcb(snp_field::COMMITTED_TCB);
    return committed.covers(tcb(snp_field::REPORTED_TCB)) &&
                   tcb(snp_field::CURRENT_TCB).covers(committed)
               ? Result<void>::ok()
               : at(ErrorCode::SNP_TCB_MISMATCH, "report");
}

Result<void> SnpJudge::check_least_tcb() noexcept {
    return tcb(snp_field::REPORTED_TCB).covers(rules_.min_tcb)
               ? Result<void>::ok()
               : at(ErrorCode::SNP_TCB_OUT_OF_DATE, "reported TCB");
}

SnpClaims SnpJudge::claims() const noexcept {
    return {.report = {bytes_.begin(), bytes_.end()},
            .version = report_.version,
            .guest_svn = report_.guest_svn,
            .guest_policy = report_.policy,
            .vmpl = report_.vmpl,
            .platform_info = report_.platform_info,
            .key = report_.key,
            .line = line_,
            .product = std::string{text_extension(vek_, PRODUCT_NAME)},
            .csp_id = std::string{text_extension(vek_, CSP_ID)},
            .reported_tcb = tcb(snp_field::REPORTED_TCB),
            .debug = (report_.policy & POLICY_DEBUG) != 0};
}

} // namespace assay::attestation
