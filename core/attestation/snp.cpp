// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/snp.hpp"

#include "core/attestation/snp_judge.hpp"

namespace assay::attestation {
namespace {

// SHA-256 of the DER of AMD's root keys, as AMD's key distribution service gives them.
constexpr Hash32 ARK_MILAN = {0x69, 0xd0, 0x63, 0xb4, 0x53, 0x44, 0xd2, 0x6a, 0x2e, 0x94, 0xe1,
                              0xf4, 0x21, 0x0d, 0xe4, 0x9e, 0xf5, 0x55, 0x30, 0x82, 0x87, 0xd4,
                              0xc1, 0x74, 0x44, 0x5c, 0x95, 0x63, 0x9a, 0x54, 0x0b, 0xcd};
constexpr Hash32 ARK_GENOA = {0x4c, 0x65, 0x98, 0xd1, 0x9c, 0x18, 0x71, 0x9c, 0x5d, 0xfd, 0x4a,
                              0x7d, 0x33, 0x5f, 0x67, 0x4e, 0x5b, 0xfe, 0x1d, 0x8f, 0x80, 0x0c,
                              0xea, 0x2c, 0xf2, 0x70, 0xc1, 0x0d, 0x10, 0x3d, 0xb2, 0xf1};
constexpr Hash32 ARK_TURIN = {0x1f, 0x08, 0x41, 0x61, 0xa4, 0x4b, 0xb6, 0xd9, 0x37, 0x78, 0xa9,
                              0x04, 0x87, 0x7d, 0x48, 0x19, 0xca, 0xfa, 0x5d, 0x05, 0xef, 0x41,
                              0x93, 0xb2, 0xde, 0xd9, 0xdd, 0x9c, 0x73, 0xdd, 0x3f, 0x6a};

} // namespace

SnpRoots SnpRoots::amd() noexcept {
    return {{ARK_MILAN, ARK_GENOA, ARK_TURIN}};
}

Result<GenuineSnpReport> authenticate_snp(const SnpRoots& roots, std::int64_t now, BytesView report,
                                          const SnpCertificates& certificates,
                                          CheckList& checks) noexcept {
    const SnpRules rules;
    SnpJudge judge{roots, rules, now, report, certificates};
    if (const auto steps = judge.run(checks); !steps) {
        return steps.error();
    }
    return GenuineSnpReport{judge.claims()};
}

Result<VerifiedSnpReport> verify_snp(const SnpRoots& roots, const SnpPolicy& policy,
                                     std::int64_t now, BytesView report,
                                     const SnpCertificates& certificates,
                                     CheckList& checks) noexcept {
    SnpJudge judge{roots, policy.rules(), now, report, certificates};
    if (const auto steps = judge.run(checks); !steps) {
        return steps.error();
    }
    if (const auto steps = policy.check(judge.report(), now, checks); !steps) {
        return steps.error();
    }
    return VerifiedSnpReport{judge.claims()};
}

} // namespace assay::attestation
