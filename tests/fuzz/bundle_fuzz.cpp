// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an evidence bundle under the demo's policy, which takes the seeds, and with every
// P-384 signature taken as good: what lies behind the attestation is reached too. A verdict may not
// change when it is made again, is well-formed, and says ok for no enclave, request, reply or
// moment but those of the honest bundle.
#include "core/api/verify_evidence.hpp"
#include "core/bytes/json.hpp"

#include "tests/fuzz/samples.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace assay;
using bytes::JsonKind;
using bytes::JsonValue;

const api::EvidenceVerifier& verifier() {
    static const auto made = api::EvidenceVerifier::create(
        as_bytes("{" + std::string{test::SAMPLES_NOW} + R"(,"policy":)" +
                 test::read_sample("policy_settled.json") + "}"));
    if (!made) {
        std::abort();
    }
    return *made;
}

std::string judge(BytesView bundle) {
    return verifier().verify(bundle, {.p384 = test::GOOD_P384});
}

JsonValue read_verdict(const std::string& verdict) {
    auto parsed = bytes::parse_json(verdict, ErrorCode::ARGUMENT_INVALID);
    if (!parsed || !parsed->find("ok")) {
        std::abort();
    }
    return *std::move(parsed);
}

/// What is signed of an accepted bundle and must be the honest one's.
constexpr std::array<std::string_view, 4> SIGNED = {"requestHash", "outputHash", "timestamp",
                                                    "teeId"};

/// Whether an accepted value says nothing else than the honest one, as far as it says it.
bool agrees(const JsonValue& value, const JsonValue& honest) {
    const auto same = [](const JsonValue& one, const JsonValue& other, std::string_view member) {
        return one.find(member)->raw() == other.find(member)->raw();
    };
    const JsonValue& attestation = *value.find("attestation");
    if (attestation.is(JsonKind::object) &&
        !same(attestation, *honest.find("attestation"), "measurementHash")) {
        return false;
    }
    const JsonValue& receipt = *value.find("receipt");
    for (const std::string_view member : SIGNED) {
        if (receipt.is(JsonKind::object) && !same(receipt, *honest.find("receipt"), member)) {
            return false;
        }
    }
    return true;
}

/// The honest bundle's value: the policy takes it, or every seed would end at the attestation.
const JsonValue& honest_value() {
    static const std::string verdict = judge(as_bytes(test::read_sample("bundle_settled.json")));
    static const JsonValue parsed = read_verdict(verdict);
    if (!parsed.find("ok")->boolean()) {
        std::abort();
    }
    return *parsed.find("value");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const JsonValue& honest = honest_value();
    const BytesView bundle{data, size};
    const std::string verdict = judge(bundle);
    const JsonValue parsed = read_verdict(verdict);
    const bool ok = parsed.find("ok")->boolean();
    if ((ok && !agrees(*parsed.find("value"), honest)) || judge(bundle) != verdict) {
        std::abort();
    }
    return 0;
}
