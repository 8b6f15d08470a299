// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Signs receipts as a gateway does, for the key of support/rsa_signer.hpp. The canonical request
// text is written out by each test: it is never made by the code under test.
#pragma once

#include "core/base/verdict.hpp"
#include "core/receipt/receipt.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::test {

inline constexpr std::uint64_t SIGNED_AT = 1784707924;

/// Text of the five receipt members, without braces, over the given C, O and time.
[[nodiscard]] std::string receipt_members(std::string_view canonical, std::string_view output,
                                          std::uint64_t timestamp = SIGNED_AT);

/// A request, its canonical text and a reply to it.
struct Call {
    receipt::Profile profile = receipt::Profile::gw_stripped;
    std::string request = R"({"model":"m","messages":[{"role":"user","content":"x"}]})";
    std::string canonical =
        R"({"messages": [{"content": "x", "role": "user"}], "model": "m", "temperature": 0.0})";
    std::string response{};
    receipt::ResponseIs form = receipt::ResponseIs::json;
    receipt::FreshnessPolicy freshness{};
    std::int64_t now = static_cast<std::int64_t>(SIGNED_AT);
};

/// The same with the member `tools` in the request.
[[nodiscard]] Call call_with_tools();

/// A JSON reply that has @p choice as its only choice and a receipt for @p output.
[[nodiscard]] std::string json_reply(const Call& call, std::string_view choice,
                                     std::string_view output);
/// An event stream of @p frames (JSON texts), then a final frame with @p final_members (ending in a
/// comma or empty) and a receipt for @p output.
[[nodiscard]] std::string stream_reply(const Call& call, const std::vector<std::string>& frames,
                                       std::string_view final_members, std::string_view output);

[[nodiscard]] Result<receipt::VerifiedReceipt> verify(const Call& call);
[[nodiscard]] Result<receipt::VerifiedReceipt> verify(const Call& call, BytesView spki,
                                                      CheckList& checks);

} // namespace assay::test
