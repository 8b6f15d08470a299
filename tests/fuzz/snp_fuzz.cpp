// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Two bytes, big-endian: the length of the endorsement key's certificate; the certificate; a report
// of 1184 bytes; the rest is the chain. The chain's own last certificate is pinned for every
// product line, so that it is judged. A verdict may not change when it is made again (tried on one
// input of eight), and its checks must agree with it.
#include "core/attestation/pem.hpp"
#include "core/attestation/snp.hpp"
#include "core/hash/sha2.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace {

using namespace assay;
using namespace assay::attestation;

constexpr std::int64_t NOW = 1767225600; // 2026-01-01, the day of the seeds
constexpr std::size_t MOST_CERTIFICATES = 4;

std::optional<ErrorCode> judge(const SnpRoots& roots, BytesView report,
                               const SnpCertificates& certificates) {
    CheckList checks;
    const auto result = authenticate_snp(roots, NOW, report, certificates, checks);
    const bool shown =
        !checks.items().empty() && checks.items().back().status == CheckStatus::failed;
    if (shown == result.has_value())
        std::abort(); // the checks and the verdict disagree
    return result ? std::nullopt : std::optional{result.error().code};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    BytesView rest{data + 2, size - 2};
    const auto take = [&](std::size_t length) {
        const BytesView part = rest.first(std::min(length, rest.size()));
        rest = rest.subspan(part.size());
        return part;
    };
    const BytesView vek = take(std::size_t{data[0]} << 8 | data[1]);
    const BytesView report = take(SNP_REPORT_BYTES);
    SnpRoots roots = SnpRoots::amd();
    const auto chain = CertificateList::parse(as_text(rest), MOST_CERTIFICATES);
    if (chain && chain->size() > 0)
        roots.ark_sha256.fill(hash::sha256((*chain)[chain->size() - 1].der));
    const SnpCertificates certificates{.vek = vek, .chain = rest, .crls = {}};
    const auto code = judge(roots, report, certificates);
    if (size % 8 == 0 && judge(roots, report, certificates) != code)
        std::abort();
    return 0;
}
