// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A genuine TDX quote with its collateral, and the outcome of what a test changes in them.
#pragma once

#include "core/attestation/tdx.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/nitro_builder.hpp"
#include "tests/unit/support/quote_builder.hpp"

#include <functional>
#include <string>

namespace assay::attestation::tdx_cases {

using test::CollateralSpec;
using test::NOW;
using test::QuoteSpec;

inline const TrustAnchor& anchor() {
    static const Bytes root = test::quote_root();
    static const TrustAnchor made = TrustAnchor::certificate(root, "demo root");
    return made;
}

inline std::string genuine(const Bytes& quote, const std::string& collateral,
                           std::int64_t now = NOW) {
    CheckList checks;
    return test::outcome(authenticate_tdx(anchor(), now, quote, as_bytes(collateral), checks));
}

inline const std::string& good_collateral() {
    static const std::string made = test::make_collateral(test::collateral_spec());
    return made;
}

/// Outcome for a quote that @p change has altered.
inline std::string quote(const std::function<void(QuoteSpec&)>& change) {
    QuoteSpec spec = test::quote_spec();
    change(spec);
    return genuine(test::make_quote(spec), good_collateral());
}

/// Outcome for collateral that @p change has altered.
inline std::string collateral(const std::function<void(CollateralSpec&)>& change,
                              std::int64_t now = NOW) {
    static const Bytes good = test::make_quote(test::quote_spec());
    CollateralSpec spec = test::collateral_spec();
    change(spec);
    return genuine(good, test::make_collateral(spec), now);
}

} // namespace assay::attestation::tdx_cases
