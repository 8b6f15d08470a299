// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Honest receipts, changed in one place: what still verifies must say the same.
#include "core/receipt/receipt.hpp"

#include "tests/unit/receipt/sample.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace assay::receipt {
namespace {

using test::Call;
using test::verify;

Call json_call() {
    Call call;
    call.response = test::json_reply(
        call,
        R"({"index":0,"message":{"role":"assistant","content":"H\u00e9"},"finish_reason":"stop"})",
        "H\xc3\xa9");
    return call;
}

Call stream_call() {
    Call call;
    call.form = ResponseIs::stream;
    call.response =
        test::stream_reply(call, {R"({"choices":[{"delta":{"content":"Hi"}}]})"}, "", "Hi");
    return call;
}

/// The value of an accepted receipt as one text.
std::string signed_part(const VerifiedReceipt& receipt) {
    return std::string{name(receipt.kind())} + receipt.output() +
           std::to_string(receipt.timestamp());
}

/// A receipt whose signed part differs from @p original must not verify.
void judge(const Call& changed, const VerifiedReceipt& original) {
    const auto result = verify(changed);
    if (result && signed_part(*result) != signed_part(original))
        FAIL_CHECK("verified: " << changed.response);
}

TEST_CASE("no flipped bit of a reply changes what verifies", "[receipt][mutation]") {
    for (const Call& call : {json_call(), stream_call()}) {
        const auto original = verify(call);
        REQUIRE(original.has_value());
        for (std::size_t bit = 0; bit < call.response.size() * 8; ++bit) {
            Call changed = call;
            char& byte = changed.response[bit / 8];
            byte = static_cast<char>(byte ^ 1 << bit % 8);
            judge(changed, *original);
        }
    }
}

TEST_CASE("no flipped bit of a request verifies unless it reads the same", "[receipt][mutation]") {
    Call call = json_call();
    for (std::size_t bit = 0; bit < call.request.size() * 8; ++bit) {
        Call changed = call;
        char& byte = changed.request[bit / 8];
        byte = static_cast<char>(byte ^ 1 << bit % 8);
        // This request has no white space, no escape and no uncommitted member.
        CHECK_FALSE(verify(changed).has_value());
    }
}

TEST_CASE("no cut reply verifies, except for what follows a stream's receipt",
          "[receipt][mutation]") {
    const Call json = json_call();
    for (std::size_t size = 0; size < json.response.size(); ++size) {
        Call cut = json;
        cut.response.resize(size);
        CHECK_FALSE(verify(cut).has_value());
    }
    const Call stream = stream_call();
    const std::size_t end = stream.response.find("\n\ndata: [DONE]");
    for (std::size_t size = 0; size <= stream.response.size(); ++size) {
        Call cut = stream;
        cut.response.resize(size);
        // Behind the receipt only a whole "[DONE]" or nothing that is a frame may stand.
        const std::string_view tail = std::string_view{cut.response}.substr(std::min(size, end));
        const bool broken = tail.find("data: [") != std::string_view::npos &&
                            tail.find("[DONE]") == std::string_view::npos;
        CHECK(verify(cut).has_value() == (size >= end && !broken));
    }
}

TEST_CASE("no inserted or removed byte changes what verifies", "[receipt][mutation]") {
    for (const Call& call : {json_call(), stream_call()}) {
        const auto original = verify(call);
        REQUIRE(original.has_value());
        for (std::size_t at = 0; at < call.response.size(); ++at) {
            Call changed = call;
            changed.response.erase(at, 1);
            judge(changed, *original);
            for (const char c : {'"', '\\', ',', '}', '0', '\n', '\0', '\xff'}) {
                changed = call;
                changed.response.insert(at, 1, c);
                judge(changed, *original);
            }
        }
    }
}

TEST_CASE("no flipped bit of the key verifies", "[receipt][mutation]") {
    const Call call = json_call();
    const Bytes spki = test::rsa_spki();
    for (std::size_t bit = 0; bit < spki.size() * 8; ++bit) {
        Bytes changed = spki;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        CheckList checks;
        CHECK_FALSE(verify(call, changed, checks).has_value());
    }
}

} // namespace
} // namespace assay::receipt
