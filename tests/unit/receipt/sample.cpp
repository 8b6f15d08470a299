// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/receipt/sample.hpp"

#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/hash/keccak256.hpp"

#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/rsa_signer.hpp"

namespace assay::test {

std::string receipt_members(std::string_view canonical, std::string_view output,
                            std::uint64_t timestamp) {
    const Hash32 request_hash = hash::keccak256(as_bytes(canonical));
    const Hash32 output_hash = hash::keccak256(as_bytes(output));
    Bytes word(32);
    for (std::size_t i = 0; i < 8; ++i)
        word[31 - i] = static_cast<std::uint8_t>(timestamp >> (8 * i));
    const Hash32 message =
        hash::keccak256(concat({bytes_of(request_hash), bytes_of(output_hash), word}));
    return R"("tee_signature":")" + bytes::to_base64(rsa_pss_sign(message)) +
           R"(","tee_request_hash":")" + bytes::to_hex(request_hash) + R"(","tee_output_hash":")" +
           bytes::to_hex(output_hash) + R"(","tee_timestamp":)" + std::to_string(timestamp) +
           R"(,"tee_id":")" + bytes::to_hex_0x(hash::keccak256(rsa_spki())) + "\"";
}

Call call_with_tools() {
    Call call;
    call.request =
        R"({"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function"}]})";
    call.canonical = R"({"messages": [{"content": "x", "role": "user"}], "model": "m", )"
                     R"("temperature": 0.0, "tools": [{"type": "function"}]})";
    return call;
}

std::string json_reply(const Call& call, std::string_view choice, std::string_view output) {
    return "{\"choices\":[" + std::string{choice} + "]," + receipt_members(call.canonical, output) +
           "}";
}

std::string stream_reply(const Call& call, const std::vector<std::string>& frames,
                         std::string_view final_members, std::string_view output) {
    std::string out;
    for (const std::string& frame : frames)
        out += "data: " + frame + "\n\n";
    out += "data: {" + std::string{final_members} + receipt_members(call.canonical, output) +
           "}\n\ndata: [DONE]\n\n";
    return out;
}

Result<receipt::VerifiedReceipt> verify(const Call& call, BytesView spki, CheckList& checks) {
    return receipt::verify({spki}, call.profile, call.request, call.response, call.form,
                           call.freshness, call.now, checks);
}

Result<receipt::VerifiedReceipt> verify(const Call& call) {
    static const Bytes spki = rsa_spki();
    CheckList checks;
    return verify(call, spki, checks);
}

} // namespace assay::test
