// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Two bytes, big-endian: the length of a quote; the quote; the rest is its collateral. The quote's
// own last certificate is pinned, so that its chain is judged. A verdict may not change when it is
// made again (tried on one input of eight), and its checks must agree with it. A revocation list
// that parses must lie inside its bytes.
#include "core/attestation/pem.hpp"
#include "core/attestation/tdx.hpp"
#include "core/attestation/tdx_collateral.hpp"
#include "core/attestation/tdx_quote.hpp"
#include "core/attestation/x509_crl.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace {

using namespace assay;
using namespace assay::attestation;

constexpr std::int64_t NOW = 1767225600; // 2026-01-01, the day of the seeds
constexpr std::size_t MOST_CERTIFICATES = 8;

void require(bool holds) {
    if (!holds)
        std::abort();
}

/// The code, or nothing for a quote that passes.
template <class Judge>
std::optional<ErrorCode> judged(Judge judge) {
    CheckList checks;
    const auto result = judge(checks);
    const bool shown =
        !checks.items().empty() && checks.items().back().status == CheckStatus::failed;
    require(shown != result.has_value());
    return result ? std::nullopt : std::optional{result.error().code};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    const BytesView rest{data + 2, size - 2};
    const BytesView quote = rest.first(std::min(rest.size(), std::size_t{data[0]} << 8 | data[1]));
    const BytesView collateral = rest.subspan(quote.size());

    const auto parsed = parse_quote(quote);
    const auto chain =
        parsed ? CertificateList::parse(as_text(parsed->chain), MOST_CERTIFICATES) : std::nullopt;
    const bool own = chain && chain->size() > 0;
    const TrustAnchor root = own ? TrustAnchor::certificate((*chain)[chain->size() - 1].der, "fuzz")
                                 : TrustAnchor::intel_sgx();
    const auto genuine = [&](CheckList& checks) {
        return authenticate_tdx(root, NOW, quote, collateral, checks);
    };
    const auto signature = [&](CheckList& checks) {
        return check_tdx_signature(root, NOW, quote, checks);
    };
    const auto first = judged(genuine);
    const auto by_signature = judged(signature);
    if (size % 8 == 0)
        require(first == judged(genuine) && by_signature == judged(signature));
    require(first || !by_signature); // a genuine quote is a signed one

    if (const auto list = parse_revocation_list(collateral))
        require(list->tbs.size() < collateral.size());
    static_cast<void>(TdxCollateral::parse(collateral));
    return 0;
}
