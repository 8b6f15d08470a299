// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The canonical text of a request under every profile: JSON whose own canonical text it is.
#include "core/base/bytes_view.hpp"
#include "core/bytes/json.hpp"
#include "core/receipt/canonical.hpp"
#include "core/receipt/request.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace assay;
using namespace assay::receipt;

constexpr int PROFILES = 9;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void judge(std::string_view request, Profile profile) {
    NotCovered not_covered;
    const auto text = canonical_request(request, profile, not_covered);
    const auto digest = digest_request(request, profile);
    if (!text) {
        require(!digest && digest.error().code == text.error().code);
        return;
    }
    require(not_covered.full() || digest);
    // Python's words for what overflows are no JSON; they stand inside strings as well.
    if (text->canonical.find("Infinity") != std::string::npos) {
        return;
    }
    const auto again = bytes::parse_json(text->canonical, ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    require(again && canonical_text(*again) == text->canonical);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (int profile = 0; profile < PROFILES; ++profile) {
        judge(as_text({data, size}), static_cast<Profile>(profile));
    }
    return 0;
}
