// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an evidence bundle under a policy that pins nothing real. A verdict may not change
// when it is made again, is well-formed, and says ok for no forged evidence.
#include "core/api/verify_evidence.hpp"
#include "core/bytes/json.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace assay;

const api::EvidenceVerifier& verifier() {
    static const auto made = api::EvidenceVerifier::create(as_bytes(
        R"({"now":1795176000,"policy":{"measurements":[)"
        R"({"og_pcr_hash":"0000000000000000000000000000000000000000000000000000000000000000"},)"
        R"({"mrenclave":"0000000000000000000000000000000000000000000000000000000000000000"}],)"
        R"("links":["key","times"],"accept":["attested"]}})"));
    if (!made) {
        std::abort();
    }
    return *made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView bundle{data, size};
    const std::string verdict = verifier().verify(bundle);
    const auto parsed = bytes::parse_json(verdict, ErrorCode::ARGUMENT_INVALID);
    if (!parsed || parsed->find("ok")->boolean() || verifier().verify(bundle) != verdict) {
        std::abort();
    }
    return 0;
}
