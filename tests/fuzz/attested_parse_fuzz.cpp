// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The readers of quotes, reports, their collateral and policies, without a signature check: the
// first byte names one, the rest is its file. What a reader takes lies inside that file, or stands
// in it: a certificate is found by its base64, a signed text as it was read.
#include "core/attestation/pem.hpp"
#include "core/attestation/snp_policy.hpp"
#include "core/attestation/snp_report.hpp"
#include "core/attestation/tdx_collateral.hpp"
#include "core/attestation/tdx_pck.hpp"
#include "core/attestation/tdx_policy.hpp"
#include "core/attestation/tdx_quote.hpp"
#include "core/attestation/x509_crl.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/json.hpp"

#include "tests/fuzz/fields.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace assay;
using namespace assay::attestation;
using test::require;

constexpr std::size_t MOST_CERTIFICATES = 8;
constexpr std::size_t P256_SIGNATURE = 64;

bool inside(BytesView part, BytesView whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

void quote(BytesView file) {
    const auto read = parse_quote(file);
    if (!read)
        return;
    require(file.size() <= QUOTE_BYTES && inside(read->chain, file));
    // The parts that are signed follow each other from the start.
    require(read->signed_part.data() == file.data() && inside(read->body, read->signed_part));
    require(read->signature.size() == P256_SIGNATURE && inside(read->signature, file));
    require(read->attestation_key.size() == P256_SIGNATURE && inside(read->attestation_key, file));
    require(read->qe_report.size() == SGX_REPORT_BYTES && inside(read->qe_report, file));
    require(read->qe_signature.size() == P256_SIGNATURE && inside(read->qe_signature, file));
    require(inside(read->qe_authentication_data, file));
}

void collateral(BytesView file) {
    const auto read = TdxCollateral::parse(file);
    if (!read)
        return;
    require(inside(read->root_crl.tbs, read->root_crl_der) &&
            inside(read->pck_crl.tbs, read->pck_crl_der));
    for (const SignedText* each : {static_cast<const SignedText*>(&read->tcb_info),
                                   static_cast<const SignedText*>(&read->qe_identity)}) {
        require(each->signature.size() == P256_SIGNATURE && each->chain.size() > 0);
        require(bytes::parse_json(each->text, ErrorCode::TDX_MALFORMED).has_value());
    }
}

void revocations(BytesView file) {
    const auto read = parse_revocation_list(file);
    require(!read || (inside(read->tbs, file) && inside(read->entries, read->tbs)));
}

void report(BytesView file) {
    const auto read = parse_snp_report(file);
    require(!read || (file.size() == SNP_REPORT_BYTES && inside(read->signed_part(), file)));
    if (read)
        static_cast<void>(read->signature());
}

void certificates(BytesView file) {
    const auto read = CertificateList::parse(as_text(file), MOST_CERTIFICATES);
    if (!read)
        return;
    require(read->size() <= MOST_CERTIFICATES);
    std::string text; // without its line breaks
    for (const char each : as_text(file))
        if (each != '\n' && each != '\r')
            text += each;
    for (std::size_t i = 0; i < read->size(); ++i) {
        require(text.find(bytes::to_base64((*read)[i].der)) != std::string::npos);
        static_cast<void>(read_pck_platform((*read)[i]));
    }
}

template <class Policy>
void policy(BytesView file, ErrorCode empty) {
    const auto text = bytes::parse_json(as_text(file), ErrorCode::POLICY_INVALID);
    if (!text)
        return;
    const auto read = Policy::parse(*text);
    require(read || read.error().code == empty || read.error().code == ErrorCode::POLICY_INVALID);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const BytesView file{data + 1, size - 1};
    switch (data[0] % 7) {
    case 0:
        quote(file);
        break;
    case 1:
        collateral(file);
        break;
    case 2:
        revocations(file);
        break;
    case 3:
        report(file);
        break;
    case 4:
        certificates(file);
        break;
    case 5:
        policy<TdxPolicy>(file, ErrorCode::TDX_POLICY_EMPTY);
        break;
    default:
        policy<SnpPolicy>(file, ErrorCode::SNP_POLICY_EMPTY);
        break;
    }
    return 0;
}
